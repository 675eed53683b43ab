#!/bin/bash
# The user that --check prints can do all that the service needs, through a
# whole life; without one of its rights the log says which one is missing.
. "$(dirname "$0")/../support/service.sh"

account='"username": "denm", "password": "sesame"'

# begin NAME [MEMBER...]: as that user.
begin() {
    configure "$@" redis="$(redis_member "$redis_socket, $account")"
    start_service "$1"
}

logged() {
    grep -q "$2" "$here/$1.log"
}

# A negation of the event of the message in $1.
negation() {
    local time number
    time=$(member referenceTime <<<"$1")
    number=$(member sequenceNumber <<<"$1")
    cat <<END
{"stationId":99,"managementContainer":{
"actionId":{"originatingStationId":4711,"sequenceNumber":$number},
"detectionTime":"$time","referenceTime":"$time","termination":"isNegation",
"eventPosition":{"latitude":45.46,"longitude":9.19}}}
END
}

account='"username": "denm", "password": "sesame"'
start_redis
configure a redis="$(redis_member "$redis_socket, $account")"
"$bin/stepden" --check --config "$here/a.json" >"$here/check" 2>/dev/null ||
    fail "--check"
line=$(grep '^ACL SETUSER' "$here/check") || fail "no ACL line"
expect "the line" "$(cli <<<"${line/PASSWORD/sesame}")" OK

# The groups are made; DENMs, a negation, dead letters of both inputs.
begin a denmLastUpdateMaxDelay=1500
simulate --arrays 20 --targets 2 --references 3
settle
first=$(messages | head -n 1)
cli xadd "$client" '*' message "$(negation "$first")" >/dev/null
cli xadd "$input" '*' message nothing >/dev/null
cli xadd "$client" '*' message nothing >/dev/null
settle
expect "dead predictions" "$(cli xlen "$input:rejected")" 1
expect "dead DENMs" "$(cli xlen "$client:rejected")" 1

# A standby takes over, what was not acknowledged is claimed, a lost group is
# made again, a stop releases the lease.
first_pid=$service_pid
begin b denmLastUpdateMaxDelay=1500
await 20 logged b "standing by" || fail "no standby"
kill_service "$first_pid"
simulate --arrays 20 --targets 2 --references 3
settle
cli xgroup destroy "$client" stepden >/dev/null
await 20 group_number "$client" lag || fail "the group is not made again"
await 20 exactly_once --ended
check_exactly_once --ended
stop_service
expect "what was denied" "$(cli acl log | grep -A 1 -x object |
    grep -Ev '^(object|--)' | sort | xargs)" "client|setname config|get"

# without RIGHT [NAME]: the service names it, and is none the worse for it.
without() {
    cli acl setuser denm "-$1" >/dev/null
    cli xadd "$input" '*' message nothing >/dev/null
    : >"$here/a.log"
    start_service a
    await 20 logged a "\(WARNING\|ERROR\).*NOPERM.*'\?$1" ||
        fail "that $1 is missing is not told"
    kill -0 "$service_pid" || fail "without $1 the service ends"
    kill_service
    cli acl setuser denm "+$1" >/dev/null
    echo "ok: without $1"
}

for right in ping watch set hscan 'xgroup|create' xautoclaim xreadgroup xack; do
    [[ $right != 'xgroup|create' ]] ||
        cli xgroup destroy "$input" stepden >/dev/null
    without "$right"
done
start_service a
settle
stop_service
