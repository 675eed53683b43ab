#!/bin/bash
# The example program says what it is expected to say, its UPER means the same
# to others, and a restart in between changes nothing: no action id, no byte.
# With UPDATE_GOLDEN=1 example/expected.txt is written anew, to be reviewed.
#
#   example_test.sh BUILD_DIR
set -u

build=$1
tests=$(cd "$(dirname "$0")/.." && pwd)
examples=$tests/../tools/examples
expected=$tests/integration/example/expected.txt
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
export ERLANG_DENM_DIR="$build/erlang"

fail() {
    echo "FAILED: $*"
    exit 1
}

run() {
    "$build/examples/collision_warning" "$examples/crossing.json" \
        2>"$here/errors"
}

run <"$examples/crossing.txt" >"$here/output" ||
    fail "status $?: $(cat "$here/errors")"
[[ ! -s $here/errors ]] || fail "complains: $(cat "$here/errors")"
if [[ ${UPDATE_GOLDEN-} == 1 ]]; then
    cp "$here/output" "$expected"
fi
diff "$expected" "$here/output" || fail "the output differs"
grep -v '^#' "$here/output" >"$here/denms"
echo "ok: $(wc -l <"$here/denms") DENMs"

# From here on a line is "sequence number, termination or null".
awk '{
    split($2, id, "/")
    told = $3 == "cancellation" ? "\"isCancellation\"" : "null"
    if ($3 != "repetition") { last[$2] = $5; means[$2] = told }
    else if ($5 != last[$2]) { print "not what it repeats: " $0; exit 1 }
    print id[2], means[$2]
}' "$here/denms" >"$here/told" || fail "$(tail -n 1 "$here/told")"
cut -d ' ' -f 5 "$here/denms" >"$here/uper"

"$tests/support/erlang_denm" r2 <"$here/uper" >"$here/erlang" ||
    fail "Erlang refuses: $(grep error "$here/erlang")"
sed 's/.*"sequenceNumber":\([0-9]*\),.*"termination":\([^,]*\),.*/\1 \2/' \
    "$here/erlang" | diff "$here/told" - || fail "Erlang reads it otherwise"
"$build/bin/denm" decode <"$here/uper" >"$here/decoded" || fail "denm decode"
sed -e '/"termination"/!s/$/"termination":null,/' \
    -e 's/.*"sequenceNumber":\([0-9]*\)}.*"termination":\([^,]*\),.*/\1 \2/' \
    "$here/decoded" | diff "$here/told" - || fail "denm reads it otherwise"
echo "ok: denm and Erlang read the same"

grep -v restart "$examples/crossing.txt" | run | grep -v '^#' |
    diff "$here/denms" - || fail "a restart changes the DENMs"
grep -q '^# restarted with [1-9]' "$here/output" || fail "no restart"
echo "ok: the same without the restart"

# What is refused is named, and the rest goes on.
{
    echo '{"creationTime":"2026-11-20T21:05:43Z","stations":[]}'
    echo 0201
    cat "$examples/crossing.txt"
} | run | grep -v '^#' | diff "$here/denms" - ||
    fail "a bad line changes the DENMs"
expected_errors="line 1: /stations: |line 2: header.stationId: "
found=$(sed 's/^\(line [0-9]*: [^ ]*: \).*/\1/' "$here/errors" | paste -sd '|')
[[ $found == "$expected_errors" ]] || fail "it says: $(cat "$here/errors")"
"$build/examples/collision_warning" "$here/missing" </dev/null \
    2>"$here/errors" && fail "starts without its configuration"
grep -q "^$here/missing:" "$here/errors" || fail "does not name what is missing"
echo "ok: refusals"
