#!/bin/bash
# Traps of times: where DEN services have gone wrong.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

# 42 bits: 32 of them are full since February 2004.
trap_01_timestamps_do_not_end_at_32_bits() {
    local year_ms
    for year_ms in 1795208400000 5470000000000; do
        start_ms=$year_ms
        begin
        predict 0 1001 2001 6000
        replay denmLastUpdateMaxDelay=1000
        expect "detectionTime" "$(field "$detection")" "$(its 0) $(its 1000)"
        expect "referenceTime" "$(field "$reference")" "$(its 0) $(its 1000)"
    done
}

# The array of 0 comes at 3000; it is valid until 18000, and so is its
# cancellation at 5000.
trap_06_validity_counts_from_the_detection_time() {
    predict_late 3000 0 1001 2001 5000
    replay denmLastUpdateMaxDelay=2000
    expect "detectionTime" "$(field "$detection")" "$(its 0) $(its 5000)"
    expect "referenceTime" "$(field "$reference")" "$(its 3000) $(its 5000)"
    expect "validityDuration" "$(field "$validity")" "18 13"
}

# Of a negation: it is obeyed for ten minutes after it was made, as JSON and as
# UPER.
trap_07_a_validity_that_is_absent_is_600_s() {
    local age ends
    for age in 0:- 1:- 599:- "601:- isCancellation"; do
        ends=${age#*:}
        begin
        predict 0 1001 2001 6000
        negate 500 0 detection=$((500 - ${age%:*} * 1000))
        replay denmLastUpdateMaxDelay=1000
        expect "JSON, ${age%:*} s" "$(field "$termination")" "$ends"
        sed -i '$d' "$here/scenario"
        negation_uper 0 "$(its $((500 - ${age%:*} * 1000)))" "$(its 500)" \
            >>"$here/scenario"
        replay denmLastUpdateMaxDelay=1000
        expect "UPER, ${age%:*} s" "$(field "$termination")" "$ends"
    done
}

# negation_uper SEQUENCE_NUMBER DETECTION REFERENCE: without validityDuration,
# as Erlang encodes it.
negation_uper() {
    "$support/erlang_jer" jer r1 <<END | sed 's/.*/{"uper":"&"}/'
{"header":{"protocolVersion":2,"messageID":1,"stationID":99},$(
    )"denm":{"management":{"actionID":{"originatingStationID":4711,$(
    )"sequenceNumber":$1},"detectionTime":$2,"referenceTime":$3,$(
    )"termination":"isNegation","eventPosition":{"latitude":454642000,$(
    )"longitude":91900000,"positionConfidenceEllipse":{$(
    )"semiMajorConfidence":4095,"semiMinorConfidence":4095,$(
    )"semiMajorOrientation":3601},"altitude":{"altitudeValue":800001,$(
    )"altitudeConfidence":"unavailable"}},"stationType":15}}}
END
}

# The example of TS 102 894-2, and the last leap second so far.
trap_08_its_time_counts_leap_seconds() {
    start_ms=1167609600000 # 2007-01-01T00:00:00Z
    predict 0 1001 2001 6000
    replay
    expect "detectionTime in 2007" "$(field "$detection" 1)" 94694401000

    begin
    start_ms=1483228798000 # 2016-12-31T23:59:58Z
    predict 0 1001 2001 6000
    predict 2000 1001 2001 4000
    replay
    expect "seconds from 23:59:58 to 00:00:00" \
        $(($(field "$detection" 2) - $(field "$detection" 1))) 3000
}

# Three arrays that come in the same millisecond.
trap_11_updates_of_one_millisecond_differ_in_time() {
    predict_late 100 10 1001 2001 6000
    predict_late 100 50 1001 2001 5960
    predict_late 100 60 1001 2001 5950
    replay denmLastUpdateMaxDelay=1000
    expect "referenceTime" "$(field "$reference")" \
        "$(its 100) $(its 101) $(its 102) $(its 1100)"
    expect "detectionTime" "$(field "$detection")" \
        "$(its 10) $(its 50) $(its 60) $(its 1100)"
}

# The event becomes stale at 1000. What ends it once does not end it twice.
trap_14_a_negation_and_staleness_end_an_event_once() {
    local at ends
    for at in 999:- 1000:- "1001:- isCancellation"; do
        ends=${at#*:}
        begin
        predict 0 1001 2001 6000
        negate "${at%:*}" 0
        replay denmLastUpdateMaxDelay=1000
        expect "negated at ${at%:*}" "$(field "$termination")" "$ends"
    done
}

# No date limits what is taken in, but that of 42 bits.
trap_19_no_date_is_too_late() {
    local year_ms
    for year_ms in 1830297601000 4102444800000 5470000000000; do
        start_ms=$year_ms
        begin
        predict 0 1001 2001 6000
        predict 0 1002 2002 6000
        negate 100 0
        replay denmLastUpdateMaxDelay=1000
        expect "terminations, $(rfc3339 "$year_ms")" \
            "$(field "$termination")" "- - isCancellation"
    done
}

"$2"
