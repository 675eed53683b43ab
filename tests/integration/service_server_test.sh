#!/bin/bash
# A server that cannot be worked with is named, and worked with when it can be.
. "$(dirname "$0")/../support/service.sh"

says() {
    grep -q "$1" "$here/a.log"
}

# A replica of nobody that is there, so that it keeps what it has.
start_redis
cli replicaof 127.0.0.1 1 >/dev/null
start_service a
await 20 says 'ERROR.* is a replica: connect to its master' ||
    fail "nothing is said of a replica"
echo "ok: a replica is named at the start"
cli replicaof no one >/dev/null
await 20 says 'owner of the streams' || fail "the master is not used"
simulate --arrays 500 --targets 5 --references 500
cli replicaof 127.0.0.1 1 >/dev/null
await 20 says 'READONLY' || fail "nothing is said of READONLY"
echo "ok: and when it becomes one"
cli replicaof no one >/dev/null
simulate --arrays 500 --targets 5 --references 500
settle
check_exactly_once
stop_service

cli config set maxmemory 1gb maxmemory-policy volatile-lru timeout 1 >/dev/null
start_service a
await 20 says 'WARNING.*maxmemory-policy is volatile-lru.*noeviction' ||
    fail "nothing is said of the policy"
await 20 says "WARNING.*timeout of 1 s" || fail "nothing is said of the timeout"
echo "ok: eviction and a timeout are named"
stop_service
