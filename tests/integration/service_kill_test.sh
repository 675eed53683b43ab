#!/bin/bash
# A service that is killed in the middle leaves nothing out and nothing twice.
. "$(dirname "$0")/../support/service.sh"

start_redis
start_service a
simulate --realtime --arrays 1000 --targets 5 --references 20 &
simulator_pid=$!
for _ in 1 2 3; do
    sleep 0.6
    kill_service
    start_service a
done
wait "$simulator_pid" || fail "the simulator"
settle
expect "DENMs out" "$(cli xlen "$output")" 5000
expect "triggers" "$(count_kind trigger)" 100
check_entries
stop_service
