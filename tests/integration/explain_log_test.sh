#!/bin/bash
# The log of the service says what --explain says, at DEBUG; and as warnings,
# what the configuration cannot do, and what is refused for lack of room.
. "$(dirname "$0")/../support/service.sh"

logged() {
    await 10 grep -q "$1" "$here/a.log" || fail "the log does not say: $1"
    echo "ok: $(grep -m 1 -o "$1" "$here/a.log")"
}

start_redis
configure a denmLastUpdateMaxDelay=1500 \
    denm='{"maxRecords": 1, "repetitionInterval": 20}'
sed -i 's/"log": {/&"level": "DEBUG", /' "$here/a.json"
start_service a
logged 'WARNING.*config_advice pointer="/denm/repetitionDuration" reason="0 '
logged 'WARNING.*config_advice pointer="/denm/maxRecords" reason="1, and each'

simulate --arrays 2 --targets 2 --references 1
settle
logged 'denm_sent entry=[0-9-]* action_id=4711:[0-9]* id=[^ ]* kind=trigger'\
' reason=new event_id=[0-9-]*/[01] sub_cause=[0-7] rule=[a-z]* .*uper_bytes='
logged 'denm_sent .* kind=update reason=newer '
logged 'target_skipped entry=[0-9-]* action_id=- event_id=[0-9-]*/[01] reason='\
'"full"'
logged 'WARNING.*targets_refused count=1 reason="no free record" reserved=1'\
' of=1 sum="each is reserved for [0-9]* s + time to collision'
expect "warnings for two refusals" "$(grep -c targets_refused "$here/a.log")" 1

cli xadd "$client" '*' message '{"stationId":99,"managementContainer":{
"actionId":{"originatingStationId":4711,"sequenceNumber":9},
"detectionTime":"2026-11-20T21:05:43Z","referenceTime":"2026-11-20T21:05:43Z",
"termination":"isNegation","eventPosition":{"latitude":45,"longitude":9}}}' \
    >/dev/null
logged 'denm_received entry=[0-9-]* action_id=4711:9 verdict=unknown'
logged 'denm_sent entry=[0-9]*-[0-9]* .* kind=cancellation reason=stale'\
' event_id=[0-9-]*/[01] json_bytes='
stop_service
