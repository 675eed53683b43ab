#!/bin/bash
# Each exit status that the manual names is one that the program ends with.
. "$(dirname "$0")/../support/service.sh"

page=$(dirname "$0")/../../docs/stepden.1
stepden=$bin/stepden
seen=

# ends STATUS COMMAND...: so does the command.
ends() {
    local wanted=$1 status
    shift
    "$@" >"$here/out" 2>"$here/err" </dev/null
    status=$?
    expect "${*##*/}" "$status" "$wanted"
    seen+=$status$'\n'
}

logged() {
    grep -q "$1" "$here/a.log"
}

begin() {
    configure a timeout=1
    : >"$here/a.log"
    start_service a
    await 30 logged records_loaded || fail "it does not own the streams"
}

little_memory() {
    (ulimit -v 20000 && exec "$@")
}

echo '{"stationId": 1, "stationIdCount": 16, "denm": {"maxRecords": 1048576}}' \
    >"$here/large.json"
echo '{"stationId": -1}' >"$here/wrong.json"
echo nothing >"$here/nothing"
# An address for documentation (RFC 5737) is of no host.
echo '{"stationId": 1, "health": {"listen": "192.0.2.1:8080"}}' \
    >"$here/away.json"

ends 0 "$stepden" --version
ends 64 "$stepden" --nothing
ends 65 "$stepden" --replay "$here/nothing"
ends 66 "$stepden" --config "$here/none"
ends 69 "$stepden" --config "$here/away.json"
ends 73 "$stepden" --conf_schema "$here/none/schema"
ends 78 "$stepden" --config "$here/wrong.json"
# Not with sanitizers, nor where a device is missing.
if little_memory "$stepden" --version >/dev/null 2>&1; then
    ends 71 little_memory "$stepden" --replay - --config "$here/large.json"
else
    seen+=$'71\n'
fi
if [[ -w /dev/full ]]; then
    ends 74 "$stepden" --conf_schema /dev/full
else
    seen+=$'74\n'
fi

start_redis
begin
kill -STOP "$redis_pid"
ends 75 end_process TERM "$service_pid"
kill -CONT "$redis_pid"

# A key that gets another type while the service owns it.
begin
cli del "$output" >/dev/null
cli set "$output" x >/dev/null
simulate --arrays 1 --targets 1 --references 1
ends 76 wait "$service_pid"
unset "started[$service_pid]"

manual=$(sed -n "/^\.SH EXIT STATUS/,/^\.SH ENV/s/^\.B \([0-9]*\)\$/\1/p" \
    "$page")
expect "all of the manual" "$(sort -u <<<"$manual" | paste -sd ' ')" \
    "$(sort -u <<<"${seen%$'\n'}" | paste -sd ' ')"
