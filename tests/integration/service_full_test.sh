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
    echo $((arrays - lag - $(group_number "$input" pending)))
}

# Lines of the log that say what is refused for lack of memory: a command, or all
# of them when the memory ends between them and EXEC.
refusals() {
    grep -c "$1: .*OOM" "$here/a.log"
}

is_full() {
    (($(refusals "refused a transaction") > 0))
}

has_begun() {
    (($(cli xlen "$output") > 0))
}

arrays=6000
start_redis
simulate --arrays "$arrays" --targets 10 --references 100
configure a denmCheckLastUpdateMaxInterval=60000
start_service a
await 30 has_begun || fail "nothing comes out"
cli config set maxmemory 1mb >/dev/null
await 30 is_full || fail "nothing is said of it"
before=$(processor_ticks)
sleep 4
used=$(($(processor_ticks) - before))
((used < 100)) || fail "$used ticks of the processor within 4 s"
echo "ok: ticks of the processor within 4 s: $used"
kill -STOP "$service_pid"
published=$(cli xlen "$output")
((published < 10 * arrays)) || fail "the memory is enough"
expect "DENMs of what is acknowledged" "$published" $((10 * $(acknowledged)))
expect "lines that say so" "$(refusals "refused a transaction")" 1
(($(refusals "lease cannot be taken") <= 1)) || fail "it says so again"
kill -CONT "$service_pid"

cli config set maxmemory 0 >/dev/null
settle
check_exactly_once
stop_service
