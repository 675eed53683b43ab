# For integration tests in bash: several instances that share partitions, under
# load, and what is left of it in the end. Source it after nodes.sh; before
# anything is started, `partitions` says how many there are, and `redis_place` is
# what the member "redis" has to say of where the servers are.
partitions=1
redis_place=
lease_ms=2000
failovers=0
declare -A pid=() # of the instances that run
load_pids=()

# ---- the instances ----

configure_instance() {
    configure "$1" timeout=2 health='{"listen": "127.0.0.1:0"}' redis="$(
        split_member "$redis_place" "$partitions" "\"timeout\": $lease_ms"
    )"
}

start_instance() {
    configure_instance "$1"
    rm -f "$here/$1.log" # by which it is known what this one says
    start_service "$1"
    pid[$1]=$service_pid
    await 30 grep -q ' listening address=' "$here/$1.log" ||
        fail "$1 does not start"
}

# end_instance NAME SIGNAL: the stop may take too long (75), no more.
end_instance() {
    end_process "$2" "${pid[$1]}"
    local status=$?
    unset "pid[$1]"
    [[ $2:$status =~ ^(KILL:137|TERM:0|TERM:75)$ ]] ||
        fail "$1 ended with status $status"
}

# How many partitions it has; nothing if it does not say.
share() {
    local address
    address=$(sed -n 's/.* listening address=//p' "$here/$1.log")
    curl -s -m 2 "http://$address/readyz" | grep -o '"held":[0-9]*' |
        cut -d : -f 2
}

shares() {
    local name
    for name in "${!pid[@]}"; do
        echo -n "$name $(share "$name") "
    done
}

# All are held, and no instance has two more than another.
is_shared() {
    local name held sum=0 least=$partitions most=0
    for name in "${!pid[@]}"; do
        held=$(share "$name")
        ((sum += held, least = held < least ? held : least))
        ((most = held > most ? held : most))
    done
    ((sum == partitions && most - least <= 1))
}

# ---- the load ----

# start_loads ADDRESS[,ADDRESS...]: one for each partition.
start_loads() {
    local p
    load_addresses=$1
    for ((p = 0; p < partitions; p++)); do
        "$build/tests/integration/partition_load" "$1" "$service_config" "$p" \
            >"$here/load.$p" 2>>"$here/load.log" &
        load_pids+=($!)
        started[$!]=load
    done
}

stop_loads() {
    local load
    for load in "${load_pids[@]}"; do
        kill -0 "$load" || fail "a producer has ended by itself"
        end_process TERM "$load"
    done
    load_pids=()
}

# ask COMMAND...: of whoever serves the key; for the tests to define.

# group PARTITION MEMBER: a value of XINFO GROUPS of the predictions.
group() {
    ask xinfo groups "step:{$1}:crash_prediction" |
        grep -A 1 -x "$2" | tail -n 1
}

# Whether in each partition something has been read that came in after this
# time.
is_served() {
    local p id
    for ((p = 0; p < partitions; p++)); do
        id=$(group "$p" last-delivered-id)
        [[ $id =~ ^[0-9]+- ]] && ((${id%-*} > $1)) || return 1
    done
}

now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# expect_served WHAT SECONDS: all partitions are served again within the time
# that leases and failovers take, and generous room for a slow machine.
expect_served() {
    local since
    since=$(now_ms)
    await $(($2 + 30)) is_served "$since" ||
        fail "$1: not all partitions are served"
    echo "ok: $1: all are served after $(($(now_ms) - since)) ms"
}

is_drained() {
    local p
    for ((p = 0; p < partitions; p++)); do
        [[ $(group "$p" last-delivered-id) == "$(ask xrevrange \
            "step:{$p}:crash_prediction" + - count 1 | head -n 1)" &&
            $(group "$p" pending) == 0 ]] || return 1
    done
}

# ---- the end ----

# "ENTRY_ID" of each input, "ENTRY_ID EVENT_ID" of each output.
final_inputs() {
    ask xrange "step:{$1}:crash_prediction" - + |
        grep -aoE '^[0-9]{13}-[0-9]+$' | sort -u
}

final_outputs() {
    ask xrange "step:{$1}:client:out" - + | LC_ALL=C awk '
        /^[0-9]+-[0-9]+$/ { entry = $0 }
        /^{"specversion"/ {
            match($0, /"id":"[^"]*/)
            print entry, substr($0, RSTART + 6, RLENGTH - 6)
        }' | sort -u
}

lines() { wc -l <"$1"; }

# What the servers have accepted or shown, and have no more: see
# partition_load.c. What the streams have is the judge's.
check_losses() {
    local p copied=0 uncopied=0 gone=0 again=0
    for ((p = 0; p < partitions; p++)); do
        final_inputs "$p" >"$here/inputs"
        final_outputs "$p" >"$here/outputs"
        for flag in 0 1; do
            sed -n "s/^fed \(.*\) $flag\$/\1/p" "$here/load.$p" | sort -u |
                comm -23 - "$here/inputs" >"$here/lost.$flag"
        done
        sed -n 's/^seen //p' "$here/load.$p" | sort -u |
            comm -23 - "$here/outputs" >"$here/gone"
        ((uncopied += $(lines "$here/lost.0")))
        ((copied += $(lines "$here/lost.1")))
        ((gone += $(lines "$here/gone")))
        ((again += $(cut -d ' ' -f 2 "$here/gone" | sort -u |
            comm -12 - <(cut -d ' ' -f 2 "$here/outputs" | sort -u) | wc -l)))
    done
    echo "fed: $(cat "$here"/load.[0-9]* | grep -c ^fed), seen:" \
        "$(cat "$here"/load.[0-9]* | grep -c ^seen); lost by $failovers" \
        "failovers of Redis: $uncopied inputs, $gone outputs that were read," \
        "$again of which were published again with their id"
    expect "lost inputs that a replica had" "$copied" 0
    ((failovers > 0)) || expect "lost without a failover" $((uncopied + gone)) 0
}

check_partitions() {
    stop_loads
    await 60 is_drained || fail "the inputs are not all acknowledged"
    "$build/tests/integration/exactly_once" --redis "$load_addresses" \
        --config "$service_config" >"$here/judge.out" ||
        fail "$(cat "$here/judge.out")"
    sed 's/^/ok: /' "$here/judge.out"
    check_losses
}
