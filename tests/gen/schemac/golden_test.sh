#!/bin/sh
# schemac against golden files.
#
#   golden_test.sh SCHEMAC
#
# good/NAME.v1.schema.json gives good/NAME.h and good/NAME.c, with the options
#                          in good/NAME.options if there are any; of these
#                          what exists too: good/NAME.bundle, .template, .md
#                          and .man
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
    options=$(cat "$1.options" 2>/dev/null)
    # shellcheck disable=SC2086 # the words are options
    "$schemac" $options --header "$work/output.h" --source "$work/output.c" \
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
    for kind in bundle template md man; do
        [ -e "$name.$kind" ] || continue
        "$schemac" --bundle "$work/output.bundle" \
            --template "$work/output.template" --markdown "$work/output.md" \
            --man "$work/output.man" "$schema"
        compare "$name.$kind" "$work/output.$kind"
    done
done

run user
dependencies="$work/output.c: user.v1.schema.json basics.v1.schema.json"
[ "$(cat "$work/output.d")" = "$dependencies" ] ||
    fail "the dependencies of user are: $(cat "$work/output.d")"
touch -d @0 "$work/output.h" "$work/output.c"
"$schemac" --header "$work/output.h" --source "$work/output.c" \
    user.v1.schema.json
for file in "$work/output.h" "$work/output.c"; do
    [ "$file" -nt user.v1.schema.json ] ||
        fail "$file is older than its schema: make would make it again"
done

cp basics.v1.schema.json "$work/Order-Line.json"
"$schemac" --include "" --header "$work/output.h" --source "$work/output.c" \
    "$work/Order-Line.json"
grep -q '^#include <order_line.h>$' "$work/output.c" ||
    fail "a schema is not called after its file"
grep -q '^#ifndef STEPDEN_ORDER_LINE_H$' "$work/output.h" ||
    fail "the guard of a header without a folder is somebody else's"

# refuses MESSAGE OPTION...: a wrong command line.
refuses() {
    message=$1
    shift
    if "$schemac" "$@" 2>"$work/message"; then fail "not refused: $*"; fi
    [ "$(cat "$work/message")" = "schemac: $message; --help lists the options" ] ||
        fail "$*: $(cat "$work/message")"
}
"$schemac" --man "$work/none" basics.v1.schema.json 2>"$work/message"
[ "$(cat "$work/message")" = \
    "basics.v1.schema.json: there are definitions only: $work/none is of a record" ] ||
    fail "a reference of definitions: $(cat "$work/message")"
cat >"$work/late.json" <<'END'
{"type": "object", "required": ["a"], "properties": {
  "a": {"type": "string", "maxLength": 9, "pattern": "^b"}}}
END
if "$schemac" --bundle "$work/late.bundle" --template "$work/late.template" \
    "$work/late.json" 2>"$work/message"; then
    fail "a template without an example of a pattern"
fi
[ "$(cat "$work/message")" = "$work/late.json: /properties/a: a template needs \
an example or a default of what has a pattern" ] ||
    fail "a template without an example: $(cat "$work/message")"
[ -e "$work/late.bundle" ] && fail "what is refused left a bundle behind"
echo '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
    "properties": {"a": {"$ref": "https://acme.example/a/basics.v1.schema.json#/$defs/mark"}}}' \
    >"$work/mapped.json"
"$schemac" --header "$work/output.h" --depfile "$work/output.d" \
    --map https://acme.example/a=. "$work/mapped.json" || fail "--map"
[ "$(cat "$work/output.d")" = \
    "$work/output.h: $work/mapped.json ./basics.v1.schema.json" ] ||
    fail "the dependencies by --map are: $(cat "$work/output.d")"
refuses '--format-annotation needs --validator' --format-annotation --header a b
refuses '--validator needs --header and --source' --validator --header a b
refuses 'only of a record: --embed, --include, --bundle, --template, --markdown, --man' \
    --validator --embed --header a --source b c
refuses 'not of the form URI=PATH: =a' --map =a --header a b
# shellcheck disable=SC2046 # seventeen times the same words
refuses 'too many of --map' $(yes -- '--map a=b' | head -n 17) --header a b
refuses 'a schema is missing' --header a --source b
refuses 'more than one schema: d' --header a --source b c d
refuses 'nothing to write' --depfile a user.v1.schema.json
refuses 'unknown option --heeder' --heeder a --source b c
refuses 'given twice: --header' --header a --header b --source c d
refuses 'a value is missing after --source' c --header a --source
refuses "--prefix is not a letter and then such, digits and '_', in lower case: A" --prefix A \
    --header a --source b c
refuses "--name is not in lower case with '_': aB" --name aB --header a b
refuses '--include is not a relative path in ASCII: /a' --include /a \
    --header a --source b c
"$schemac" --version | grep -q '^stepden-schemac [0-9]' || fail "no version"
"$schemac" --help | grep -q '^  --prefix  *NAME ' || fail "--help lists no --prefix"

printf '{"type": "object"}\0' >"$work/nul.json"
"$schemac" --header "$work/output.h" "$work/nul.json" 2>"$work/message"
[ "$(cat "$work/message")" = "$work/nul.json: found a NUL byte" ] ||
    fail "a NUL byte: $(cat "$work/message")"

cd "$folder/bad"
for schema in *.v1.schema.json; do
    name=${schema%.v1.schema.json}
    if run "$name"; then fail "bad/$name is not refused"; fi
    if [ -e "$work/output.c" ]; then fail "bad/$name wrote a file"; fi
    compare "$name.message" "$work/message"
done

exit $failed
