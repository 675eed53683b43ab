#!/bin/bash
# Two instances share four partitions on a master with a replica, and three
# sentinels, who make the replica the master when that one is killed: all
# partitions are soon served again, and every prediction is answered once, in
# order.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/nodes.sh"
. "$(dirname "$0")/../support/partitions.sh"

partitions=4

ask() { node "$(master s1)" "$@"; }

is_master_now() { [[ $(master s1) == "$1" ]]; }

start_sentinels
redis_place="\"mode\": \"sentinel\", \"connection\": {\"protocol\": 2,
        \"socketTimeout\": 2, \"socketConnectTimeout\": 2},
    \"sentinel\": {
    \"masterName\": \"$master_name\",
    \"sentinels\": $(address_list s1 s2 s3)}"
start_instance a
start_instance b
start_loads "$(addresses m1 m2)"
await 30 is_shared || fail "the instances do not share: $(shares)"
end_instance a KILL
expect_served "a is killed" 2
start_instance a

kill_node m1
failovers=1
await 60 is_master_now m2 || fail "there is no failover"
expect_served "the master is killed" 5
start_node m1
await 60 is_replicated || fail "m1 does not become a replica"
end_instance b TERM
expect_served "b is stopped" 1
check_partitions
end_instance a TERM
