#!/bin/bash
# A Redis that is killed again and again, while stepden runs and inputs come,
# has every input answered exactly once; and so has one that loses the end of
# its append-only file, of what it still knows.
. "$(dirname "$0")/../support/service.sh"

seed=${STEPDEN_SEED-$EPOCHSECONDS}
RANDOM=$seed
echo "STEPDEN_SEED=$seed"

restart_redis() {
    revive_redis --auto-aof-rewrite-percentage 0 --appendfsync "$1"
}

has_gone_on() {
    (($(cli xlen "$output") > published))
}

# Arrays, until the file "feeding" is removed, as far as there is a Redis.
feed() {
    while [[ -e $here/feeding ]]; do
        "$bin/stepden-simulator" --redis "$here/redis.sock" --arrays 100 \
            --targets 5 --references 100 2>/dev/null
        sleep 0.05
    done
}

# kill_often TIMES FSYNC: Redis, 0 to 300 ms after DENMs have come again.
kill_often() {
    for ((i = 0; i < $1; i++)); do
        published=$(cli xlen "$output")
        await 30 has_gone_on || fail "nothing more comes out"
        sleep "$(printf '0.%03d' $((RANDOM % 300)))"
        end_process KILL "$redis_pid"
        restart_redis "$2"
    done
    echo "ok: Redis was killed $1 times with appendfsync $2"
}

restart_redis everysec
configure a denmCheckLastUpdateMaxInterval=60000
start_service a
touch "$here/feeding"
feed &
feeder_pid=$!
kill_often 10 everysec
kill_often 10 always
rm "$here/feeding"
wait "$feeder_pid"
settle
check_exactly_once
echo "ok: damaged ends cut off: $truncations"

# Of five times a hundred new events the last are lost, with their inputs, from
# within a transaction; and nobody remembers their action ids, as stepden was
# killed, too.
triggers() {
    messages | grep '\.trigger"' |
        sed 's/.*"id":"\([^"]*\)".*"subject":"\([^"]*\)".*/\2 \1/' | sort
}
file=$(echo "$here"/appendonlydir/*.incr.aof)
size=$(stat -c %s "$file")
for targets in 6 7 8 9 10; do
    simulate --arrays 100 --targets "$targets" --references 100
    settle
done
triggers >"$here/before"
kill_service
end_process KILL "$redis_pid"
at=$(grep -abo "$output" "$file" | cut -d: -f1 | awk -v size="$size" '
    $1 > size { at[++n] = $1 }
    END { print at[int(n / 2)] }')
truncate -s "$at" "$file"
before=$truncations
restart_redis always
expect "ends cut off" $((truncations - before)) 1
triggers >"$here/survived"
comm -23 "$here/before" "$here/survived" >"$here/lost"
(($(wc -l <"$here/lost") >= 100)) || fail "hardly an event was lost"
start_service a
simulate --arrays 400 --targets 20 --references 200
settle
check_exactly_once
triggers >"$here/after"
expect "lost action ids that are another event's now" \
    "$(join "$here/lost" "$here/after" | awk '$2 != $3' | wc -l)" 0
echo "ok: events lost: $(wc -l <"$here/lost")"

end_process KILL "$redis_pid"
restart_redis always
settle
check_exactly_once
stop_service
