#!/bin/bash
# Partitions on one server: what is predicted of a reference goes its way in the
# partition where it belongs; what comes to another one is done, and told.
. "$(dirname "$0")/../support/service.sh"

partitions=3
configure a redis="$(split_member \
    "\"connection\": {\"protocol\": 2, $redis_socket}" \
    "$partitions" '"timeout": 1000')"

is_settled() {
    local p
    for ((p = 0; p < partitions; p++)); do
        [[ $(group_number "step:{$p}:crash_prediction" lag) == 0 &&
            $(group_number "step:{$p}:crash_prediction" pending) == 0 ]] ||
            return 1
    done
}

# Of each output stream, how many numbers are not of its partition.
count_foreign() {
    local p
    for ((p = 0; p < partitions; p++)); do
        output="step:{$p}:client:out" messages | member sequenceNumber |
            awk -v n="$partitions" -v p="$p" '$1 % n != p'
    done | wc -l
}

start_redis
start_service a
simulate --stream 'step:{p}:crash_prediction' --partitions "$partitions" \
    --arrays 60 --targets 2 --references 20
settle
check_exactly_once
expect "numbers of another partition" "$(count_foreign)" 0
"$bin/stepden-watch" --redis "$here/redis.sock" --once \
    --partitions "$partitions" --stream 'step:{p}:client:out' \
    --input 'step:{p}:crash_prediction' >"$here/watch.out" ||
    fail "$(grep FAILED "$here/watch.out" | head -n 5)"
expect "DENMs" "$(awk '/^DENMs out/ {print $3}' "$here/watch.out")" 120
expect "arrays" "$(awk '/^arrays in/ {print $3}' "$here/watch.out")" 60
expect "misrouted" "$(grep -c input_misrouted "$here/a.log")" 0

# All of the simulator's references, whichever they are, in one partition: the
# first that is misrouted is told at once.
simulate --stream 'step:{2}:crash_prediction' \
    --arrays 20 --targets 1 --references 20
settle
grep -q 'WARNING.* input_misrouted count=1 entry=[0-9]*-[0-9]* belongs_to=[01] partition=2$' \
    "$here/a.log" || fail "nothing is said of what is misrouted"
expect "numbers of another partition" "$(count_foreign)" 0
stop_service
expect "misrouted" "$(sed -n 's/.* input_misrouted count=\([0-9]*\) .*/\1/p' \
    "$here/a.log" | awk '{sum += $1} END {print sum}')" \
    "$(/usr/bin/python3 -c 'import zlib
print(sum(zlib.crc32(b"%d:0" % i) % 3 != 2 for i in range(100000, 100020)))')"
