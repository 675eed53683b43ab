#!/bin/bash
# Thousands of events that are stale when the service comes back end in many
# transactions, none of which keeps Redis busy for long.
. "$(dirname "$0")/../support/service.sh"

has_ended_all() {
    (($(cli xlen "$output") >= 10000))
}

start_redis
start_service a
simulate --arrays 500 --targets 10 --references 500
settle
stop_service
redis-cli -s "$here/redis.sock" monitor >"$here/monitor.out" &
monitor_pid=$!
started[$monitor_pid]=monitor
configure a denmLastUpdateMaxDelay=1
start_service a
await 60 has_ended_all || fail "not all events end"
end_process TERM "$monitor_pid"
check_exactly_once --ended
largest=$(awk '/ "MULTI"/ { count = 0 } / "XADD" .*cancellation/ { count++ }
    / "EXEC"/ && count > most { most = count } END { print most + 0 }' \
    "$here/monitor.out")
echo "cancellations in the largest transaction: $largest"
((largest > 0 && largest < 1000)) || fail "of 5000 in all"
stop_service
