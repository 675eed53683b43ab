#!/bin/bash
# A service that is killed again and again, at its work, leaves nothing out and
# nothing twice, and no event without an end.
. "$(dirname "$0")/../support/service.sh"

seed=${STEPDEN_SEED-$EPOCHSECONDS}
RANDOM=$seed
echo "STEPDEN_SEED=$seed"
at_work=0

has_gone_on() {
    (($(cli xlen "$output") > published))
}

# kill_often NAME TIMES: each time with a backlog; one time up to 200 ms after
# the start, whatever it does by then, the other time soon after DENMs come.
kill_often() {
    local published end
    for ((i = 0; i < $2; i++)); do
        simulate --arrays 2000 --targets 2 --references 2000
        published=$(cli xlen "$output")
        start_service "$1"
        if ((i % 2)); then
            sleep "$(printf '0.%03d' $((RANDOM % 200)))"
        else
            end=$((SECONDS + 60))
            until has_gone_on; do
                ((SECONDS <= end)) || fail "nothing more comes out"
            done
            sleep "$(printf '0.%03d' $((RANDOM % 20)))"
        fi
        kill_service
        if has_gone_on && ! is_settled; then
            at_work=$((at_work + 1))
        fi
    done
}

# A is known to be dead at once, by the lock on its state file; after B, the
# lease has to lapse. Receivers do not forget what becomes stale meanwhile.
times=(denmLastUpdateMaxDelay=2000 denmCheckLastUpdateMaxInterval=60000)
configure a "${times[@]}" "redis=$(redis_member "$redis_socket" \
    "\"timeout\": 1000, \"stateFile\": \"$here/a.state\"")"
configure b "${times[@]}" \
    "redis=$(redis_member "$redis_socket" '"timeout": 500')"
start_redis
simulate --realtime --arrays 12000 --targets 5 --references 100 &
simulator_pid=$!
kill_often a 20
kill_often b 4
kill_often a 16
((at_work >= 10)) || fail "killed at its work only $at_work times of 40"
echo "ok: killed 40 times, $at_work of them at its work"

wait "$simulator_pid" || fail "the simulator"
start_service a
settle
await 30 exactly_once --ended
check_exactly_once --ended
stop_service
