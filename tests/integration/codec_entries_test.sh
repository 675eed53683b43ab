#!/bin/bash
# Every entry says the same in JSON and in UPER, as Wireshark and Erlang read
# it: what the scenes of the replay test, a simulated intersection, arrays of
# ten targets, and arrays with every member that they can have, give in each
# release.
#
#   codec_entries_test.sh BUILD_DIR
set -u

build=$1
tests=$(cd "$(dirname "$0")/.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# check RELEASE SCENE
check() {
    printf '{"stationId": 4294967295, "denm": {"release": "%s"}}' "$1" \
        >"$here/config.json"
    "$build/bin/stepden" --replay "$here/$2" --config "$here/config.json" \
        >"$here/entries" 2>"$here/errors"
    [[ -s $here/entries ]] || fail "$2 gave nothing: $(cat "$here/errors")"
    cat "$here/entries" >>"$here/all"
    echo "$2 in $1: $(wc -l <"$here/entries") entries"
}

awk -f "$tests/integration/replay/scenes.awk" >"$here/scenes"
awk -f "$tests/integration/codec_entries.awk" >"$here/full"
"$build/bin/stepden-simulator" --seconds 20 >"$here/intersection" 2>/dev/null
"$build/bin/stepden-simulator" --arrays 100 --targets 10 >"$here/load" \
    2>/dev/null

check r1+r2 scenes
check r1+r2 intersection
check r1+r2 load
for release in r1 r2 r1+r2; do
    check "$release" full
done
"$tests/support/denm_check" "$build" <"$here/all" || fail "they do not agree"

# A check that finds nothing wrong has to be one that finds what is wrong.
for change in '1s/"latitude":/&1/' '2s/"sequenceNumber":/&1/' \
    '3s/"detectionTime":"20/&3/' 's/"timeToCollision":/&1/' \
    '5s/"uper":"0201/&ff/'; do
    sed -n "1,5{$change;p}" "$here/all" |
        "$tests/support/denm_check" "$build" >/dev/null 2>&1 &&
        fail "$change was not found"
done
echo "ok: what is wrong is found"
