#!/bin/bash
# denm explain tells every bit of a message once, and what it says.
. "$(dirname "$0")/../support/service.sh"

denm=$bin/denm
tests=$(cd "$(dirname "$0")/.." && pwd)
golden=$tests/integration/denm/explain.expected
cd "$here" || fail "cd"

# contiguous: fails unless the lines follow each other from bit 0 to the end.
contiguous() {
    awk '/^message/ {
            if (at != 8 * size) {
                print "message " messages ": ends at " at
                exit 1
            }
            at = 0; size = $3; messages++; next
        }
        $1 ~ /^[0-9]+$/ {
            if ($1 != at || $2 < 1) {print "message " messages ": " $0; exit 1}
            at += $2; lines++
        }
        END {if (at != 8 * size) exit 1; print messages, lines}' "$1"
}

for release in r1 r2; do
    "$denm" explain -r "$release" "$tests/vectors/denm_$release.ndjson" \
        >bits || fail "$release"
    lines=$(contiguous bits) || fail "$release: a gap: $lines"
    expect "$release: messages" "${lines% *}" 100
    ((${lines#* } > 5000)) || fail "$release: only ${lines#* } lines"
done
"$denm" explain -r r1 "$tests/vectors/denm_r2.ndjson" >bits ||
    fail "unknown additions"
contiguous bits || fail "a gap among unknown additions"

# The bits are those of the message.
"$denm" explain -r r2 "$tests/vectors/denm_r2.ndjson" | awk '
    /^message/ {if (NR > 1) print ""}
    $2 ~ /^[0-9]+$/ && $2 <= 8 {printf "%d:%s ", $1, $3}' >short
python3 -c '
import json, sys
for message, told in zip(open(sys.argv[1]), open("short")):
    uper = bytes.fromhex(json.loads(message)["uper"])
    bits = "".join(format(byte, "08b") for byte in uper)
    for run in told.split():
        at, shown = run.split(":")
        assert bits[int(at):].startswith(shown), (at, shown)
' "$tests/vectors/denm_r2.ndjson" || fail "other bits than those of the message"
echo "ok: bits as in the message"

# What is told of one message.
"$denm" explain "$tests/integration/denm/explain.hex" >explained ||
    fail "the message of the golden file"
diff "$golden" explained || fail "another explanation"
echo "ok: one message"

# A fault ends it.
cut -c 1-40 "$tests/integration/denm/explain.hex" >short.hex
"$denm" explain short.hex >explained 2>err
expect "a message that ends early" $? 1
expect "the last line" "$(tail -n 1 explained | tr -s ' ')" \
    " 147 - stopped: denm.management.referenceTime: ends after 20 bytes, early"
expect "standard error" "$(cat err)" \
    "denm: short.hex:1: message 1: byte 18: denm.management.referenceTime: `
    `ends after 20 bytes, early"
