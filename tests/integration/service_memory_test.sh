#!/bin/bash
# A long backlog needs no memory, nor does a Redis that does not take what comes
# out; an input that is too large is rejected, one that is gone is done.
. "$(dirname "$0")/../support/service.sh"

# memory MEMBER: of the service, in MB.
memory() {
    awk -v name="$1:" '$1 == name { print int($2 / 1024) }' \
        "/proc/$service_pid/status"
}

# expect_memory WHAT MEMBER MOST
expect_memory() {
    local found
    found=$(memory "$2")
    ((found <= $3)) || fail "$1: $found MB of memory, not $3 at most"
    echo "ok: $1: $found MB of memory"
}

has_gone_on() {
    (($(cli xlen "$output") > published))
}

start_redis --appendonly no

# Read by consumers that are no more, the half of it gone; one was called as
# ours is.
simulate --arrays 40 --targets 2 --references 40
cli xgroup create "$input" stepden 0 >/dev/null
for consumer in a other; do
    cli xreadgroup group stepden "$consumer" count 20 streams "$input" '>' \
        >/dev/null
done
cli xrange "$input" - + | grep -xE '[0-9]+-[0-9]+' | sed -n 'p;n' |
    sed "s/^/xdel $input /" | cli >/dev/null

# What is large leaves the place to what comes after it.
configure a denmCheckLastUpdateMaxInterval=60000
start_service a
settle
expect "DENMs of what is left" "$(cli xlen "$output")" 40
for size in 2000000 50000000; do
    head -c "$size" /dev/zero | tr '\0' x | cli -x xadd "$input" '*' message
done >"$here/large"
simulate --arrays 40 --targets 2 --references 40
settle
expect "rejected" "$(cli xrange "$input:rejected" - + |
    grep -xFf "$here/large" | xargs)" "$(xargs <"$here/large")"
for reason in "2000007 bytes; at most 1048576" "more than 16842752 bytes"; do
    cli xrange "$input:rejected" - + | grep -q "^$reason" ||
        fail "no reason \"$reason\""
done
expect_memory "an input of 50 MB, at its peak" VmHWM 40
check_exactly_once
stop_service

simulate --arrays 200000 --targets 2 --references 1000
start_service a
for i in 1 2 3 4 5; do
    published=$(cli xlen "$output")
    await 30 has_gone_on || fail "nothing more comes out"
    cli client pause 400 write >/dev/null
done
settle
expect_memory "a backlog of 200000 arrays, at its peak" VmHWM 40
check_exactly_once
stop_service
