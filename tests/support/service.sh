# For integration tests in bash: a private Redis server, the service and the
# simulator, all ended with the test. Source it, with the build tree as $1.
set -u

build=$1
bin=$build/bin
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
input='step:{step}:crash_prediction'
client='step:{step}:client:in'
output='step:{step}:client:out'
redis_socket="\"unixSocket\": \"$here/redis.sock\""
redis_pid=
service_pid= # of the service that was started last
service_config= # its configuration
declare -A started=()

clean_up() {
    local pid
    for pid in "${!started[@]}"; do
        kill -CONT "$pid" 2>/dev/null
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    rm -rf "$here"
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP

# Ends the test with what is known about the reason.
fail() {
    echo "FAILED: $*"
    tail -n 20 "$here"/*.log 2>/dev/null
    exit 1
}

expect() {
    local what=$1 found=$2 wanted=$3
    [[ $found == "$wanted" ]] || fail "$what: $found instead of $wanted"
    echo "ok: $what: $found"
}

# await SECONDS COMMAND...: until the command succeeds.
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS <= end)) || return 1
        sleep 0.05
    done
}

cli() {
    redis-cli -s "$here/redis.sock" "$@"
}

# start_redis [OPTION...]: every write is on disk when it is answered, unless an
# option says otherwise, so that a restart loses nothing.
start_redis() {
    redis-server --port 0 --unixsocket "$here/redis.sock" --dir "$here" \
        --save '' --appendonly yes --appendfsync always \
        --logfile "$here/redis.log" "$@" &
    redis_pid=$!
    started[$redis_pid]=redis
    await 30 is_answering || fail "Redis does not start"
}

is_answering() {
    [[ $(cli ping) == PONG ]]
}

stop_redis() {
    end_process TERM "$redis_pid"
}

# revive_redis [OPTION...]: after a kill. Redis 7.0 cuts a damaged end of its
# append-only file off within a transaction, and of what it appends after that
# some is lost or done twice at the next start, unless the file is written anew
# before.
truncations=0
revive_redis() {
    : >"$here/redis.log"
    start_redis "$@"
    grep -q "Truncating the AOF" "$here/redis.log" || return 0
    truncations=$((truncations + 1))
    cli bgrewriteaof >/dev/null
    await 60 is_rewritten || fail "the append-only file is not written anew"
}

is_rewritten() {
    local info
    info=$(cli info persistence)
    [[ $info == *aof_rewrite_in_progress:0* &&
        $info == *aof_rewrite_scheduled:0* ]]
}

# end_process SIGNAL PID: sends it, and returns the process's status.
end_process() {
    kill "-$1" "$2"
    wait "$2" 2>/dev/null
    local status=$?
    unset "started[$2]"
    return "$status"
}

# The member "redis": redis_member CONNECTION [LEASE [LIMITS]], of each what
# differs from the defaults.
redis_member() {
    cat <<END
{
  "connection": {"protocol": 2, $1},
  "lease": {${2-"\"timeout\": 1000"}},
  "limits": {${3-}},
  "streams": {"outputs": {"client": {"maxLength": 0}}}
}
END
}

# The same of partitions: split_member WHERE PARTITIONS LEASE; the first has the
# members that say where Redis is.
split_member() {
    cat <<END
{
  $1,
  "partitions": $2,
  "lease": {$3},
  "streams": {
    "inputs": {
      "crashPrediction": {"streamId": "step:{p}:crash_prediction"},
      "client": {"streamId": "step:{p}:client:in"}
    },
    "outputs": {
      "client": {"streamId": "step:{p}:client:out", "maxLength": 0}
    }
  }
}
END
}

# configure NAME [MEMBER...]: writes NAME.json. Nothing becomes stale within a
# test unless a member given here says so (the last of two equal ones counts).
configure() {
    local name=$1
    local -A member=(
        [instanceName]="\"$name\""
        [stationId]=4711
        [timeAfterCollision]=10
        [denmLastUpdateMaxDelay]=10000
        [denmCheckLastUpdateMaxInterval]=1000
        [reconnectInterval]=1
        [redis]=$(redis_member "$redis_socket")
    )
    shift
    while (($# > 0)); do
        member[${1%%=*}]=${1#*=}
        shift
    done
    {
        echo '{'
        for key in "${!member[@]}"; do
            echo "\"$key\": ${member[$key]},"
        done
        cat <<END
"log": {"handlers": [{"type": "file", "path": "$here/$name.log"}]}
}
END
    } >"$here/$name.json"
}

start_service() {
    service_config=$here/$1.json
    [[ -e $service_config ]] || configure "$1"
    "$bin/stepden" --config "$service_config" 2>>"$here/$1.log" &
    service_pid=$!
    started[$service_pid]=$1
}

# Graceful: status 0 is expected.
stop_service() {
    end_process TERM "${1-$service_pid}" || fail "stepden ended with status $?"
}

kill_service() {
    end_process KILL "${1-$service_pid}"
    return 0
}

simulate() {
    "$bin/stepden-simulator" --redis "$here/redis.sock" "$@" \
        2>>"$here/simulator.log" || fail "the simulator"
}

# One number of XINFO GROUPS, for the group of a stream.
group_number() {
    cli xinfo groups "$1" | grep -A 1 -x "$2" | tail -n 1
}

# Everything in the input streams has been read and acknowledged.
is_settled() {
    [[ $(group_number "$input" lag) == 0 &&
        $(group_number "$input" pending) == 0 &&
        $(group_number "$client" lag) == 0 &&
        $(group_number "$client" pending) == 0 ]]
}

settle() {
    await 60 is_settled || fail "the inputs are not all acknowledged"
}

# The JSON of all entries, one a line.
messages() {
    cli xrange "$output" - + | grep -a '^{"specversion"'
}

# The value of a member in each line, the last one if there are several.
member() {
    sed -n "s/^.*\"$1\":\"\{0,1\}\([^\",}]*\).*$/\1/p"
}

count_kind() {
    messages | grep -c "\"type\":\"[^\"]*\.$1\""
}

# No output id comes twice, every life is told in order, and the JSON and the
# UPER of every entry say the same.
check_entries() {
    expect "repeated output ids" \
        "$(messages | grep -o '"id":"[^"]*"' | sort | uniq -d | wc -l)" 0
    "$bin/stepden-watch" --redis "$here/redis.sock" --once \
        --save "$here/entries.ndjson" >"$here/watch.out" ||
        fail "$(grep FAILED "$here/watch.out" | head -n 5)"
}

exactly_once() {
    "$build/tests/integration/exactly_once" --redis "$here/redis.sock" \
        --config "$service_config" "$@"
}

# check_exactly_once [--ended]: every target of every input gave one DENM, in
# the order of the inputs, or was rightly left without; every life is told in
# order; no action id was used again too early. With --ended, every event has
# been cancelled. To be called when everything is acknowledged.
check_exactly_once() {
    exactly_once "$@" >"$here/judge.out" || fail "$(cat "$here/judge.out")"
    echo "ok: $(cat "$here/judge.out")"
}

# The same of the entries that check_entries has seen, by other decoders.
check_entries_elsewhere() {
    "$(dirname "${BASH_SOURCE[0]}")/denm_check" "$build" \
        <"$here/entries.ndjson" || fail "JSON and UPER differ"
}
