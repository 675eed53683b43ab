#!/bin/bash
# Redis may come late, and go away.
. "$(dirname "$0")/../support/service.sh"

start_service a
sleep 1
kill -0 "$service_pid" || fail "the service gave up without Redis"
start_redis
simulate --arrays 100 --targets 5 --references 20
settle
expect "DENMs when Redis has come" "$(cli xlen "$output")" 500

stop_redis
sleep 1
kill -0 "$service_pid" || fail "the service gave up when Redis went away"
start_redis
simulate --arrays 100 --targets 5 --references 20
settle
expect "DENMs when Redis is back" "$(cli xlen "$output")" 1000
expect "triggers" "$(count_kind trigger)" 100
check_exactly_once
check_entries
stop_service
