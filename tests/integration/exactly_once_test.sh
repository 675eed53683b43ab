#!/bin/bash
# check_exactly_once, by which other tests judge, finds what is wrong.
. "$(dirname "$0")/../support/service.sh"

ended=--ended

# judge STATUS FINDING WHAT [SED]: of the outputs after this edit.
judge() {
    local status=$1 finding=$2 what=$3 edit=${4-}
    cli del "$output" >/dev/null
    sed "$edit" "$here/outputs" |
        sed "s/.*/xadd $output * message '&'/" | cli >/dev/null
    exactly_once $ended >"$here/judge.log"
    expect "$what" $? "$status"
    grep -q "$finding" "$here/judge.log" ||
        fail "$what: no \"$finding\": $(cat "$here/judge.log")"
}

# Two events of three DENMs each, a line for each DENM: two triggers, four
# updates, two cancellations.
start_redis
configure a denmLastUpdateMaxDelay=500
start_service a
simulate --arrays 3 --targets 2 --references 1
ended() { (($(count_kind cancellation) == 2)); }
await 20 ended || fail "the events do not end"
stop_service
messages >"$here/outputs"
sequence=$(sed -n 1p "$here/outputs" | member sequenceNumber)
reused='s/\("sequenceNumber":\)[0-9]*/\1'$sequence/

judge 0 "3 arrays, 6 targets: 2 triggers, 4 updates, 2 cancellations" "all well"
judge 1 "published twice" "a doubled entry" 3p
judge 1 "/1: missing" "an entry that is missing" 4d
judge 1 "after one of a later input" "a swapped order" '3{h;d};5G'
judge 1 "of an event that is valid" "an action id that is used again" \
    "2{$reused}"
judge 1 "never cancelled" "an orphan" 8d
judge 1 "cancelled twice" "a cancellation too many" 8p
judge 1 "of what is not alive" "a life without a beginning" 1d
judge 1 "other parties than its input" "other parties" \
    's/"stationIdInvolved":[0-9]*/"stationIdInvolved":7/'
judge 1 "the parties' event is alive" "a second event" \
    '3{s/"sequenceNumber":[0-9]*/"sequenceNumber":77/;s/\.update/.trigger/}'
judge 1 "of no input" "a DENM out of nothing" 's/"id":"[^/]*/"id":"7-7/'
judge 1 "station id that is not ours" "a DENM of others" \
    's/\("originatingStationId":\)[0-9]*/\15/'

last=$(cli xrevrange "$input" + - count 1 | head -n 1)
cli xadd "$input:rejected" '*' entry "$last" >/dev/null
judge 0 "1 arrays rejected" "a rejected input" 5,6d
judge 1 "published, and its array rejected" "a rejected input with DENMs"
cli xadd "$input:rejected" '*' entry "$last" >/dev/null
judge 1 "rejected twice" "a doubled dead letter" 5,6d
cli del "$input:rejected" >/dev/null

cli xadd "$input" '*' message '{' >/dev/null
judge 1 "no array, not rejected" "a bad input without a dead letter"

# Of two partitions each by itself: the same arrays in both.
. "$(dirname "$0")/../support/partitions.sh"
ask() { cli "$@"; }
# shellcheck disable=SC2034
partitions=2 redis_place="\"connection\": {\"protocol\": 2, $redis_socket}"
start_instance b
for p in 0 1; do
    simulate --stream "step:{$p}:crash_prediction" --arrays 3 --targets 2 \
        --references 1
done
await 20 is_drained || fail "the partitions are not drained"
end_instance b TERM
output='step:{1}:client:out'
messages | head -n 1 >"$here/other"
output='step:{0}:client:out'
messages >"$here/outputs"

ended= # is none of them
judge 0 "partition 1: 3 arrays, 6 targets: 2 triggers, 4 updates" "partitions"
judge 1 "of another partition" "an output of another partition" "\$r $here/other"
judge 1 "partition 0: .* faults: 1" "told of the one that it is in" 6d
