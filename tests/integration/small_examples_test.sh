#!/bin/bash
# The small examples do what their comments say: decode_denm says what is
# in a DENM, and the place of what it refuses; own_records reads, changes and writes.
#
#   small_examples_test.sh BUILD_DIR
set -u

build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
own_records=$root/tools/examples/own_records

expect() {
    [[ $2 == "$3" ]] || { echo "FAILED: $1: $2"; echo "instead of: $3"; exit 1; }
    echo "ok: $1"
}

decode() {
    "$build/examples/decode_denm" "$@"
}

uper=$(sed -n '1s/.* //p' "$root/tests/integration/example/expected.txt")
expect "a DENM" "$(decode <<<"$uper")" \
    "station 4711, event 4711/0, 2026-11-20T21:05:43.000Z
  at 45.4642000 9.1899000
  cause collisionRisk, sub-cause 4"
expect "a part of it" \
    "$(decode denm.location.eventSpeed <<<"$uper" | tail -n +4)" \
    "  denm.location.eventSpeed.speedValue = 140 1.40 m/s
  denm.location.eventSpeed.speedConfidence = 127 unavailable"
expect "refused, and the next one" \
    "$(printf '0201\n%s\n' "$uper" | decode | head -n 2)" \
    "line 1, byte 2: header.stationId: ends after 2 bytes, early
station 4711, event 4711/0, 2026-11-20T21:05:43.000Z"
decode <<<0201 >/dev/null
expect "its status" $? 1

expect "a record" \
    "$("$build/examples/own_records" <"$own_records/road_works.json")" \
    '{"road":"A 4","begin":"2026-11-20T21:00:00.000Z","speedLimit":30,"lanes":["closed","open"]}'
expect "a record that is none" \
    "$("$build/examples/own_records" <<<'{"road": "A 4", "begin": 1}' 2>&1)" \
    '/begin: found 1, allowed is an RFC 3339 date-time'
