#!/bin/bash
# Three instances under load, of which whatever can go wrong does, at random:
# every prediction is answered once, in order. With the fence taken out, and
# all else as before, some are answered twice.
#   STEPDEN_SEED=N STEPDEN_CHAOS_SECONDS=N for more of it, by hand
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

seed=${STEPDEN_SEED-$EPOCHSECONDS}
seconds=${STEPDEN_CHAOS_SECONDS-40}
RANDOM=$seed
echo "STEPDEN_SEED=$seed"
names=(a b c)
faults=(stop kill end freeze cut stall late slow erratic hold touch burst)
declare -A pid count

# pick WORD...: one of them is `picked`.
pick() {
    local number=$((RANDOM % $# + 1))
    picked=${!number}
}

# between LEAST MOST: `picked` is a number.
between() {
    picked=$(($1 + RANDOM % ($2 - $1 + 1)))
}

pause_ms() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }

# later MS COMMAND...
later() {
    {
        pause_ms "$1"
        "${@:2}" >/dev/null
    } &
    started[$!]=later
    delayed+=($!)
}

wait_for_delayed() {
    local process
    for process in "${delayed[@]}"; do
        wait "$process"
        unset "started[$process]"
    done
    delayed=()
}

# restart NAME SIGNAL: the stop may take too long (75), no more.
restart() {
    end_process "$2" "${pid[$1]}"
    local status=$?
    [[ $2:$status =~ ^(KILL:137|TERM:0|TERM:75)$ ]] ||
        fail "$1 ended with status $status"
    start_service "$1"
    pid[$1]=$service_pid
}

wake_up() { kill -CONT "$1" 2>"$here/kill.err"; }

# What others do to the lease.
touch_lease() {
    pick "del $lease_key" "pexpire $lease_key 1" "persist $lease_key" \
        "pexpire $lease_key 100000" "set $lease_key nobody px 300" \
        "set $lease_key 0123456789abcdef0123456789abcdef px 300"
    # shellcheck disable=SC2086
    cli $picked >/dev/null
}

# fault KIND NAME: one that lasts, at times, longer than the lease.
fault() {
    local how
    between 50 1200
    case $1 in
    stop)
        kill -STOP "${pid[$2]}"
        later "$picked" wake_up "${pid[$2]}"
        ;;
    kill) restart "$2" KILL ;;
    end) restart "$2" TERM ;; # its last words may come late, too
    freeze)
        kill -STOP "$redis_pid"
        later $((picked / 2)) wake_up "$redis_pid"
        ;;
    cut) proxy "$2" cut ;;
    stall) # and what was on its way is lost
        proxy "$2" stall both
        later "$picked" stall_ends "$2" cut
        ;;
    late) # and what was on its way comes late
        how=$picked
        pick up down both
        proxy "$2" stall "$picked"
        later "$how" stall_ends "$2" status
        ;;
    slow)
        how=$picked
        proxy "$2" delay up $((how % 90))
        proxy "$2" delay down $((how % 70))
        later "$how" try_proxy "$2" go
        ;;
    erratic)
        proxy "$2" random "$((picked + seed % 10000))"
        later "$picked" try_proxy "$2" go
        ;;
    hold) # an EXEC, which comes when its client has gone
        proxy "$2" hold-after up '*1\r\n$4\r\nEXEC\r\n' 'XADD\r\n'
        later 200 try_proxy "$2" cut
        later $((200 + picked)) try_proxy "$2" release
        ;;
    touch) touch_lease ;;
    burst) simulate --arrays 100 --targets 10 --references 100 ;;
    esac
}

stall_ends() {
    try_proxy "$1" "$2"
    try_proxy "$1" go
}

# chaos SECONDS: faults, some of them at the same time, then none.
chaos() {
    local end=$((SECONDS + $1)) kind name
    while ((SECONDS < end)); do
        pick "${faults[@]}"
        kind=$picked
        pick "${names[@]}"
        name=$picked
        fault "$kind" "$name"
        count[$kind]=$((${count[$kind]-0} + 1))
        between 20 300
        pause_ms "$picked"
    done
    wait_for_delayed
    for name in "${names[@]}"; do
        proxy "$name" release
        proxy "$name" go
        wake_up "${pid[$name]}"
    done
}

tell_counts() {
    local kind
    echo -n "faults:"
    for kind in "${faults[@]}"; do
        echo -n " ${count[$kind]-0} $kind"
    done
    echo "; EXEC: $(cli info commandstats | grep -o 'exec:calls=[0-9]*' |
        cut -d = -f 2); owner: $(cat "$here"/[abc].log |
        grep -c '"owner of the streams') times"
}

# Begins anew; COMMAND gets each instance's name.
begin() {
    local name
    cli flushall >/dev/null
    cli config resetstat >/dev/null
    count=()
    for name in "${names[@]}"; do
        rm -f "$here/$name.log"
        start_proxy "$name"
        "$@" "$name"
        start_service "$name"
        pid[$name]=$service_pid
    done
    start_load
}

finish() {
    local name
    for name in "${names[@]}"; do
        stop_service "${pid[$name]}"
        stop_proxy "$name"
    done
}

repeated_ids() {
    messages | grep -o '"id":"[^"]*"' | sort | uniq -d | wc -l
}

delayed=()
for name in "${names[@]}"; do
    configure_through_proxy "$name" 500 timeout=1
done
start_redis

begin true
chaos "$seconds"
stop_load
settle
tell_counts
check_exactly_once
check_entries
finish

echo "without the fence:"
begin unfence
doubled=0
for ((i = 0; i < 12 && doubled == 0; i++)); do
    chaos "${STEPDEN_CHAOS_SECONDS-5}"
    doubled=$(repeated_ids)
done
stop_load
for name in "${names[@]}"; do
    restart "$name" KILL # what a zombie took is claimed from it
done
settle
tell_counts
((doubled > 0)) || fail "nothing is doubled without the fence"
exactly_once >"$here/judge.out" && fail "the judge has seen nothing"
echo "ok: doubled without the fence: $doubled; $(tail -n 1 "$here/judge.out")"
finish
