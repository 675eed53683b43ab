#!/bin/bash
# Message format: TS 102 869-2, TP/DEN/MSGF.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

MSGF_BV_01() {
    a_whole_life
    expect "protocolVersion, all" "$(values header.protocolVersion)" 2
    expect "messageID, all" "$(values header.messageID)" 1
}

MSGF_BV_02() {
    local row
    a_whole_life
    for ((row = 1; row <= count; row++)); do
        [[ $(field "$termination" $row) != - ]] ||
            within "traces of DENM $row" "$(field location.traces $row)" 1 7
    done
}

# A trigger, an update and a cancellation, and repetitions of each.
a_whole_life() {
    predict 0 1001 2001 6000
    predict 500 1001 2001 5500
    replay denmLastUpdateMaxDelay=1000 \
        'denm={"repetitionInterval":200,"repetitionDuration":500}'
    expect "DENMs with a situation" "$(count_of situation present)" 6
    expect "cancellations" "$(count_of "$termination" isCancellation)" 3
}

"$2"
