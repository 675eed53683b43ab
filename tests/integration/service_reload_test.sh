#!/bin/bash
# SIGHUP: the configuration is read again, what may change does, the rest is
# named; a wrong one changes nothing; log files are opened again. No event is
# lost by it, and no signal ends the service.
. "$(dirname "$0")/../support/service.sh"

# settings NAME LEVEL [MEMBER...]: a configuration with this level of the log.
settings() {
    configure "$1" "${@:3}"
    sed -i "s|^\"log\": {|&\"level\": \"$2\", |" "$here/$1.json"
}

logged() {
    grep -q "$2" "$here/$1.log"
}

# says NAME PATTERN WHAT: in its log, after a while.
says() {
    await 20 logged "$1" "$2" || fail "$3: no line with $2"
    echo "ok: $3"
}

# reload NAME PATTERN WHAT: a line that is not there without a SIGHUP.
reload() {
    ! logged "$1" "$2" || fail "$3: $2 too early"
    kill -HUP "$service_pid"
    says "$@"
}

start_redis
settings a INFO
start_service a
simulate --arrays 20 --targets 2 --references 5
settle
expect "cancellations so far" "$(count_kind cancellation)" 0

# Level and handlers, and the deadlines of running events.
settings a DEBUG denmLastUpdateMaxDelay=500
new="{\"type\": \"file\", \"path\": \"$here/new.log\"}"
sed -i "s|\"handlers\": \[|&$new, |" "$here/a.json"
reload a ' INFO .*reloaded path=".*a.json" changed="/denmLastUpdateMaxDelay,/l'\
'og/level,/log/handlers" restart=""' "what has changed is named"
await 20 exactly_once --ended
check_exactly_once --ended
says a "DEBUG .*denm_sent .*kind=cancellation reason=stale" "the level"
says new "DEBUG .*denm_sent .*kind=cancellation reason=stale" "the new handler"

# What is wrong is told with its place, and changes nothing.
sed -i 's/"timeAfterCollision": .*,/"timeAfterCollision": 11,/
    s/"DEBUG"/"INFO", "levle": 1/' "$here/a.json"
reload a 'reload_refused path=".*a.json"' "a wrong configuration is refused"
says a 'ERROR .*config_fault at=[0-9]*:[0-9]* pointer="/timeAfterColl' \
    "the first fault"
says a 'ERROR .*config_fault at=[0-9]*:[0-9]* pointer="/log/levle"' \
    "the second one"
rm "$here/a.json"
reload a 'config_fault .* reason="No such file or directory"' \
    "a configuration that is gone"

# What needs a restart stays as it is; the connection's secret is not told.
settings a DEBUG denmLastUpdateMaxDelay=500 stationId=4712 timeout=20 \
    redis="$(redis_member "$redis_socket, \"password\": \"sesame\"")"
sed -i "s|\"handlers\": \[|&{\"type\": \"null\"}, |" "$here/a.json"
reload a 'WARNING .*reloaded .*changed="/timeout,/log/handlers" restart="/stat'\
'ionId,/redis/connection/password"' "what needs a restart is named"
! logged new '"/stationId' || fail "a handler that is gone is written to"
! grep -q sesame "$here/a.log" || fail "a secret in the log"
simulate --arrays 20 --targets 2 --references 5
settle
expect "of another station" "$(messages | grep -c '"stationId":4712')" 0

# A file that was moved is let go of, also when the configuration is wrong.
echo >"$here/a.json"
mv "$here/a.log" "$here/a.log.1"
touch "$here/a.log"
reload a 'reload_refused' "a file that was moved"

# Signals in any number, and nothing comes twice or not at all.
settings a INFO
"$bin/stepden-simulator" --redis "$here/redis.sock" --realtime --arrays 100 \
    --targets 2 --references 5 2>/dev/null &
started[$!]=simulator
simulator_pid=$!
while kill -0 "$simulator_pid" 2>/dev/null; do
    kill -HUP "$service_pid"
done
settle
check_exactly_once

# In standby, and while Redis is away.
first_pid=$service_pid
settings b INFO
start_service b
says b "standing by" "a standby"
settings b INFO timeout=5 reconnectInterval=2
reload b 'reloaded .*changed="/reconnectInterval,/timeout"' "a standby reloads"
cli shutdown nosave
says b "Connection refused\|No such file" "Redis is away"
settings b INFO timeout=60 reconnectInterval=2
reload b 'reloaded .*changed="/timeout"' "so it does then"
: >"$here/a.log"
start_redis
is_owned() { logged a records_loaded || logged b records_loaded; }
await 60 is_owned || fail "nobody owns the streams again"

# Till the last moment: status 0, not the signal's.
stop_service "$first_pid"
(while kill -HUP "$service_pid" 2>/dev/null; do :; done) &
started[$!]=storm
kill -TERM "$service_pid"
wait "$service_pid"
expect "status after signals during the stop" $? 0
unset "started[$service_pid]"

# From the first moment on: while the configuration is still being read. What
# is no file is not read again, for it could make the service wait.
mkfifo "$here/pipe"
"$bin/stepden" --config "$here/pipe" 2>>"$here/b.log" &
service_pid=$!
started[$service_pid]=b
: >"$here/b.log"
exec 3>"$here/pipe"
kill -HUP "$service_pid"
cat "$here/b.json" >&3
exec 3>&-
says b "config_fault .*not a regular file" "a signal during the start"
says b records_loaded "the start goes on"
check_exactly_once
stop_service

# A password in a file is read again, and the next connections show it.
configure d redis="$(redis_member "$redis_socket, \"password\": {\"file\": \
\"$here/secret\"}")"
cli config set requirepass first >/dev/null
echo first >"$here/secret"
start_service d
says d records_loaded "a service with a password"
cli -a first --no-auth-warning config set requirepass second >/dev/null
echo second >"$here/secret"
reload d 'reloaded .*changed="" restart=""' "nothing else has changed"
: >"$here/d.log"
cli -a second --no-auth-warning client kill type normal >/dev/null
says d records_loaded "it comes back with the new password"
! grep -q 'WRONGPASS\|secret' "$here/d.log" || fail "the old password"
cli -a second --no-auth-warning config set requirepass '' >/dev/null
stop_service

# The time that a stop may take is that of now: the test would take too long.
settings c INFO timeout=600
start_service c
says c records_loaded "a service that could take long to stop"
kill -STOP "$redis_pid"
settings c INFO timeout=1
reload c 'reloaded .*changed="/timeout"' "it may not any more"
end_process TERM "$service_pid"
expect "status of a stop that takes too long" $? 75
kill -CONT "$redis_pid"
