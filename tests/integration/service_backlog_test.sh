#!/bin/bash
# Backlogs in more partitions than one instance reads at a time, through kills.
. "$(dirname "$0")/../support/service.sh"

partitions=40
configure a redis="$(split_member \
    "\"connection\": {\"protocol\": 2, $redis_socket}" \
    "$partitions" '"timeout": 1000')"

# The sum of a number of all inputs' groups.
sum_of() {
    local p
    for ((p = 0; p < partitions; p++)); do
        group_number "step:{$p}:crash_prediction" "$1"
    done | awk '{sum += $1} END {print sum + 0}'
}

is_settled() {
    [[ $(sum_of lag) == 0 && $(sum_of pending) == 0 ]]
}

has_begun() {
    (($(sum_of entries-read) > ${read_before:-0}))
}

feed() {
    simulate --stream 'step:{p}:crash_prediction' --partitions "$partitions" \
        --targets 2 --references 400 --arrays "$1"
}

start_redis --appendfsync everysec
feed 4000
start_service a
for ((kill = 0; kill < 4; kill++)); do
    kill -STOP "$service_pid"
    feed 4000
    read_before=$(sum_of entries-read)
    kill -CONT "$service_pid"
    await 30 has_begun || fail "nothing is read"
    end_process KILL "$service_pid"
    start_service a
done
settle
check_exactly_once
stop_service
