#!/bin/sh
# schemac --validator against golden files.
#
#   golden_test.sh SCHEMAC
#
# good/track.json gives good/track.h and good/track.c
# bad/NAME.json   is refused with bad/NAME.message
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
    rm -f "$work"/track.*
    "$schemac" --validator --header "$work/track.h" --source "$work/track.c" \
        --depfile "$work/track.d" "$@" 2>"$work/message"
}

compare() {
    if [ -n "${UPDATE_GOLDEN:-}" ]; then cp "$2" "$1"; fi
    diff -u "$1" "$2" || fail "$1 differs"
}

cd "$folder/good" || exit
run track.json || fail "good/track is refused: $(cat "$work/message")"
compare track.h "$work/track.h"
compare track.c "$work/track.c"
[ "$(cat "$work/track.d")" = "$work/track.c: track.json points.json" ] ||
    fail "the dependencies of track are: $(cat "$work/track.d")"

# From another folder, under another name.
cd "$work" || exit
run --prefix acme --name line "$folder/good/track.json" ||
    fail "good/track is refused from elsewhere: $(cat "$work/message")"
grep -q '^acme_line_validate(' "$work/track.h" || fail "the name is not acme's"
sed 's/acme_line/stepden_track/' "$work/track.c" >"$work/elsewhere"
diff "$folder/good/track.c" "$work/elsewhere" ||
    fail "what comes out depends on the folder"

# However many keys an object of the schema has.
awk 'BEGIN {
    printf "{\"properties\": {"
    for (i = 0; i < 1000; i++)
        printf "%s\"k%d\": {\"minimum\": %d}", i ? "," : "", i, i
    print "}}"
}' >"$work/many.json"
run "$work/many.json" || fail "1000 properties: $(cat "$work/message")"
grep -q '"k999"' "$work/track.c" || fail "the last of 1000 properties is absent"

cd "$folder/bad" || exit
for schema in *.json; do
    name=${schema%.json}
    if run "$schema"; then fail "bad/$name is not refused"; fi
    if [ -e "$work/track.c" ]; then fail "bad/$name wrote a file"; fi
    compare "$name.message" "$work/message"
done

exit $failed
