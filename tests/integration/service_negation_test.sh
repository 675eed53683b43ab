#!/bin/bash
# A negation ends an event of ours silently; its target gets a new event.
. "$(dirname "$0")/../support/service.sh"

# A negation of the event of the message in $1.
negation() {
    local time number
    time=$(member referenceTime <<<"$1")
    number=$(member sequenceNumber <<<"$1")
    cat <<END
{"specversion":"1.0","id":"n","source":"/test",
"type":"eu.step.denm.v1.negation","data":{"stationId":99,
"managementContainer":{
"actionId":{"originatingStationId":4711,"sequenceNumber":$number},
"detectionTime":"$time","referenceTime":"$time","termination":"isNegation",
"eventPosition":{"latitude":45.46,"longitude":9.19}}}}
END
}

start_redis
configure a denmLastUpdateMaxDelay=1500
start_service a
simulate --arrays 1 --targets 1 --references 1
settle
first=$(messages | head -n 1)
expect "DENMs out" "$(cli xlen "$output")" 1
cli xadd "$client" '*' message "$(negation "$first")" >/dev/null
settle

sleep 0.2
simulate --arrays 1 --targets 1 --references 1
settle
expect "triggers" "$(count_kind trigger)" 2
second=$(messages | tail -n 1 | member sequenceNumber)
expect "the next number" "$second" $((1 + $(member sequenceNumber <<<"$first")))

ended() { (($(count_kind cancellation) > 0)); }
await 10 ended || fail "the second event does not end"
expect "cancellations" "$(count_kind cancellation)" 1
expect "of the event" \
    "$(messages | tail -n 1 | member sequenceNumber)" "$second"
expect "refused" "$(cli xlen "$client:rejected")" 0
check_exactly_once --ended
stop_service
