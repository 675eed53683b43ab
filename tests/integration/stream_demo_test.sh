#!/bin/bash
# The stream demo on a private server: its messages arrive and are acknowledged,
# its streams keep their length and their times to live, it survives a server
# that goes and comes back, and ends in good order.
#
#   stream_demo_test.sh BUILD_DIR
source "$(dirname "$0")/../support/service.sh"

demo=$build/examples/stream_demo
demo_pid=

start_demo() {
    "$demo" --redis "$here/redis.sock" --every 1 "$@" >>"$here/demo.log" 2>&1 &
    demo_pid=$!
    started[$demo_pid]=demo
}

lines() {
    grep -c "$1" "$here/demo.log"
}

has_more_than() {
    (($(lines "$2") > $1))
}

is_between() {
    (($2 > $1 && $2 <= $3)) || fail "$2 is not within $1 to $3"
}

pending() {
    cli --raw xpending demoInputStream demoGroup | head -n 1
}

start_redis
"$demo" --redis "$here/redis.sock" --loop --count 3 --every 1 --wait 10000 \
    >"$here/demo.log" 2>&1 || fail "three rounds end with status $?"
expect "messages received" \
    "$(lines '^received: [0-9-]*: message: Hello, this is a message')" 3
expect "messages not acknowledged" "$(pending)" 0
# Six rounds, and for what was published 120 s: here both are of one stream.
is_between 60000 "$(cli pttl demoInputStream)" 66000

cli xadd demoOutputStream 1-1 f v >/dev/null
for _ in {1..14}; do
    printf 'xadd demoOutputStream * f v\n%.0s' {1..100}
done | cli >/dev/null
"$demo" --redis "$here/redis.sock" --count 1 --wait 1 >>"$here/demo.log" 2>&1 ||
    fail "a round without a message ends with status $?"
is_between 110000 "$(cli pttl demoOutputStream)" 120000
is_between 999 "$(cli xlen demoOutputStream)" 1200
expect "first entry" "$(cli --raw xrange demoOutputStream - 1-1)" ""

# What a predecessor of its name left behind is received too.
cli xadd demoInputStream '*' message left >/dev/null
cli xreadgroup group demoGroup demo_1 streams demoInputStream '>' >/dev/null
start_demo --loop
await 30 grep -q 'message: left$' "$here/demo.log" || fail "one was left behind"
await 30 has_more_than 3 '^received: .*Hello' || fail "nothing is received"

stop_redis
await 30 grep -q '^[a-z_]*: redis ' "$here/demo.log" || fail "no error is told"
start_redis
before=$(lines '^received:')
await 60 has_more_than "$before" '^received:' || fail "does not go on"
echo "ok: the server was gone and came back"

end_process TERM "$demo_pid" || fail "SIGTERM ends it with status $?"
: >"$here/demo.log"
start_demo
await 30 grep -q '^published:' "$here/demo.log" || fail "nothing is published"
end_process INT "$demo_pid"
status=$?
((status == 0)) || fail "SIGINT ends it with status $status"
echo "ok: signals end it"

# While one pauses, another of a short pause does twenty rounds.
: >"$here/demo.log"
start_demo --loop --every 3600000
await 30 grep -q '^received:' "$here/demo.log" || fail "nothing is received"
"$demo" --redis "$here/redis.sock" --loop --count 20 --every 1 --wait 1 \
    >"$here/quick.log" 2>&1 || fail "twenty rounds end with status $?"
expect "messages published before the pause" "$(lines '^published:')" 1
end_process TERM "$demo_pid" || fail "SIGTERM ends a pause with status $?"

for wrong in '--count 0' '--every 0' '--wait x' '--redis host:port' '--redis host:99999' '--redis :1' 'more'; do
    # shellcheck disable=SC2086 # two words
    "$demo" $wrong >"$here/usage.log" 2>&1 && fail "takes $wrong"
    grep -q '^usage:' "$here/usage.log" || fail "$wrong: no usage"
done
echo "ok: wrong arguments"

cli config set requirepass sesame >/dev/null
REDISCLI_AUTH=wrong "$demo" --redis "$here/redis.sock" >"$here/auth.log" 2>&1 &
started[$!]=demo
await 30 grep -q '^create_input_stream: redis .*WRONGPASS' "$here/auth.log" ||
    fail "a wrong password is not told"
REDISCLI_AUTH=sesame "$demo" --redis "$here/redis.sock" --count 1 --wait 1 \
    >"$here/auth.log" 2>&1 || fail "the password is not used"
echo "ok: passwords"
