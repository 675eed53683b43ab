#!/bin/bash
# A service manager is told what it has to know, in order: that the service has
# started, also without Redis; what it is doing; that it reads its configuration
# again; that it stops, and how long that may take. It hears from the service as
# long as that is alive, and no longer.
. "$(dirname "$0")/../support/service.sh"

# Each message of the service to the manager is a line.
python3 - "$here/manager.sock" >>"$here/told" <<'END' &
import socket
import sys

manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(sys.argv[1])
while True:
    print(manager.recv(4096).decode().replace("\n", " "), flush=True)
END
started[$!]=manager
await 30 test -S "$here/manager.sock" || fail "the manager does not start"
export NOTIFY_SOCKET=$here/manager.sock

told() {
    grep -q "$1" "$here/told"
}

# hears TEXT WHAT: after a while.
hears() {
    await 30 told "$1" || fail "$2: $(cat "$here/told")"
    echo "ok: $2"
}

monotonic_us() {
    python3 -c 'import time; print(time.monotonic_ns() // 1000)'
}

# What a manager was told, but for the watchdog, with numbers as N.
story() {
    grep -v '^WATCHDOG=1$' "$here/told" | sed 's/USEC=[0-9]*/USEC=N/'
}

configure a timeout=7
start_service a
hears "^READY=1 STATUS=connecting to Redis" "it starts without Redis"
start_redis
hears "^STATUS=owner of the streams$" "it becomes the owner"
before=$(monotonic_us)
kill -HUP "$service_pid"
hears "^READY=1$" "it reads its configuration again"
end_process TERM "$service_pid" || fail "stepden ended with status $?"
hears "^STOPPING=1" "it stops"
expect "all, in order" "$(story | grep -v loading | grep -v =stopping)" \
"READY=1 STATUS=connecting to Redis
STATUS=owner of the streams
RELOADING=1 MONOTONIC_USEC=N
READY=1
STOPPING=1 EXTEND_TIMEOUT_USEC=N"
expect "time to stop" "$(sed -n 's/^STOPPING=1.*USEC=//p' "$here/told")" \
    12000000
expect "no watchdog" "$(grep -c WATCHDOG "$here/told")" 0

# Not before the signal: the manager would take it for another reload.
reloaded=$(sed -n 's/^RELOADING=1.*USEC=//p' "$here/told")
((before <= reloaded && reloaded <= $(monotonic_us))) ||
    fail "reloaded at $reloaded, after a signal at $before"

# A standby, and a watchdog: who is stopped says nothing.
start_service first
await 30 grep -q records_loaded "$here/first.log" || fail "it is not the owner"
first_pid=$service_pid
: >"$here/told"
configure b
(
    WATCHDOG_PID=$BASHPID WATCHDOG_USEC=200000
    export WATCHDOG_PID WATCHDOG_USEC
    exec "$bin/stepden" --config "$here/b.json" 2>>"$here/b.log"
) &
service_pid=$!
started[$service_pid]=b
hears "^STATUS=standing by" "a standby"
hears "^WATCHDOG=1$" "it is alive"
kill -STOP "$service_pid"
await 30 grep -q '^State:.T' "/proc/$service_pid/status" || fail "not stopped"
sleep 1 # until the manager has got what was on its way
: >"$here/told"
sleep 1
expect "told while it is stopped" "$(cat "$here/told")" ""
kill -CONT "$service_pid"
hears "^WATCHDOG=1$" "it is alive again"
stop_service
stop_service "$first_pid"

# What is not meant for it, and what it cannot reach, is no concern of it.
: >"$here/told"
WATCHDOG_PID=1 WATCHDOG_USEC=100000 start_service c
hears "^STATUS=owner of the streams$" "an owner"
expect "of another's watchdog" "$(grep -c WATCHDOG "$here/told")" 0
stop_service
NOTIFY_SOCKET=$here/none start_service d
await 30 grep -q records_loaded "$here/d.log" || fail "it is not the owner"
stop_service
echo "ok: a manager that is not there"

# In the folder that systemd makes the token is kept for the next one.
mkdir "$here/run"
configure e redis="$(redis_member "$redis_socket" '"timeout": 600000')"
export RUNTIME_DIRECTORY=$here/run:$here/other
start_service e
hears "^STATUS=owner of the streams$" "an owner with a runtime directory"
kill_service
: >"$here/e.log"
start_service e
await 30 grep -q records_loaded "$here/e.log" || fail "it waits for the lease"
echo "ok: it goes on at once after a kill"
stop_service
