#!/bin/bash
# The proxy of the tests does what it is told, and else nothing.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

through() { redis-cli -s "$here/p.sock" "$@"; }

# A connection that stays open: what is written to it goes on its way.
open_client() {
    mkfifo "$here/words"
    through <"$here/words" >"$here/answers" 2>&1 &
    client_pid=$!
    started[$client_pid]=client
    exec {words}>"$here/words"
}

close_client() {
    exec {words}>&-
    wait "$client_pid"
    unset "started[$client_pid]"
    rm "$here/words"
}

has() { [[ $(cli get "$1") == "$2" ]]; }
answered() { grep -qx "$1" "$here/answers"; }
has_said() { [[ $(proxy_status p late) == "$1" ]]; }
is_used() { ! is_quiet; }
is_quiet() { [[ $(proxy_status p connections) == 0 ]]; }

start_redis
start_proxy p
expect "through the proxy" "$(through set key value)" OK

# 10 MB there and back, past every buffer.
head -c 10000000 /dev/urandom | base64 -w 0 >"$here/big"
expect "a large value" "$(through -x set big <"$here/big")" OK
expect "it comes back" \
    "$(through get big | cmp - <(cat "$here/big"; echo) && echo same)" same

proxy p replace up 'SET\r\n$3\r\nkey' 'SET\r\n$3\r\nkex'
expect "one key for another" "$(through SET key other)" OK
expect "the one" "$(cli get key)" value
expect "the other" "$(cli get kex)" other
proxy p rate up 40
expect "also in pieces" "$(through SET key third)" OK
expect "the one still" "$(cli get key)" value
proxy p go

open_client
echo 'get key' >&"$words"
await 10 answered value || fail "no answer before the hold"
proxy p hold up late
echo 'set key late' >&"$words"
await 10 holds p || fail "nothing is held back"
proxy p cut
await 10 answered '.*Server closed the connection.*' || fail "no cut"
expect "held back" "$(cli get key)" value
proxy p release
await 10 has key late || fail "what was held back never came"
await 10 has_said '+OK\x0d\x0a' || fail "late: $(proxy_status p late)"
close_client
await 10 is_quiet || fail "connections stay"

proxy p stall both
through set key stalled >/dev/null &
await 10 is_used || fail "nobody connects"
expect "stalled" "$(cli get key)" late
proxy p go
await 10 has key stalled || fail "what was stalled never came"
proxy p delay up 300
begin=$(now_ms)
through set key delayed >/dev/null
(($(now_ms) - begin >= 300)) || fail "no delay"
proxy p go

proxy p shut
through ping >"$here/answers" 2>&1 && fail "shut, and yet it answers"
proxy p refuse
through ping 2>&1 | grep -q refused || fail "it does not refuse"
proxy p go
expect "well again" "$(through ping)" PONG

try_proxy p half sideways >"$here/answers" && fail "half sideways is accepted"
expect "a wrong command" "$(<"$here/answers")" "error: up or down is allowed"
await 10 is_quiet || fail "connections stay"
