# For integration tests in bash: several Redis servers on loopback ports, as a
# cluster of three masters and three replicas or as a master, a replica and
# three sentinels; what can happen to them. Source it after service.sh.
nodes=() # names, in the order of their first start
declare -A node_port=() node_pid=() node_options=()

# ---- one server ----

# Neither listens there, nor at its bus, nor has anyone a connection there.
is_port_free() {
    local port hex
    for port in "$1" $(($1 + 10000)); do
        printf -v hex ':%04X ' "$port"
        ! grep -qsF "$hex" /proc/net/tcp /proc/net/tcp6 || return 1
    done
}

# `picked_port`, outside of where the kernel picks; its bus is 10000 above.
pick_port() {
    picked_port=0
    until ((picked_port > 0)) && is_port_free "$picked_port"; do
        picked_port=$((10000 + RANDOM % 10000))
    done
}

# launch_node NAME: as it was started first; false if it has ended. Everything is
# written to its append-only file before it is answered, so that a kill loses
# nothing (but a loss of power would).
launch_node() {
    local options
    mapfile -t options <<<"${node_options[$1]}"
    # What is in sentinel.conf is a sentinel's own.
    redis-server ${node_config[$1]+"${node_config[$1]}" --sentinel} \
        --port "${node_port[$1]}" --bind 127.0.0.1 --dir "$here/$1" \
        --logfile "$here/$1.redis.log" ${options[0]:+"${options[@]}"} &
    node_pid[$1]=$!
    started[$!]=$1
    await 30 is_node_up_or_ended "$1" || fail "$1 does not answer"
    is_node_up "$1"
}
declare -A node_config=()

# start_node NAME [OPTION...]: anew, or once more where it was before.
start_node() {
    local name=$1
    if [[ -n ${node_port[$name]-} ]]; then
        launch_node "$name" || fail "$name does not start again"
        return 0
    fi
    shift
    nodes+=("$name")
    node_options[$name]=$(printf '%s\n' "$@")
    mkdir -p "$here/$name"
    while true; do # until the port is ours
        pick_port
        node_port[$name]=$picked_port
        launch_node "$name" && return 0
        end_process KILL "${node_pid[$name]}"
    done
}

node_info() { node "$1" info server | tr -d '\r'; }

is_node_up() { node_info "$1" | grep -qx "process_id:${node_pid[$1]}"; }

is_node_up_or_ended() {
    is_node_up "$1" || ! kill -0 "${node_pid[$1]}" 2>/dev/null
}

# node NAME COMMAND...: one that is frozen does not answer.
node() {
    timeout 5 redis-cli -h 127.0.0.1 -p "${node_port[$1]}" "${@:2}"
}

kill_node() {
    end_process KILL "${node_pid[$1]}"
    node_pid[$1]=
}

declare -A is_frozen=()

freeze_node() {
    kill -STOP "${node_pid[$1]}"
    is_frozen[$1]=1
}

thaw_node() {
    kill -CONT "${node_pid[$1]}"
    unset "is_frozen[$1]"
}

# The names of those that can answer.
live_nodes() {
    local name
    for name in "${nodes[@]}"; do
        [[ -z ${node_pid[$name]} || -n ${is_frozen[$name]-} ]] || echo "$name"
    done
}

# The name of who listens at this port.
node_at() {
    local name
    for name in "${nodes[@]}"; do
        [[ ${node_port[$name]} != "$1" ]] || echo "$name"
    done
}

is_master() { [[ $(node "$1" role | head -n 1) == master ]]; }

masters() {
    local name
    for name in $(live_nodes); do
        ! is_master "$name" || echo "$name"
    done
}

# "HOST:PORT,..." of these, or of all.
addresses() {
    local name list=
    (($# > 0)) || set -- "${nodes[@]}"
    for name in "$@"; do
        list+=,127.0.0.1:${node_port[$name]}
    done
    echo "${list#,}"
}

# The same as JSON.
address_list() {
    local name list=
    (($# > 0)) || set -- "${nodes[@]}"
    for name in "$@"; do
        list+=", {\"host\": \"127.0.0.1\", \"port\": ${node_port[$name]}}"
    done
    echo "[${list#, }]"
}

# ---- a cluster ----

# start_cluster [OPTION...]: n1 to n6, of which three are masters.
start_cluster() {
    local name
    for name in n1 n2 n3 n4 n5 n6; do
        start_node "$name" --save '' --appendonly yes --appendfsync no \
            --repl-diskless-sync-delay 0 --cluster-enabled yes \
            --cluster-node-timeout 1500 --cluster-allow-replica-migration no \
            "$@"
    done
    # shellcheck disable=SC2046
    redis-cli --cluster create $(addresses | tr , ' ') --cluster-replicas 1 \
        --cluster-yes >"$here/cluster.log" || fail "no cluster is made"
    await 30 is_whole || fail "the cluster does not become whole"
}

# All slots are served, and each shard is a master with a replica that is up to
# date.
is_whole() {
    local name
    for name in "${nodes[@]}"; do
        [[ $(node "$name" cluster info) == *cluster_state:ok* ]] || return 1
        [[ $(node "$name" info replication) == *$'\n'@(connected_slaves:1|master_link_status:up)$'\r'* ]] ||
            return 1
    done
}

# cluster COMMAND...: of any node that is live, or of who it says has the key.
cluster() { node "$(live_nodes | head -n 1)" -c "$@"; }

# The name of the node that serves a key; nothing if none does.
owner_of() {
    local name answer
    for name in $(live_nodes); do
        answer=$(node "$name" exists "$1")
        [[ ! $answer =~ ^[01]$ ]] || echo "$name"
    done
}

replica_of() {
    node_at "$(node "$1" info replication |
        sed -n 's/^slave0:ip=[^,]*,port=\([0-9]*\),.*$/\1/p')"
}

node_id() { node "$1" cluster myid; }

# migrate_slot SLOT FROM TO [PAUSE]: key by key, with so many seconds between
# them, in which only some are there. What has a time to live may lapse just
# before it is moved. False if a node is not what it was.
migrate_slot() {
    local slot=$1 from=$2 to=$3 pause=${4-0} name key moved
    [[ -n $from && -n $to ]] || return 1
    node "$to" cluster setslot "$slot" importing "$(node_id "$from")"
    node "$from" cluster setslot "$slot" migrating "$(node_id "$to")"
    while key=$(node "$from" cluster getkeysinslot "$slot" 1) &&
        [[ -n $key ]]; do
        moved=$(node "$from" migrate 127.0.0.1 "${node_port[$to]}" \
            "$key" 0 5000)
        echo "$key: $moved"
        [[ $moved == OK || $moved == NOKEY ]] || return 1
        sleep "$pause"
    done
    for name in "$to" "$from" $(masters); do
        node "$name" cluster setslot "$slot" node "$(node_id "$to")"
    done
} >>"$here/cluster.log" 2>&1

# ---- sentinels ----

master_name=stepden

# start_sentinels [OPTION...]: the master m1, its replica m2, and s1 to s3.
start_sentinels() {
    local name
    for name in m1 m2; do
        start_node "$name" --save '' --appendonly yes --appendfsync no \
            --repl-diskless-sync-delay 0 "$@"
    done
    node m2 replicaof 127.0.0.1 "${node_port[m1]}" >/dev/null
    await 30 is_replicated || fail "m2 is no replica"
    for name in s1 s2 s3; do
        mkdir "$here/$name"
        node_config[$name]=$here/$name/sentinel.conf
        cat >"${node_config[$name]}" <<END
sentinel monitor $master_name 127.0.0.1 ${node_port[m1]} 2
sentinel down-after-milliseconds $master_name 1000
sentinel failover-timeout $master_name 5000
END
        start_node "$name"
    done
    await 60 is_watched || fail "the sentinels do not know each other"
}

is_replicated() {
    local name
    for name in m1 m2; do
        [[ $(node "$name" info replication) == \
            *$'\n'@(connected_slaves:1|master_link_status:up)$'\r'* ]] ||
            return 1
    done
}

# Whether each sentinel knows the two others and a replica.
is_watched() {
    local name
    for name in s1 s2 s3; do
        [[ $(node "$name" info sentinel) == \
            *"status=ok,"*"slaves=1,sentinels=3"* ]] || return 1
    done
}

# The name of the master, as sentinel NAME has it.
master() {
    node_at "$(node "$1" sentinel get-master-addr-by-name "$master_name" |
        tail -n 1)"
}
