#!/bin/bash
# 1,000 arrays of 10 targets give exactly 10,000 DENMs.
. "$(dirname "$0")/../support/service.sh"

start_redis
start_service a
simulate --arrays 1000 --targets 10 --references 100
settle
expect "arrays in" "$(cli xlen "$input")" 1000
expect "DENMs out" "$(cli xlen "$output")" 10000
expect "triggers" "$(count_kind trigger)" 1000
expect "updates" "$(count_kind update)" 9000
expect "unacknowledged" "$(cli xpending "$input" stepden | head -n 1)" 0
expect "refused" "$(cli xlen "$input:rejected")" 0
check_exactly_once
check_entries
check_entries_elsewhere
stop_service
