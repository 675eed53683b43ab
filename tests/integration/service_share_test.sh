#!/bin/bash
# Instances share the partitions evenly, whoever comes and goes, and tell how
# many they have, and who has the others; what many partitions say at once is one
# line of the log.
. "$(dirname "$0")/../support/service.sh"

partitions=12

# configure_sharing NAME
configure_sharing() {
    configure "$1" health='{"listen": "127.0.0.1:0"}' redis="$(
        split_member "\"connection\": {\"protocol\": 2, $redis_socket}" \
            "$partitions" "\"timeout\": 1000, \"stateFile\": \"$here/$1.state\""
    )"
}

# page NAME PATH
page() {
    curl -s "http://$(sed -n 's/.* listening address=//p' "$here/$1.log" |
        tail -n 1)/$2"
}

# readiness NAME
readiness() {
    page "$1" readyz
}

# have NAME COUNT...: each instance has so many partitions, and is ready.
have() {
    while (($# > 0)); do
        [[ $(readiness "$1") == '{"ready":true,'*"{\"held\":$2,\"standby\":\
$((partitions - $2)),\"none\":0}"* ]] || return 1
        shift 2
    done
}

# owners NAME: of each partition, as it knows them.
owners() {
    page "$1" metrics | grep '^stepden_partition_owner_info'
}

# agree NAME COUNT...: each instance knows that each has so many.
agree() {
    local known i
    known=$(owners "$1")
    for ((i = 1; i <= $#; i += 2)); do
        [[ $(owners "${!i}") == "$known" ]] || return 1
    done
    while (($# > 0)); do
        [[ $(grep -c "owner=\"$1\"" <<<"$known") == "$2" ]] || return 1
        shift 2
    done
}

# await_shares NAME COUNT...
await_shares() {
    await 30 have "$@" || fail "not $*: $(for name in a b c; do
        readiness "$name"; done)"
    await 30 agree "$@" || fail "owners: $(for name in a b c; do
        owners "$name"; done)"
    echo "ok: shares: $*"
}

declare -A instance=()
start_sharing() {
    configure_sharing "$1"
    start_service "$1"
    instance[$1]=$service_pid
}

start_redis
start_sharing a
await_shares a 12
has_told_together() {
    grep -q 'records_loaded active=0 partitions=' "$here/a.log"
}
await 10 has_told_together || fail "nothing is told together"
(($(grep -c records_loaded "$here/a.log") < partitions)) ||
    fail "each partition has a line of its own"
start_sharing b
await_shares a 6 b 6
start_sharing c
await_shares a 4 b 4 c 4
kill_service "${instance[b]}"
await_shares a 6 c 6
start_sharing b
await_shares a 4 b 4 c 4

# A reload is of all partitions, and changes no share.
kill -HUP "${instance[a]}"
await 10 grep -q reloaded "$here/a.log" || fail "no reload"
await_shares a 4 b 4 c 4

stop_service "${instance[a]}"
await_shares b 6 c 6
stop_service "${instance[b]}"
await_shares c 12

# What keeps all of them is one reason.
stop_redis
has_one_reason() {
    [[ $(readiness c) == *'"reasons":["Redis is not connected (12 of 12 partitions)"]'* ]]
}
await 10 has_one_reason || fail "reasons: $(readiness c)"
end_process TERM "${instance[c]}"
