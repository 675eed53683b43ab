#!/bin/bash
# 200 seconds of life on virtual time, compared with what was approved:
# replay/golden.ndjson, and replay/golden.errors for the lines that are refused.
# With UPDATE_GOLDEN=1 these are written anew, to be reviewed.
set -u

stepden=$1/bin/stepden
scenes=$(dirname "$0")/replay
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

awk -f "$scenes/scenes.awk" >"$here/scenes.ndjson" || fail "the scenes"

"$stepden" --replay "$here/scenes.ndjson" --config "$scenes/config.json" \
    >"$here/golden.ndjson" 2>"$here/golden.errors"
code=$?
((code == 65)) ||
    fail "status $code instead of 65: $(cat "$here/golden.errors")"

"$stepden" --replay - --config "$scenes/config.json" \
    <"$here/scenes.ndjson" >"$here/again.ndjson" 2>/dev/null
cmp "$here/golden.ndjson" "$here/again.ndjson" ||
    fail "the same input gave other bytes"

if [[ ${UPDATE_GOLDEN-} == 1 ]]; then
    cp "$here/golden.ndjson" "$here/golden.errors" "$scenes"
fi
for name in golden.ndjson golden.errors; do
    diff "$scenes/$name" "$here/$name" || fail "$name differs"
done

# A line that is too long, and an output that cannot be written.
head -c 2000000 /dev/zero | tr '\0' ' ' |
    cat - "$here/scenes.ndjson" >"$here/long.ndjson"
"$stepden" --replay "$here/long.ndjson" >"$here/out" 2>"$here/err"
grep -q '^line 1: longer than maxEntryBytes' "$here/err" ||
    fail "line 1 is not refused: $(head -n 3 "$here/err")"
if [[ -w /dev/full ]]; then
    "$stepden" --replay "$here/scenes.ndjson" >/dev/full 2>/dev/null
    code=$?
    ((code == 74)) || fail "status $code instead of 74"
fi
echo "ok: $(wc -l <"$here/golden.ndjson") outputs"
