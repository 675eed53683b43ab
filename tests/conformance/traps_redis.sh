#!/bin/bash
# Traps of the streams: where services behind Redis have gone wrong.
# shellcheck disable=SC2119 # nothing is configured but what matters
# shellcheck source=tests/conformance/scenario.sh
. "$(dirname "$0")/scenario.sh"

# Killed after three arrays, of which the group forgets that they were done;
# then all five are pending for a consumer that is gone.
trap_13_an_array_that_comes_again_gives_no_second_event() {
    local event
    serve
    for event in 1 2 3; do
        predict_now 1001 $((2000 + event)) 60000
    done
    await_denms 3
    kill_service
    for event in 4 5; do
        predict_now 1001 $((2000 + event)) 60000
    done
    cli xgroup setid "$input" stepden 0 >/dev/null
    expect "arrays that are pending" "$(read_as_another)" 5
    start_service scenario
    await_denms 5
    settle
    collect
    expect "DENMs" "$count" 5
    expect "sequenceNumber after the first one's" \
        "$(field "$sequence" | tr ' ' '\n' | awk 'NR == 1 { first = $1 }
            { print ($1 - first + 65536) % 65536 }' | paste -sd ' ')" \
        "0 1 2 3 4"
    stop_service
}

# What is trimmed before it is done is lost, and holds nothing up: neither what
# is pending, nor what was never read.
trap_20_what_is_trimmed_before_it_is_done_is_done_with() {
    serve
    stop_service
    predict_now 1001 2001 60000
    predict_now 1001 2002 60000
    expect "arrays that are pending" "$(read_as_another)" 2
    predict_now 1001 2003 60000
    cli xtrim "$input" maxlen 0 >/dev/null
    predict_now 1001 2004 60000
    start_service scenario
    await 30 is_done_with || fail "arrays are still pending"
    predict_now 1001 2005 60000
    await_denms 2
    collect
    expect "DENMs" "$count" 2
    expect "refused" "$(cli xlen "$input:rejected")" 0
    stop_service
}

# All that is new is now pending for a consumer that never acknowledges it.
read_as_another() {
    cli xreadgroup group stepden gone streams "$input" '>' >/dev/null
    group_number "$input" pending
}

is_done_with() {
    has_denms 1 && [[ $(group_number "$input" pending) == 0 ]]
}

"$2"
