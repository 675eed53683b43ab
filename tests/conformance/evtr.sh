#!/bin/bash
# Event termination: TS 102 869-2, TP/DEN/EVTR. The application's request is
# that no prediction of the parties comes any more, or that the collision is
# over.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

EVTR_BV_01() {
    predict 0 1001 2001 6000
    replay denmLastUpdateMaxDelay=1000
    expect "stale, termination" "$(field "$termination")" "- isCancellation"
    expect "sequenceNumber" "$(values "$sequence")" 0
    expect "originatingStationID" "$(values "$originator")" 4711
    expect "detectionTime" "$(field "$detection" 2)" "$(its 1000)"

    begin
    predict 0 1001 2001 1500
    replay timeAfterCollision=1
    expect "over, termination" "$(field "$termination")" "- isCancellation"
    expect "detectionTime" "$(field "$detection" 2)" "$(its 2500)"
}

EVTR_BV_04() {
    local release container
    predict 0 1001 2001 6000
    replay denmLastUpdateMaxDelay=1000
    for release in r1 r2; do
        decode $release
        for container in situation location alacarte; do
            expect "$release, $container" "$(field $container)" "present -"
        done
        expect "$release, termination" "$(field "$termination" 2)" \
            isCancellation
    done
}

EVTR_BV_08() {
    local before
    serve denmLastUpdateMaxDelay=500
    before=$(now_ms)
    predict_now 1001 2001 6000
    await_denms 2
    collect
    expect "termination" "$(field "$termination")" "- isCancellation"
    is_clock 1 "$(its_of_unix $((before + 500)))"
}

"$2"
