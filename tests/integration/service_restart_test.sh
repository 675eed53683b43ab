#!/bin/bash
# A service that is stopped and started in the middle goes on where it was.
. "$(dirname "$0")/../support/service.sh"

start_redis
start_service a
simulate --realtime --arrays 600 --targets 5 --references 20 &
simulator_pid=$!
for _ in 1 2 3; do
    sleep 0.7
    stop_service
    start_service a
done
wait "$simulator_pid" || fail "the simulator"
settle
expect "DENMs out" "$(cli xlen "$output")" 3000
expect "triggers" "$(count_kind trigger)" 100
expect "cancellations" "$(count_kind cancellation)" 0
check_exactly_once
check_entries
stop_service
