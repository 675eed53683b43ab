#!/bin/sh
# schemac against golden files.
#
#   golden_test.sh SCHEMAC
#
# good/NAME.v1.schema.json gives good/NAME.h and good/NAME.c
# bad/NAME.v1.schema.json  is refused with bad/NAME.message
#
# With UPDATE_GOLDEN=1, what comes out becomes what is expected.
set -u

schemac=${1:?usage: golden_test.sh SCHEMAC}
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
    rm -f "$work"/output.*
    "$schemac" --embed --header "$work/output.h" --source "$work/output.c" \
        --depfile "$work/output.d" "$1.v1.schema.json" 2>"$work/message"
}

compare() {
    if [ -n "${UPDATE_GOLDEN:-}" ]; then cp "$2" "$1"; fi
    diff -u "$1" "$2" || fail "$1 differs"
}

cd "$folder/good"
for schema in *.v1.schema.json; do
    name=${schema%.v1.schema.json}
    run "$name" || fail "good/$name is refused: $(cat "$work/message")"
    compare "$name.h" "$work/output.h"
    compare "$name.c" "$work/output.c"
done

run user
dependencies="$work/output.c: user.v1.schema.json shared.v1.schema.json"
[ "$(cat "$work/output.d")" = "$dependencies" ] ||
    fail "the dependencies of user are: $(cat "$work/output.d")"
touch -d @0 "$work/output.h"
"$schemac" --header "$work/output.h" --source "$work/output.c" \
    shared.v1.schema.json
cp "$work/output.h" "$work/before.h"
touch -d @0 "$work/output.h"
"$schemac" --header "$work/output.h" --source "$work/output.c" \
    shared.v1.schema.json
[ "$work/before.h" -nt "$work/output.h" ] ||
    fail "a file that has not changed is written again"

cd "$folder/bad"
for schema in *.v1.schema.json; do
    name=${schema%.v1.schema.json}
    if run "$name"; then fail "bad/$name is not refused"; fi
    if [ -e "$work/output.c" ]; then fail "bad/$name wrote a file"; fi
    compare "$name.message" "$work/message"
done

exit $failed
