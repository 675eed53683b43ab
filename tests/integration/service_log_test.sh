#!/bin/bash
# A log that cannot be written stops nothing and loses nothing but its lines:
# a full disk, a pipe that nobody reads, a standard error that is closed.
. "$(dirname "$0")/../support/service.sh"

log_to() {
    sed -i "s|\"log\": .*|\"log\": {\"level\": \"DEBUG\", \"format\": \"json\",\
 \"handlers\": [$1]}|" "$here/a.json"
}

# Each line is an object, with the members that each has.
check_json() {
    /usr/bin/python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert lines and all(
    list(line)[:4] == ["time", "level", "name", "event"] for line in lines)
' <"$1" || fail "$1 is not JSON, line by line"
    echo "ok: $(wc -l <"$1") lines of JSON in $(basename "$1")"
}

publish() {
    simulate --arrays 100 --targets 2 --references 3
    settle
}

# Publishes until FILE says of a log that so many of its lines are missing.
publish_until_resumed() {
    local end=$((SECONDS + 20))
    until grep -q "\"event\":\"log_resumed\",\"to\":\"$2\",\"lost\":[1-9]" \
        "$1"; do
        ((SECONDS <= end)) || fail "$1 does not say that $2 works again"
        publish
    done
    echo "ok: $2 works again"
}

start_redis

# A pipe that nobody reads, a full device, and a file that may not grow.
configure a
log_to "{\"type\": \"stream\"}, {\"type\": \"file\", \"path\": \"/dev/full\"},\
 {\"type\": \"file\", \"path\": \"$here/short.log\"}"
mkfifo "$here/pipe"
exec 9<>"$here/pipe"
(ulimit -f 32 && exec "$bin/stepden" --config "$here/a.json" 2>"$here/pipe") &
service_pid=$!
service_config=$here/a.json
started[$service_pid]=a
publish
(($(stat -c %s "$here/short.log") <= 32768)) || fail "a file is too long"
check_json "$here/short.log"
expect "faults in it" "$(grep -c '"event":"log_lost","to":"/dev/full"' \
    "$here/short.log")" 1
: >"$here/short.log"
cat <&9 >"$here/read.log" &
reader=$!
started[$reader]=reader
publish_until_resumed "$here/short.log" "$here/short.log"
publish_until_resumed "$here/read.log" stderr
stop_service
end_process TERM "$reader"
exec 9<&-

# A closed standard error: no other file has its number.
log_to '{"type": "stream"}'
"$bin/stepden" --config "$here/a.json" 2>&- &
service_pid=$!
started[$service_pid]=a
publish
stop_service

# A file system that is full, and has room again.
if unshare -rm true 2>/dev/null; then
    mkdir "$here/disk"
    log_to "{\"type\": \"sizeRotate\", \"path\": \"$here/disk/log\",\
 \"maxBytes\": 20000, \"backupCount\": 2}"
    unshare -rm bash -c 'mount -t tmpfs -o size=96k none "$1/disk" &&
        { dd if=/dev/zero of="$1/disk/other" bs=1k 2>/dev/null
        exec "$2/stepden" --config "$1/a.json" 2>"$1/a.log"; }' \
        - "$here" "$bin" &
    service_pid=$!
    started[$service_pid]=a
    publish
    expect "faults on standard error" \
        "$(grep -c '"log_lost".*"No space left on device"' "$here/a.log")" 1
    rm "/proc/$service_pid/root/$here/disk/other" || fail "no room is made"
    publish_until_resumed "$here/a.log" "$here/disk/log"
    publish
    cp "/proc/$service_pid/root/$here/disk/"log* "$here/" || fail "no log"
    stop_service
    for file in "$here"/log*; do
        (($(stat -c %s "$file") <= 20000)) || fail "$file is too long"
        check_json "$file"
    done
else
    echo "skipped: a full file system, as none can be mounted here"
fi

check_exactly_once
check_entries
