#!/bin/bash
# Message repetition: TS 102 869-2, TP/DEN/EVRP.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

# By when Redis got them. One late wake-up is not judged, nor does it shift the
# next ones: the median is.
EVRP_TI_01() {
    local end
    serve 'denm={"repetitionInterval":200,"repetitionDuration":4000}'
    end=$(($(now_ms) + 4500))
    predict_now 1001 2001 9000
    await 10 is_later_than "$end" || fail "the clock"
    collect
    within "DENMs" "$count" 10 20
    within "median interval" "$(awk 'NR > 1 { print $1 - last } { last = $1 }' \
        "$here/received" | sort -n | sed -n "$((count / 2))p")" 190 210
}

is_later_than() {
    (($(now_ms) > $1))
}

# All of it, but what BV-09 and BV-10 are about: of the trigger, of the update,
# and of the cancellation.
EVRP_BV_02() {
    predict 0 1001 2001 6000
    collision_latitude=45.4643
    predict 1000 1001 2001 5000
    replay 'denm={"repetitionInterval":200,"repetitionDuration":5000}'
    expect "DENMs" "$count" 55
    expect "latitude of the update" "$(field "$latitude" 6)" 454643000
    expect "its termination" "$(field "$termination" 6)" -
    expect "termination of the cancellation" "$(field "$termination" 31)" \
        isCancellation
    decode r2
    expect "fields that repetitions change" "$(changed 1 6 31)" none
}

# changed N...: the fields in which the DENMs after each N-th differ from it.
changed() {
    awk -F '\t' -v firsts=" $* " '
        function tell(field) {
            sub(/=.*/, "", field)
            if (field !~ /^management[.](actionId|referenceTime)/)
                print field
        }
        index(firsts, " " NR " ") {
            split("", first)
            for (i = 1; i <= NF; i++)
                first[$i]
            next
        }
        {
            split("", own)
            for (i = 1; i <= NF; i++) {
                own[$i]
                if (!($i in first))
                    tell($i)
            }
            for (field in first)
                if (!(field in own))
                    tell(field)
        }' "$here/fields" | sort -u | paste -sd ' ' | sed 's/^$/none/'
}

# The event is cancelled at 500, its cancellation is valid for 3 s from then on.
EVRP_BV_03() {
    predict 0 1001 2001 500
    predict 3250 1002 2002 6000
    predict 3490 1003 2003 6000
    replay timeAfterCollision=0 denmLastUpdateMaxDelay=1000 \
        'denm={"repetitionInterval":200,"repetitionDuration":86400000}'
    expect "detectionTime of the cancellation" "$(field "$detection" 4)" \
        "$(its 500)"
    expect "its validityDuration" "$(field "$validity" 4)" 3
    expect "repetitions at the end" "$(repeats 0 1 2)" 1
    expect "repetitions after the end" "$(repeats 0 2 -)" 0
}

EVRP_BV_04() {
    predict 0 1001 2001 8000
    predict 350 1002 2002 8000
    predict 460 1003 2003 8000
    predict 9000 1004 2004 8000
    replay 'denm={"repetitionInterval":100,"repetitionDuration":450}'
    within "validityDuration" "$(field "$validity" 1)" 10 86400
    expect "repetitions until 350" "$(repeats 0 0 1)" 3
    expect "repetitions until 460" "$(repeats 0 1 2)" 1
    expect "repetitions until 9000" "$(repeats 0 2 3)" 0
}

EVRP_BV_05() {
    predict 0 1001 2001 6000
    replay 'denm={"repetitionDuration":3000}'
    expect "terminations" "$(field "$termination")" "- isCancellation"
}

EVRP_BV_06() {
    predict 0 1001 2001 6000
    replay 'denm={"repetitionInterval":100}'
    expect "terminations" "$(field "$termination")" "- isCancellation"
}

EVRP_BV_09() {
    a_repeated_event
    expect "sequenceNumber" "$(values "$sequence")" 0
    expect "originatingStationID" "$(values "$originator")" 4711
}

EVRP_BV_10() {
    a_repeated_event
    expect "referenceTime, ms after the first" "$(reference_ms)" \
        "0 0 0 0 0 1000 1000 1000 1000 1000 2000 2000 2000 2000 2000"
}

reference_ms() {
    field "$reference" | tr ' ' '\n' |
        awk 'NR == 1 { first = $1 } { print $1 - first }' | paste -sd ' '
}

# A trigger, an update, and a cancellation, each repeated four times.
a_repeated_event() {
    predict 0 1001 2001 6000
    predict 1000 1001 2001 5000
    replay denmLastUpdateMaxDelay=1000 \
        'denm={"repetitionInterval":200,"repetitionDuration":900}'
    expect "DENMs" "$count" 15
}

"$2"
