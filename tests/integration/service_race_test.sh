#!/bin/bash
# A transaction that was on its way when its connection was lost comes to the
# server late, when its owner has long reconnected, or another one has taken
# over: it does nothing. Without the fence it does everything once more.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

a_pid='' b_pid=''

# Begins anew, with a as the owner and an EXEC of it, with DENMs, held back.
hold_back() {
    cli flushall >/dev/null
    start_proxy a
    "$@"
    start_service a
    a_pid=$service_pid
    await 30 owns a || fail "a is not the owner"
    simulate --arrays 20 --targets 5 --references 20
    settle
    proxy a hold-after up '*1\r\n$4\r\nEXEC\r\n' 'XADD\r\n'
    simulate --arrays 1 --targets 5 --references 20
    await 30 holds a || fail "no EXEC is held back"
    expect "before the transaction" "$(cli xlen "$output")" 100
}

# A loses its connection and comes back.
reconnect() {
    proxy a cut
}

# A is cut off, and b takes over.
take_over() {
    start_service b
    b_pid=$service_pid
    proxy a refuse
    proxy a cut
}

has_answered() { [[ -n $(proxy_status a late) ]]; }

# Lets the EXEC through; what the server says to it is printed.
let_through() {
    settle
    expect "all is published" "$(cli xlen "$output")" 105
    proxy a release
    await 30 has_answered || fail "the late EXEC is not answered"
    late=$(proxy_status a late)
    echo "ok: the late EXEC is answered ${late%%+*}"
}

finish() {
    proxy a go
    simulate --arrays 20 --targets 5 --references 20
    settle
    for pid in $b_pid $a_pid; do
        stop_service "$pid"
    done
    b_pid=''
    stop_proxy a
}

# race WHAT
race() {
    echo "$1:"
    hold_back true
    "$1"
    let_through
    [[ $late == '*-1\x0d\x0a'* ]] || fail "the late EXEC was executed"
    expect "published by then" "$(cli xlen "$output")" 105
    finish
    check_exactly_once
    check_entries
}

race_unfenced() {
    echo "$1 without the fence:"
    hold_back unfence a
    "$1"
    let_through
    [[ $late == '*-1\x0d\x0a'* ]] && fail "there is a fence, after all"
    expect "published twice" "$(cli xlen "$output")" 110
    exactly_once >"$here/judge.out" && fail "the judge has seen nothing"
    finish
}

configure_through_proxy a 1000
configure b denmCheckLastUpdateMaxInterval=60000
start_redis
race reconnect
race take_over
race_unfenced reconnect
race_unfenced take_over
