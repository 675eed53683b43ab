#!/bin/bash
# Traps of action ids: where DEN services have gone wrong.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

trap_02_sequence_numbers_wrap_at_65536() {
    many_events
    expect "sequenceNumber around the wrap" "$(last_triggers)" \
        "65533 65534 65535 0 1 2"
}

trap_12_the_wrap_skips_an_event_that_runs_on() {
    many_events 1
    expect "sequenceNumber around the wrap" "$(last_triggers)" \
        "65533 65534 65535 1 2 3"
    expect "sequenceNumber of the last cancellation" \
        "$(field "$sequence" "$count")" 0
}

# many_events [TARGET]: 250 new ones at once, ten times a second, until there
# were 65539. They are over in a moment, and their numbers are free a few seconds
# later; the event of TARGET, the first one, is predicted over and over again.
many_events() {
    local first last at=0
    for ((first = 1; first <= 65539; first += 250, at += 100)); do
        [[ -z ${1-} ]] ||
            prediction $((start_ms + at)) 100000 "$1" 9000
        last=$((first + 249 < 65539 ? first + 249 : 65539))
        lot $((start_ms + at)) $((first + (first == ${1-0}))) $last
    done >"$here/scenario"
    configure scenario timeAfterCollision=0 denmLastUpdateMaxDelay=1000
    "$bin/stepden" --config "$here/scenario.json" --replay "$here/scenario" \
        2>"$here/replay.log" | tail -n 200 >"$here/outputs"
    expect "status of the replay" "${PIPESTATUS[0]}" 0
    take_uper
    decode r1
}

# lot UNIX_MS FIRST LAST: targets of these station ids, hit in a moment.
lot() {
    printf '{"creationTime":"%s","stations":[%s' "$(rfc3339 "$1")" \
        "$(station reference 100000 passengerCar 45.4642 9.189 900)"
    seq -f ",$(station target 0 passengerCar 45.4632 9.19 0 \
        ',"timeToCollision":1' | sed 's/"stationId":0/"stationId":%.0f/')" \
        "$2" "$3" | tr -d '\n'
    echo ']}'
}

# The sequenceNumber of the last events that begin.
last_triggers() {
    paste <(field "$sequence" | tr ' ' '\n') \
        <(field "$termination" | tr ' ' '\n') |
        awk '$2 == "-" { print $1 }' | awk '!seen[$1]++' | tail -n 6 |
        paste -sd ' '
}

"$2"
