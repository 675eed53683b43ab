#!/bin/bash
# The examples of the README are what the program does.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
stepden=$1/bin/stepden

# block LANGUAGE NUMBER: a code block of the README, without white space.
block() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '
        $0 == fence { inside = ++count == wanted; next }
        /^```/ { inside = 0 }
        inside' "$root/README.md" | tr -d ' \n'
}

expect() {
    [[ $2 == "$3" ]] || { echo "FAILED: $1:"; echo "$2"; echo "$3"; exit 1; }
    echo "ok: $1"
}

config=$(mktemp "${TMPDIR:-/tmp}/stepden-readme.XXXXXX") || exit 73
trap 'rm -f "$config"' EXIT
block json 3 >"$config"

first=$(block json 1 | "$stepden" --replay - --config "$config" | head -n 1)
expect "the DENM's JSON and UPER" "$first" \
    "{\"message\":$(block json 2),\"uper\":\"$(block text 1)\"}"

why=$({ block json 1; echo; block json 1; } |
    "$stepden" --replay - --explain --config "$config" |
    sed 's/^{"message":.*,"why"/{"message":{...},"uper":"...","why"/' |
    tr -d ' \n')
expect "the explanations" "$why" "$(block text 2)"
