#!/bin/bash
# Event generation: TS 102 869-2, TP/DEN/EVGN.
# shellcheck disable=SC2119 # nothing is configured but what matters
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

# It is a DENM in both releases, and what Erlang writes of what it has read are
# the same bytes.
EVGN_BV_01() {
    predict 0 1001 2001 6000
    replay
    expect "DENMs without a termination" "$(count_of "$termination" -)" 1
    expect "causeCode" "$(field situation.eventType.causeCode 1)" 97
    expect "latitude" "$(field "$latitude" 1)" 454642000
    expect "detectionTime" "$(field "$detection" 1)" "$(its 0)"
    expect "encoded by another" \
        "$("$support/erlang_jer" uper r2 <"$here/uper")" "$(<"$here/uper")"
    decode r2
}

# Events that run, that are cancelled, and that are negated.
EVGN_BV_02() {
    local step
    for step in 0 1 2; do
        predict $((step * 3000)) 1001 2001 6000
        predict $((step * 3000 + 10)) 1002 $((2002 + step)) 9000
        predict $((step * 3000 + 20)) 1003 2003 6000
        negate $((step * 3000 + 100)) $((step * 4 + 2))
        predict $((step * 3000 + 200)) 1003 2003 6000
    done
    replay denmLastUpdateMaxDelay=2000
    expect "new events" "$(count_of "$termination" -)" 12
    expect "action ids" "$(values "$sequence" | wc -w)" 12
}

EVGN_BV_03() {
    predict 0 1001 2001 6000
    replay stationId=4294967295
    expect "originatingStationID" "$(values "$originator")" 4294967295
    expect "stationID" "$(values header.stationID)" 4294967295
    replay stationId=0
    expect "originatingStationID" "$(values "$originator")" 0
}

EVGN_BV_05() {
    local event before=()
    serve
    for event in 0 1 2 3 4; do
        before[event]=$(now_ms)
        predict_now 1001 $((2001 + event)) 6000
        await_denms $((event + 1))
    done
    collect
    for event in 0 1 2 3 4; do
        is_clock "$event" "$(its_of_unix "${before[event]}")"
    done
}

EVGN_BV_07() {
    local event
    for event in 0 1 2 3 4 5; do
        predict $((event * 700)) 1001 $((2001 + event % 3)) 6000
    done
    replay denmLastUpdateMaxDelay=1000
    expect "sequenceNumber, triggers" \
        "$(paste <(field "$sequence" | tr ' ' '\n') \
            <(field "$termination" | tr ' ' '\n') |
            awk '$2 == "-" { printf "%s%s", between, $1; between = " " }')" \
        "0 1 2 3 4 5"
}

"$2"
