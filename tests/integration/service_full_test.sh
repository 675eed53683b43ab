#!/bin/bash
# A Redis without memory is not pestered, nothing is acknowledged that was not
# published, and all goes on when there is memory.
. "$(dirname "$0")/../support/service.sh"

processor_ticks() {
    local field
    read -ra field <"/proc/$service_pid/stat"
    echo $((field[13] + field[14]))
}

acknowledged() {
    local lag
    lag=$(group_number "$input" lag)
    echo $((3000 - lag - $(group_number "$input" pending)))
}

refusals() {
    grep -c 'OOM' "$here/a.log"
}

is_full() {
    (($(refusals) > 0))
}

start_redis
simulate --arrays 3000 --targets 10 --references 100
used=$(cli info memory | tr -d '\r' | sed -n 's/^used_memory://p')
cli config set maxmemory $((used + 8000000)) >/dev/null
configure a denmCheckLastUpdateMaxInterval=60000
start_service a
await 30 is_full || fail "the memory is enough"
before=$(processor_ticks)
sleep 4
used=$(($(processor_ticks) - before))
((used < 100)) || fail "$used ticks of the processor within 4 s"
echo "ok: ticks of the processor within 4 s: $used"
kill -STOP "$service_pid"
published=$(cli xlen "$output")
((published < 30000)) || fail "the memory is enough"
expect "DENMs of what is acknowledged" "$published" $((10 * $(acknowledged)))
expect "lines that say so" "$(refusals)" 1
kill -CONT "$service_pid"

cli config set maxmemory 0 >/dev/null
settle
check_exactly_once
stop_service
