#!/bin/bash
# Signals in a row are one; a later one ends the service at once.
. "$(dirname "$0")/../support/service.sh"

# begin NAME: a service that owns the streams, and a Redis that is stalled, so
# that it cannot stop before it has got all signals.
begin() {
    configure "$1" timeout=120
    start_service "$1"
    await 30 logged "$1" records_loaded || fail "it does not own the streams"
    kill -STOP "$redis_pid"
}

logged() {
    grep -q "$2" "$here/$1.log"
}

insist() {
    kill -INT "$service_pid"
    logged "$1" 'WARNING .*stopping_at_once signal="Interrupt" reason="a second'
}

start_redis
begin a
kill -TERM "$service_pid"
kill -INT "$service_pid"
await 30 logged a signal_ignored || fail "one of two signals is not seen"
kill -CONT "$redis_pid"
wait "$service_pid"
expect "status after two signals in a row" $? 0
unset "started[$service_pid]"

begin b
kill -TERM "$service_pid"
await 30 insist b || fail "no signal ends it at once"
wait "$service_pid"
expect "status after a second signal" $? 75
unset "started[$service_pid]"
kill -CONT "$redis_pid"
