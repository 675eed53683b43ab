#!/bin/bash
# A service that is killed at its work leaves nothing out and nothing twice.
. "$(dirname "$0")/../support/service.sh"

has_gone_on() {
    (($(cli xlen "$output") > published + 500))
}

start_redis
simulate --arrays 2000 --targets 10 --references 100
published=0
for _ in 1 2 3 4 5; do
    start_service a
    await 20 has_gone_on || fail "nothing more comes out"
    kill_service
    published=$(cli xlen "$output")
    echo "killed after $published DENMs"
done
((published < 20000)) || fail "it was never killed at its work"
start_service a
settle
expect "DENMs out" "$(cli xlen "$output")" 20000
expect "triggers" "$(count_kind trigger)" 1000
check_entries
stop_service
