#!/bin/bash
# Whatever the peer does to a connection, the service loses nothing, doubles
# nothing, is back soon after the peer is well, and waits for that in peace:
# without a spin, without growing, without connections that stay.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

cpu_most=30     # of a core, in percent
growth_most=32  # MB
failures_most=4 # of connections, when the peer is well again
fault_ms=2000   # longer than every time-out that is set below

cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$service_pid/stat"; }
rss_kb() { awk '/^VmRSS/ { print $2 }' "/proc/$service_pid/status"; }
failures() { grep -c 'next attempt in' "$here/$1.log"; }
fds() { find "/proc/$service_pid/fd" -mindepth 1 | wc -l; }
has_fds() { (($(fds) == $1)); }

is_published_more() { (($(cli xlen "$output") > published)); }

await_more() {
    published=$(cli xlen "$output")
    await 60 is_published_more
}

# begin NAME CONNECTION: the service NAME, which is on the way to what
# `redis.connection` of its configuration says, under load.
begin() {
    cli flushall >/dev/null
    configure "$1" denmCheckLastUpdateMaxInterval=60000 \
        "redis=$(redis_member "$2, \"socketTimeout\": 1,
        \"socketConnectTimeout\": 1, \"healthCheckInterval\": 1")"
    start_service "$1"
    await 60 owns "$1" || fail "$1 is not the owner"
    start_load
    await_more || fail "$1 does nothing"
    fds=$(fds)
    rss=$(rss_kb)
}

# fault PROXY COMMAND...: what the proxy is told, each as one argument.
fault() {
    local name=$1 command begin cpu took failures
    shift
    echo "$*:"
    begin=$(now_ms)
    cpu=$(cpu_ms)
    for command in "$@"; do
        # shellcheck disable=SC2086
        proxy "$name" $command
    done
    sleep "$((fault_ms / 1000)).$((fault_ms % 1000))"
    cpu=$(($(cpu_ms) - cpu))
    took=$(($(now_ms) - begin))
    ((cpu * 100 <= took * cpu_most)) ||
        fail "$cpu ms of CPU in $took ms of $*"
    echo "ok: $cpu ms of CPU in $took ms"
    begin=$(now_ms)
    failures=$(failures "$name")
    for command in go release; do
        proxy "$name" "$command"
    done
    recover
    failures=$(($(failures "$name") - failures))
    ((failures <= failures_most)) ||
        fail "$failures connections failed when the peer was well again"
    echo "ok: back after $(($(now_ms) - begin)) ms," \
        "$failures connections failed meanwhile"
}

recover() {
    await_more || fail "the service does not come back"
    await 60 has_fds "$fds" || fail "$(fds) file descriptors instead of $fds"
    (($(rss_kb) - rss <= growth_most * 1024)) ||
        fail "it has grown from $rss kB to $(rss_kb) kB"
}

finish() {
    stop_load
    settle
    check_exactly_once
    check_entries
    stop_service
}

start_redis
start_proxy tcp tcp:0
begin tcp "\"port\": $(proxy_status tcp port)"
fault tcp 'rate up 20000' 'rate down 20000'
fault tcp 'rate up 200' 'rate down 200'
fault tcp 'stall both'
fault tcp 'stall down'
fault tcp 'hold down creationTime'
fault tcp 'half down'
fault tcp 'half up'
fault tcp reset
fault tcp shut reset
fault tcp refuse cut
finish

start_proxy local
begin local "\"unixSocket\": \"$here/local.sock\""
fault local 'half up'
fault local 'half down'
fault local refuse cut
finish
