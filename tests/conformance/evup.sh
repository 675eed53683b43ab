#!/bin/bash
# Event update: TS 102 869-2, TP/DEN/EVUP.
# shellcheck disable=SC2119 # nothing is configured but what matters
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

EVUP_BV_01() {
    predict 0 1001 2001 6000
    collision_latitude=45.4643
    predict 100 1001 2001 5900
    replay
    expect "DENMs without a termination" "$(count_of "$termination" -)" 2
    expect "latitude" "$(field "$latitude" 2)" 454643000
    expect "detectionTime" "$(field "$detection" 2)" "$(its 100)"
    decode r2
}

# Another event begins meanwhile.
EVUP_BV_02() {
    local step
    predict 0 1001 2001 6000
    for step in 1 2 3; do
        predict $((step * 100)) 1001 2001 $((6000 - step * 100))
        predict $((step * 100 + 50)) 1002 2002 8000
    done
    replay
    expect "sequenceNumber" "$(field "$sequence" | cut -d ' ' -f -7)" \
        "0 0 1 0 1 0 1"
    expect "originatingStationID" "$(values "$originator")" 4711
}

EVUP_BV_03() {
    local step before=()
    serve
    for step in 0 1 2 3 4; do
        before[step]=$(now_ms)
        predict_now 1001 2001 6000
        await_denms $((step + 1))
    done
    collect
    expect "action ids" "$(values "$sequence" | wc -w)" 1
    for step in 0 1 2 3 4; do
        is_clock "$step" "$(its_of_unix "${before[step]}")"
        ((step == 0)) || within "later than before, by" $((
            $(field "$reference" $((step + 1))) - $(field "$reference" "$step")
        )) 1 60000
    done
}

"$2"
