#!/bin/bash
# A second instance waits, and takes over when the first one dies or sleeps.
. "$(dirname "$0")/../support/service.sh"

start_redis
start_service a
first_pid=$service_pid
simulate --arrays 20 --targets 5 --references 20
settle
start_service b
second_pid=$service_pid
simulate --realtime --arrays 1000 --targets 5 --references 20 &
simulator_pid=$!

sleep 1
expect "from the standby so far" \
    "$(messages | grep -c '"source":"/stepden/b"')" 0
kill -STOP "$first_pid"
sleep 2.5
kill -CONT "$first_pid"
wait "$simulator_pid" || fail "the simulator"
settle
expect "DENMs out" "$(cli xlen "$output")" 5100
expect "triggers" "$(count_kind trigger)" 100
(($(messages | grep -c '"source":"/stepden/b"') > 0)) ||
    fail "the standby has done nothing"

kill_service "$second_pid"
simulate --arrays 20 --targets 5 --references 20
settle
expect "DENMs after the way back" "$(cli xlen "$output")" 5200
check_exactly_once
check_entries
stop_service "$first_pid"
