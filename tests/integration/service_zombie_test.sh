#!/bin/bash
# An owner that is stopped in the middle of its work, and wakes up when another
# one has taken over, publishes nothing, takes no entry, says so and stands by.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

declare -A pid

# The number of entries that a consumer of the group holds.
held_by() {
    cli xinfo consumers "$input" stepden | grep -A 2 -x "$1" | tail -n 1
}

count_lost() { grep -c 'WARNING.*no longer the owner' "$here/$1.log"; }

# The source of each DENM, without repetitions in a row: who was the owner.
owners() {
    messages | grep -o '"source":"/stepden/[^"]*"' | cut -d / -f 3 |
        tr -d '"' | uniq | tr '\n' ' '
}

is_published_more() { (($(cli xlen "$output") > published)); }

# turn_out OWNER STANDBY
turn_out() {
    local zombie=$1 standby=$2 lost begin
    lost=$(count_lost "$zombie")
    published=$(cli xlen "$output")
    await 30 is_published_more || fail "$zombie publishes nothing"
    kill -STOP "${pid[$zombie]}"
    begin=$(now_ms)
    await 30 owns "$standby" || fail "$standby does not take over"
    echo "ok: $standby takes over after $(($(now_ms) - begin)) ms"
    published=$(cli xlen "$output")
    await 30 is_published_more || fail "$standby publishes nothing"

    kill -CONT "${pid[$zombie]}"
    await 30 says "$zombie" 'standing by' || fail "$zombie does not stand by"
    expect "entries that $zombie holds" "$(held_by "$zombie")" 0
    expect "warnings of $zombie" "$(count_lost "$zombie")" $((lost + 1))
    owns "$standby" || fail "$standby is the owner no longer"
}

start_redis
for name in a b; do
    configure "$name" denmCheckLastUpdateMaxInterval=60000
    start_service "$name"
    pid[$name]=$service_pid
    await 30 says "$name" . || fail "$name does not come up"
done
start_load
turn_out a b
turn_out b a
turn_out a b
turn_out b a
expect "owners, by what they published" "$(owners)" "a b a b a "

stop_load
settle
check_exactly_once
check_entries
stop_service "${pid[a]}"
stop_service "${pid[b]}"
