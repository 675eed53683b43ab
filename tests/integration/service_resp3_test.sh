#!/bin/bash
# With a hiredis that can read it (1.0 or later) the service talks RESP3, and
# all it does is the same.
. "$(dirname "$0")/../support/service.sh"

logged() {
    grep -q "$1" "$here/a.log"
}

# The protocols of all connections but that of redis-cli.
protocols() {
    cli client list | grep -v ' cmd=client' | grep -o ' resp=[0-9]*' | sort -u
}

connections() {
    cli client list | grep -vc ' cmd=client'
}

both_are_up() {
    (($(connections) == 2))
}

start_redis
configure a redis="{\"connection\": {\"protocol\": 3, $redis_socket},
    \"streams\": {\"outputs\": {\"client\": {\"maxLength\": 0}}}}"
start_service a
await 30 logged records_loaded || fail "it does not own the streams"
await 30 both_are_up || fail "$(connections) connections"
if logged "this build reads RESP2 only"; then
    expect "protocol" "$(protocols)" " resp=2"
    echo "SKIPPED: RESP3: this hiredis cannot read it"
    exit 0
fi
expect "protocol" "$(protocols)" " resp=3"
simulate --arrays 100 --targets 2 --references 5
settle
check_exactly_once
stop_service
