#!/bin/bash
# Message reception: TS 102 869-2, TP/DEN/MSRV. stepden has no receive table:
# what it receives are negations of its own events. One that is taken in ends
# the event silently; without one it is cancelled in the end.
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

MSRV_BV_02() {
    predict 0 1001 2001 6000
    negate 100 0 reference=50
    is_delivered
}

MSRV_BO_03() {
    predict 0 1001 2001 6000
    negate 100 1
    is_discarded
}

MSRV_BO_04() {
    predict 0 1001 2001 6000
    negate 100 0 station=4712
    is_discarded
}

# Lower than the trigger's: it is about an event that had this action id before.
MSRV_BO_05() {
    predict 0 1001 2001 6000
    negate 100 0 reference=-1
    is_discarded
    negate 100 0 reference=0
    is_delivered
}

MSRV_BV_07() {
    predict 0 1001 2001 6000
    predict 50 1001 2001 5950
    negate 100 0 reference=50
    is_delivered
}

is_delivered() {
    replay denmLastUpdateMaxDelay=1000
    expect "terminations" "$(values "$termination")" "-"
}

is_discarded() {
    replay denmLastUpdateMaxDelay=1000
    expect "terminations" "$(field "$termination")" "- isCancellation"
}

"$2"
