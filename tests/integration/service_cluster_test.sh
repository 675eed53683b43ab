#!/bin/bash
# Instances share twelve partitions on a cluster of three masters and three
# replicas. Whatever becomes of an instance, a master or a slot: all partitions
# are soon served again, every prediction is answered once, in order, and no
# action id is used in two partitions.
#   STEPDEN_SEED=N STEPDEN_CHAOS_SECONDS=N for random faults for so long, by hand
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/nodes.sh"
. "$(dirname "$0")/../support/partitions.sh"

partitions=12
failover_s=5

ask() { cluster "$@"; }

pick() {
    local number=$((RANDOM % $# + 1))
    picked=${!number}
}

# ---- what happens to instances ----

crash() {
    pick "${!pid[@]}"
    end_instance "$picked" KILL
    expect_served "$picked is killed" 2
    start_instance "$picked"
}

sleeper() {
    pick "${!pid[@]}"
    kill -STOP "${pid[$picked]}"
    expect_served "$picked is stopped" 2
    kill -CONT "${pid[$picked]}"
}

leave() {
    pick "${!pid[@]}"
    end_instance "$picked" TERM
    expect_served "$picked leaves" 1
}

join() {
    local name
    for name in a b c d; do
        [[ -n ${pid[$name]-} ]] || break
    done
    start_instance "$name"
    await 30 is_shared || fail "${#pid[@]} instances do not share: $(shares)"
    echo "ok: $name joins: $(shares)"
}

# ---- what happens to the cluster ----

# To another master, and back.
migrate() {
    local key slot from to
    key="{$((RANDOM % partitions))}"
    slot=$(cluster cluster keyslot "$key")
    from=$(owner_of "$key")
    # shellcheck disable=SC2046
    pick $(masters | grep -v "$from")
    to=$picked
    migrate_slot "$slot" "$from" "$to" 0.1 ||
        fail "the slot of $key: $(tail -n 3 "$here/cluster.log")"
    expect "the new node of the slot of $key" "$(owner_of "$key")" "$to"
    expect_served "the slot of $key moves" 1
    migrate_slot "$slot" "$to" "$from" 0.1 ||
        fail "the slot of $key: $(tail -n 3 "$here/cluster.log")"
    expect_served "the slot of $key moves back" 1
}

failover() {
    # shellcheck disable=SC2046
    pick $(masters)
    kill_node "$picked"
    failovers=$((failovers + 1))
    expect_served "the master $picked is killed" "$failover_s"
    start_node "$picked"
    await 60 is_whole || fail "$picked does not become a replica"
}

# The last second before it was killed is not in the replica that takes over.
behind() {
    local replica
    # shellcheck disable=SC2046
    pick $(masters)
    replica=$(replica_of "$picked")
    freeze_node "$replica"
    node "$picked" client kill type replica >/dev/null
    sleep 1
    kill_node "$picked"
    thaw_node "$replica"
    failovers=$((failovers + 1))
    expect_served "the master $picked is killed, $replica is behind" \
        "$failover_s"
    start_node "$picked"
    await 60 is_whole || fail "$picked does not become a replica"
}

# It wakes up when another is master, and has work that was sent before.
frozen() {
    # shellcheck disable=SC2046
    pick $(masters)
    freeze_node "$picked"
    failovers=$((failovers + 1))
    expect_served "the master $picked is frozen" "$failover_s"
    thaw_node "$picked"
    await 60 is_whole || fail "$picked does not become a replica"
}

# ---- all of it ----

start_cluster
seed=${STEPDEN_SEED-$EPOCHSECONDS}
RANDOM=$seed # ports have been picked by it, too
echo "STEPDEN_SEED=$seed"
redis_place="\"mode\": \"cluster\", \"connection\": {\"protocol\": 2,
        \"socketTimeout\": 2, \"socketConnectTimeout\": 2},
    \"cluster\": {\"nodes\": $(address_list)}"
start_instance a
start_instance b
start_instance c
start_loads "$(addresses)"
await 30 is_shared || fail "the instances do not share: $(shares)"
echo "ok: $(shares)"
if [[ -n ${STEPDEN_CHAOS_SECONDS-} ]]; then
    while ((SECONDS < STEPDEN_CHAOS_SECONDS)); do
        pick crash sleeper leave join migrate failover behind frozen
        [[ $picked:${#pid[@]} == @(leave:1|crash:1|sleeper:1|join:4) ]] ||
            "$picked"
    done
else
    for happening in crash sleeper leave join migrate failover behind; do
        "$happening"
    done
fi
check_partitions
for name in "${!pid[@]}"; do
    end_instance "$name" TERM
done
