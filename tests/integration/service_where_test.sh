#!/bin/bash
# Where the service finds its server: in a cluster over TLS, where each node has
# to show a certificate for what the others call it; and by sentinels, of which
# one is dead, with users that have the least rights at Redis and at them.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/nodes.sh"

# ---- a cluster over TLS: two masters, of which one is configured ----

make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$here/node.key" -out "$here/node.crt" -days 2 \
        -subj /CN=node -addext subjectAltName=DNS:localhost 2>/dev/null
}

# start_tls_node NAME SLOTS...: `tls_port` of it, too.
declare -A tls_port=()
start_tls_node() {
    pick_port
    tls_port[$1]=$picked_port
    start_node "$1" --save '' --appendonly yes --cluster-enabled yes \
        --tls-port "$picked_port" --tls-cluster yes --tls-auth-clients no \
        --tls-cert-file "$here/node.crt" --tls-key-file "$here/node.key" \
        --tls-ca-cert-file "$here/node.crt" \
        --cluster-node-timeout 1000 --cluster-announce-hostname localhost \
        --cluster-preferred-endpoint-type hostname
    node "$1" cluster addslotsrange "$2" "$3" >/dev/null
}

is_formed() {
    [[ $(node c1 cluster info) == *cluster_state:ok*known_nodes:2* &&
        $(node c2 cluster info) == *cluster_state:ok*known_nodes:2* &&
        $(node c1 cluster slots) == *localhost*localhost* ]]
}

partitioned() {
    cat <<END
{"mode": "cluster", "partitions": 4,
"cluster": {"nodes": [{"host": "localhost", "port": ${tls_port[c1]}}]},
"connection": {"protocol": 2, "sslEnable": true,
    "sslCaCertsFile": "$here/node.crt"},
"lease": {"timeout": 1000},
"streams": {
    "inputs": {"crashPrediction": {"streamId": "step:{p}:in"},
        "client": {"streamId": "step:{p}:client"}},
    "outputs": {"client": {"streamId": "step:{p}:out"}}}}
END
}

# Of the leases of {0} and {1} on c2, and {2} and {3} on c1.
held() {
    echo $(($(node c2 exists 'step:{0}:stepden:lease') +
        $(node c2 exists 'step:{1}:stepden:lease') +
        $(node c1 exists 'step:{2}:stepden:lease') +
        $(node c1 exists 'step:{3}:stepden:lease')))
}

holds_all() {
    [[ $(held) == 4 ]]
}

make_certificate
start_tls_node c1 0 8191
start_tls_node c2 8192 16383
node c1 cluster meet 127.0.0.1 "${tls_port[c2]}" >/dev/null
await 30 is_formed || fail "no cluster is formed"
configure a redis="$(partitioned)"
start_service a
await 30 holds_all
expect "leases on both nodes, of which one is configured" "$(held)" 4
stop_service

node c1 config set cluster-preferred-endpoint-type ip >/dev/null
: >"$here/a.log"
start_service a
await 20 grep -q "not for what the cluster calls the node" "$here/a.log" ||
    fail "a name that no certificate has is not told"
echo "ok: a certificate for another name is refused"

# Who is refused for longer than the lease looks whether another one serves.
kill_node c2
await 20 grep -q '"redis [^ ]* given up: CLUSTERDOWN' "$here/a.log" ||
    fail "a node without its cluster is not left"
echo "ok: a node that goes on refusing is left"
kill_service
kill_node c1

# ---- sentinels ----

# The first one is not there.
sentinels() {
    cat <<END
{"mode": "sentinel", "sentinel": {"masterName": "$master_name",
"sentinels": [{"host": "127.0.0.1", "port": 1},
    {"host": "127.0.0.1", "port": ${node_port[s1]}}],
"username": "den", "password": "open"},
"connection": {"protocol": 2, "username": "denm", "password": "sesame"},
"lease": {"timeout": 1000}}
END
}

start_one_sentinel() {
    mkdir "$here/s1"
    node_config[s1]=$here/s1/sentinel.conf
    cat >"${node_config[s1]}" <<END
user den on >open -@all +ping +sentinel|get-master-addr-by-name
sentinel monitor $master_name 127.0.0.1 ${node_port[m1]} 1
sentinel down-after-milliseconds $master_name 2000
END
    start_node s1
}

feed() {
    "$bin/stepden-simulator" --arrays 20 --references 4 --targets 2 \
        2>/dev/null | sed "s/.*/xadd $input * message '&'/" | cli >/dev/null
    settle
}

is_at() {
    [[ $(master s1) == "$1" ]] && is_master "$1" &&
        node "$1" client list | grep -q ' user=denm '
}

knows_replica() {
    [[ $(node s1 info sentinel) == *"status=ok,"*"slaves=1,"* ]]
}

# A failover loses what is not.
is_copied() {
    [[ $(node m2 xlen "$output") == "$before" ]]
}

cli() {
    node "$at" "$@"
}

for name in m1 m2; do
    start_node "$name" --save '' --appendonly yes --appendfsync no \
        --repl-diskless-sync-delay 0
done
node m2 replicaof 127.0.0.1 "${node_port[m1]}" >/dev/null
await 30 is_replicated || fail "m2 is no replica"
start_one_sentinel
await 30 knows_replica || fail "the sentinel knows no replica"
configure b redis="$(sentinels)"
"$bin/stepden" --check --config "$here/b.json" >"$here/check" 2>/dev/null ||
    fail "--check"
line=$(grep '^ACL SETUSER' "$here/check") || fail "no ACL line"
for name in m1 m2; do
    expect "the user at $name" "$(node "$name" <<<"${line/PASSWORD/sesame}")" OK
done

start_service b
at=m1
await 20 is_at m1 || fail "the master is not found"
feed
before=$(cli xlen "$output")
await 20 is_copied || fail "m2 does not get what m1 has"
node s1 sentinel failover "$master_name" >/dev/null
at=m2
await 30 is_at m2 || fail "the new master is not found"
feed
(($(cli xlen "$output") > before)) || fail "nothing is published after it"
echo "ok: goes where the sentinel says that the master is"
stop_service

# What a user is denied, but for what it can do without.
for name in m1 m2 s1; do
    expect "what $name denied" "$(node "$name" acl log | grep -A 1 -x object |
        grep -Ev '^(object|--)|client.setname|config.get' | sort | xargs)" ""
done
