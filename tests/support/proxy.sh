# For integration tests in bash of faults from the outside, many of them made by
# support/redis_proxy.c between the service and Redis. Source it after service.sh.
lease_key='step:{step}:stepden:lease'
declare -A proxy_pid=()

# start_proxy NAME [LISTEN [SERVER]]: as `redis_proxy serve`; by default from
# the Unix socket NAME.sock to the Redis of the test.
start_proxy() {
    local listen=${2-$here/$1.sock} server=${3-$here/redis.sock}
    "$build/tests/integration/redis_proxy" serve "$listen" "$server" \
        "$here/$1.control" 2>>"$here/proxy.log" &
    proxy_pid[$1]=$!
    started[$!]=proxy
    await 30 try_proxy "$1" status || fail "the proxy of $1 does not start"
}

stop_proxy() {
    end_process TERM "${proxy_pid[$1]}"
    return 0
}

try_proxy() {
    "$build/tests/integration/redis_proxy" tell "$here/$1.control" "${@:2}" \
        2>>"$here/proxy.log"
}

# proxy NAME COMMAND...: as `redis_proxy tell`, which see; it has to succeed.
proxy() {
    try_proxy "$@" >"$here/answer" || fail "proxy $*: $(<"$here/answer")"
}

# proxy_status NAME MEMBER: one value of the status.
proxy_status() {
    try_proxy "$1" status | grep -o " $2=[^ ]*" | cut -d = -f 2-
}

holds() { (($(proxy_status "$1" held) > 0)); }

# configure_through_proxy NAME LEASE_MS [MEMBER...]: as configure, of a service
# that goes through the proxy NAME. Nothing that it is late with is stale.
configure_through_proxy() {
    configure "$1" denmCheckLastUpdateMaxInterval=60000 "redis=$(redis_member \
        "\"unixSocket\": \"$here/$1.sock\"" "\"timeout\": $2")" "${@:3}"
}

# Takes the fence out of what goes through the proxy NAME, and nothing else:
# another key is watched than the lease.
unfence() {
    proxy "$1" replace up "WATCH\\r\\n\$${#lease_key}\\r\\n$lease_key" \
        "WATCH\\r\\n\$${#lease_key}\\r\\n${lease_key%e}X"
}

# 1000 DENMs a second, of 100 events, until stop_load.
start_load() {
    "$bin/stepden-simulator" --redis "$here/redis.sock" --realtime \
        --arrays 1000000 --targets 5 --references 20 2>>"$here/simulator.log" &
    load_pid=$!
    started[$load_pid]=simulator
}

stop_load() {
    kill -0 "$load_pid" || fail "the simulator has ended by itself"
    end_process TERM "$load_pid"
    return 0
}

# Whether the last thing that the service NAME said of the lease is this.
says() {
    grep -aE 'owner of the streams|standing by|another instance' \
        "$here/$1.log" | tail -n 1 | grep -q "$2"
}

owns() { says "$1" '"owner of the streams'; }

now_ms() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
