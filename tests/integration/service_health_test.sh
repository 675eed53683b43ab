#!/bin/bash
# What the service tells over HTTP, in each of its states: health, readiness and
# metrics; and that nobody who asks, however slowly or often, stops it.
. "$(dirname "$0")/../support/service.sh"

http=$(dirname "$0")/../support/http_checks

# address NAME: where that instance listens.
address() {
    sed -n 's/.* listening address=//p' "$here/$1.log" | tail -n 1
}

is_listening() {
    [[ -n $(address "$1") ]]
}

start_watched() {
    configure "$1" health='{"listen": "127.0.0.1:0"}' \
        redis="$(redis_member "$redis_socket" '"timeout": 5000' \
            '"maxEntryBytes": 65536')" "${@:2}"
    start_service "$1"
    await 30 is_listening "$1" || fail "$1 does not listen"
}

# get NAME PATH [OPTION...]: the body, then a line with the status.
get() {
    curl -s -m 20 -w '\n%{http_code}\n' "${@:3}" "http://$(address "$1")$2"
}

status() {
    get "$@" | tail -n 1
}

# readiness NAME: status and body without the time of the last commit.
readiness() {
    get "$1" /readyz | tac | sed 's/"lastCommit":"[^"]*"/"lastCommit":"T"/' |
        tr -d '\n'
}

is_ready_as() {
    local counts='"held":0,"standby":0,"none":0'
    counts=${counts/\"$2\":0/\"$2\":1}
    [[ $(readiness "$1") == "200{\"ready\":true,\"redisConnected\":true,\
\"lease\":\"$2\",\"partitions\":{$counts},\"lastCommit\":$3,\"reasons\":[]}" ]]
}

is_unready() {
    [[ $(readiness "$1") == "503{\"ready\":false,"*"$2"* ]]
}

metric() {
    get "$1" /metrics | sed -n "s/^$2 //p"
}

# Without Redis: healthy, not ready. What will be in the way is there already.
start_redis
cli lpush "$output" x >/dev/null
stop_redis
start_watched a
expect "health without Redis" "$(get a /healthz | tr '\n' ' ')" "ok  200 "
expect "readiness without Redis" "$(readiness a)" '503{"ready":false,'\
'"redisConnected":false,"lease":"none",'\
'"partitions":{"held":0,"standby":0,"none":1},"lastCommit":null,'\
'"reasons":["Redis is not connected"]}'
expect "connected" "$(metric a stepden_redis_connected)" 0

# Obstacles are told as in the log.
start_redis
await 20 is_unready a 'the key holds a list' ||
    fail "no obstacle: $(readiness a)"
cli del "$output" >/dev/null
await 20 is_ready_as a held null || fail "not ready: $(readiness a)"
echo "ok: the owner is ready"

# The counters are those of what was done.
first=$service_pid
start_watched b
await 20 is_ready_as b standby null || fail "no standby: $(readiness b)"
simulate --arrays 20 --targets 5 --references 20
cli xadd "$input" '*' message '{' >/dev/null
cli xadd "$input" '*' message \
    '{"creationTime": "1990-01-01T00:00:00Z", "stations": []}' >/dev/null
cli xadd "$input" '*' nothing 1 >/dev/null
head -c 70000 /dev/zero | tr '\0' ' ' |
    cli -x xadd "$input" '*' message >/dev/null
cli xadd "$client" '*' uper 1 >/dev/null
settle
is_ready_as a held '"T"' || fail "no last commit: $(readiness a)"
get a /metrics | sed '$d' >"$here/metrics"
"$http" metrics "$here/metrics" <<'END' || fail "the metrics"
stepden_inputs_total{kind="prediction",verdict="accepted"} 20
stepden_inputs_total{kind="prediction",verdict="rejected"} 4
stepden_inputs_total{kind="denm",verdict="rejected"} 1
stepden_inputs_rejected_total{kind="prediction",reason="syntax"} 1
stepden_inputs_rejected_total{kind="prediction",reason="invalid"} 1
stepden_inputs_rejected_total{kind="prediction",reason="range"} 1
stepden_inputs_rejected_total{kind="prediction",reason="too_large"} 1
stepden_inputs_rejected_total{kind="denm",reason="syntax"} 1
stepden_denms_total{kind="trigger"} 100
stepden_denms_total{kind="update"} 0
stepden_records_active 100
stepden_action_ids_reserved 100
stepden_action_ids_limit 65536
stepden_commit_inputs_sum 25
stepden_commit_outputs_sum 100
stepden_input_latency_seconds_count 25
stepden_lease_state{state="held"} 1
stepden_lease_acquisitions_total 1
stepden_redis_connects_total 1
stepden_log_lines_lost_total 0
END
expect "lease of the standby" \
    "$(metric b 'stepden_lease_state{state="standby"}')" 1

# What is wrong with a request.
expect "another path" "$(status a /health)" 404
expect "a post" "$(status a /metrics -d x)" 405
expect "what is allowed instead" \
    "$(curl -si -X DELETE "http://$(address a)/healthz" |
        tr -d '\r' | sed -n 's/^Allow: //p')" "GET, HEAD"
expect "a head" "$(status a /metrics -I)" 200
expect "HTTP/1.0" "$(status a /healthz -0)" 200
expect "a body that nobody wants" "$(status a /healthz -X GET -d x)" 200
expect "headers without end" \
    "$(status a /healthz -H "X: $(printf '%020000d' 0)")" 431
expect "connections for two requests" \
    "$(curl -s -o /dev/null -o /dev/null -w '%{num_connects}' \
        "http://$(address a)/healthz" "http://$(address a)/readyz")" 10
expect "what caches may do with it" "$(curl -si "http://$(address a)/readyz" |
    tr -d '\r' | sed -n 's/^Cache-Control: //p')" no-store
"$http" hostile "$(address a)" || fail "hostile requests"

# gather HOW: clients that fill what a has room for, and wait for more.
gather() {
    rm -f "$here/crowd.out"
    "$http" "$1" "$(address a)" >"$here/crowd.out" &
    crowd_pid=$!
    started[$crowd_pid]=crowd
    await 20 grep -q crowded "$here/crowd.out" || fail "no crowd"
}

# All who are connected leave within one turn of the loop: it takes others.
gather idle
kill -STOP "$first"
end_process TERM "$crowd_pid"
kill -CONT "$first"
await 30 is_ready_as a held '"T"' || fail "after all left: $(readiness a)"
echo "ok: it answers after all have left"

# Clients that are slow and many: DENMs go on.
gather crowd
simulate --arrays 20 --targets 5 --references 20
settle
expect "DENMs beside the crowd" "$(cli xlen "$output")" 200
end_process TERM "$crowd_pid"
await 30 is_ready_as a held '"T"' || fail "after the crowd: $(readiness a)"
echo "ok: it answers after the crowd"

# A takeover, and a server that is gone.
end_process TERM "$first" || fail "a ended with $?"
curl -s -m 5 "http://$(address a)/healthz" && fail "a still answers"
await 20 is_ready_as b held null || fail "no takeover: $(readiness b)"
end_process KILL "$redis_pid"
await 20 is_unready b '"redisConnected":false,"lease":"none"' ||
    fail "ready without Redis: $(readiness b)"
expect "health of b" "$(status b /healthz)" 200
expect "losses" "$(metric b stepden_lease_losses_total)" 1

# Another address needs a restart.
sed -i 's/127.0.0.1:0/127.0.0.1:1/' "$here/b.json"
kill -HUP "$service_pid"
await 20 grep -q 'restart="/health/listen"' "$here/b.log" || fail "no reload"
expect "health of b at its old address" "$(status b /healthz)" 200

# A second service at the same address does not start; --check cannot know.
configure c health="{\"listen\": \"$(address b)\"}"
"$bin/stepden" --check --config "$here/c.json" >/dev/null || fail "--check"
start_service c
wait "$service_pid"
expect "the status of the second one" "$?" 69
unset "started[$service_pid]"
grep -q 'start_failed pointer="/health/listen" reason=.*in use' \
    "$here/c.log" || fail "no reason: $(cat "$here/c.log")"
