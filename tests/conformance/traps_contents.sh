#!/bin/bash
# Traps of contents: where DEN services have gone wrong.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

# As a negation comes when the event has not changed since.
trap_03_a_negation_of_equal_reference_time_is_obeyed() {
    predict 0 1001 2001 6000
    negate 100 0 reference=0
    replay denmLastUpdateMaxDelay=1000
    expect "terminations" "$(field "$termination")" "-"
}

# The next DENMs after a cancellation: an update of another event, and the same
# parties again.
trap_04_a_live_denm_has_no_termination() {
    predict 0 1001 2001 6000
    predict 900 1002 2002 6000
    predict 1100 1002 2002 5800
    predict 1200 1001 2001 4800
    replay denmLastUpdateMaxDelay=1000
    expect "sequenceNumber" "$(field "$sequence")" "0 1 0 1 2 1 2"
    expect "terminations" "$(field "$termination")" \
        "- - isCancellation - - isCancellation isCancellation"
}

# A cancellation after a DENM with all that it can have, and its repetition.
trap_05_a_cancellation_has_no_more_containers() {
    local release
    target_more=',"probability":0.8,"length":18,"width":6,"height":17'
    predict 0 1001 2001 6000
    replay denmLastUpdateMaxDelay=1000 \
        'denm={"repetitionInterval":600,"repetitionDuration":1000}'
    for release in r1 r2; do
        decode $release
        expect "$release, terminations" "$(field "$termination")" \
            "- - isCancellation isCancellation"
        expect "$release, containers of the live DENM" "$(containers 1)" \
            "alacarte header location management situation"
        expect "$release, of its cancellation" "$(containers 3)" \
            "header management"
        expect "$release, of the repetition" "$(containers 4)" \
            "header management"
    done
}

# Of the N-th DENM.
containers() {
    sed -n "$1p" "$here/fields" | tr '\t' '\n' | sed 's/[.=].*//' | sort -u |
        paste -sd ' '
}

trap_10_what_is_unknown_of_the_position_says_so() {
    local position=management.eventPosition
    local ellipse=$position.positionConfidenceEllipse
    predict 0 1001 2001 6000
    replay denmLastUpdateMaxDelay=1000
    expect "latitude" "$(values "$latitude")" 454642000
    expect "longitude" "$(values $position.longitude)" 91900000
    expect "semiMajorConfidence" "$(values $ellipse.semiMajorConfidence)" 4095
    expect "semiMinorConfidence" "$(values $ellipse.semiMinorConfidence)" 4095
    expect "semiMajorOrientation" "$(values $ellipse.semiMajorOrientation)" \
        3601
    expect "altitudeValue" "$(values $position.altitude.altitudeValue)" 800001
    expect "altitudeConfidence" \
        "$(values $position.altitude.altitudeConfidence)" unavailable
}

# The time to collision, 20 s for the rest, and tick of 1 s.
trap_15_a_validity_of_600_s_is_left_out_of_the_uper() {
    predict 0 1001 2001 578000
    predict 100 1002 2002 579000
    predict 200 1003 2003 580000
    replay
    expect "validityDuration" "$(field "$validity" | cut -d ' ' -f -3)" \
        "599 600 601"
    expect "encoded by another" \
        "$("$support/erlang_jer" uper r2 <"$here/uper")" "$(<"$here/uper")"
    # 17 bits: with those that fill up the last byte, two or three bytes.
    within "digits less than 599" $(($(digits 1) - $(digits 2))) 4 6
    within "digits less than 601" $(($(digits 3) - $(digits 2))) 4 6
}

# Of the UPER of the N-th DENM.
digits() {
    sed -n "$1p" "$here/uper" | tr -d '\n' | wc -c
}

# Five and more are new in release 2, and one UPER is for both.
trap_16_sub_causes_suit_the_oldest_receiver() {
    local release
    a_target_of_each_type
    for release in r1 r1+r2; do
        replay "denm={\"release\":\"$release\"}"
        expect "$release" "$(sub_causes)" "2 4 4 2 2 2 2 2 2 2 2 2 4 4 2 2"
        expect "$release, JSON" "$(sub_causes_of_json)" "$(sub_causes)"
    done
    replay 'denm={"release":"r2"}'
    expect "r2" "$(sub_causes)" "2 5 6 2 2 2 2 2 2 2 2 2 6 4 2 2"
    expect "r2, JSON" "$(sub_causes_of_json)" "$(sub_causes)"
}

a_target_of_each_type() {
    local type event=2001
    for type in unknown pedestrian cyclist moped motorcycle passengerCar bus \
        lightTruck heavyTruck trailer specialVehicle tram lightVruVehicle \
        animal agricultural roadSideUnit; do
        target_type=$type
        predict 0 1001 "$((event++))" 6000
    done
}

# Of the live DENMs.
sub_causes() {
    field situation.eventType.subCauseCode | tr ' ' '\n' | grep -v -e - |
        paste -sd ' '
}

sub_causes_of_json() {
    sed -n 's/^.*"subCauseCode":\([0-9]*\).*$/\1/p' "$here/outputs" |
        paste -sd ' '
}

"$2"
