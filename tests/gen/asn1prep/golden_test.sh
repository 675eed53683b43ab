#!/bin/sh
# asn1prep against golden files.
#
#   golden_test.sh ASN1PREP [--accept]
#
# good/NAME.asn or good/NAME/*.asn   gives good/NAME.expected, and where there
#                                    is one, good/NAME.notes
# bad/NAME.asn or bad/NAME/*.asn     is refused with bad/NAME.message
#
# The root is Root, the prefix X. With --accept, what comes out becomes what is
# expected.
set -u

asn1prep=${1:?usage: golden_test.sh ASN1PREP [--accept]}
accept=${2:-}
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "$1"
    failed=1
}

# Inputs are named relative to their folder, as they are in messages.
run() {
    rm -f "$work/output" "$work/notes"
    if [ -d "$1" ]; then set -- "$1"/*.asn; else set -- "$1.asn"; fi
    "$asn1prep" --prefix X --root Root --output "$work/output" \
        --notes "$work/notes" "$@" 2>"$work/message"
}

compare() {
    if [ -n "$accept" ]; then cp "$2" "$1"; fi
    diff -u "$1" "$2" || fail "$1 differs"
}

cd "$folder/good"
for expected in *.expected; do
    name=${expected%.expected}
    run "$name" || fail "good/$name is refused: $(cat "$work/message")"
    compare "$expected" "$work/output"
    if [ -e "$name.notes" ]; then compare "$name.notes" "$work/notes"; fi
done

run constructs_noisy || fail "good/constructs_noisy: $(cat "$work/message")"
diff -u constructs.expected "$work/output" ||
    fail "comments, odd bytes, line ends or order make a difference"

cd "$folder/bad"
for expected in *.message; do
    name=${expected%.message}
    if run "$name"; then fail "bad/$name is not refused"; fi
    if [ -e "$work/output" ]; then fail "bad/$name wrote a file"; fi
    compare "$expected" "$work/message"
done

exit $failed
