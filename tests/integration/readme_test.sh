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

here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-readme.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
config=$here/config.json
block json 3 >"$config"

first=$(block json 1 | "$stepden" --replay - --config "$config" | head -n 1)
expect "the DENM's JSON and UPER" "$first" \
    "{\"message\":$(block json 2),\"uper\":\"$(block text 1)\"}"

why=$({ block json 1; echo; block json 1; } |
    "$stepden" --replay - --explain --config "$config" |
    sed 's/^{"message":.*,"why"/{"message":{...},"uper":"...","why"/' |
    tr -d ' \n')
expect "the explanations" "$why" "$(block text 2)"

# The configuration: its commands, in their order, but for the service itself.
section() {
    sed -n '/^## Configuration/,/^## Exactly/p' "$root/README.md"
}

mkdir -p "$here/build/release"
ln -s "$(dirname "$stepden")" "$here/build/release/bin"
count=0
while read -r command; do
    [[ $command != *"/stepden --config"* ]] || command+=" --check"
    (cd "$here" && bash -c "$command") >"$here/out" 2>&1 ||
        { echo "FAILED: $command"; cat "$here/out"; exit 1; }
    count=$((count + 1))
done < <(section | grep '^    build/release/bin/')
expect "commands" "$count" 4

# Its fields and their defaults are those of a configuration without any.
echo '{"stationId": 1}' >"$config"
"$stepden" --print-config --config "$config" >"$here/printed" || exit 1
section | sed -n 's/^| `\([^`]*\)` | `\([^`]*\)` |.*/\1 \2/p' >"$here/fields"
/usr/bin/python3 - "$here/printed" "$here/fields" <<'END' || exit 1
import json, sys
printed = json.load(open(sys.argv[1]))
lines = open(sys.argv[2]).read().splitlines()
for line in lines:
    name, default = line.split()
    value = printed
    for key in name.split('.'):
        value = value[key]
    if value != json.loads(default):
        sys.exit(f"FAILED: {name}: {default}, and it is {value}")
print("ok: defaults:", len(lines))
sys.exit(len(lines) < 11)
END

# Its units and the levels of the log are those of the schema, its streams those
# of that configuration.
section | grep '^| ' >"$here/rows"
"$stepden" --check --config "$config" >"$here/checked" 2>&1 || exit 1
/usr/bin/python3 - "$root/schemas" "$here" <<'END' || exit 1
import json, re, sys
schemas, here = sys.argv[1:]

def expect(what, said, wanted):
    if said != wanted:
        sys.exit(f"FAILED: {what}: {said}, and it is {wanted}")

def load(name):
    return json.load(open(f"{schemas}/{name}"))

def member(name):
    schema = document = load("config.v1.schema.json")
    for key in name.split('.'):
        schema = schema["properties"][key]
        while "$ref" in schema:
            file, _, place = schema["$ref"].partition('#')
            schema = document = load(file) if file else document
            for step in place.split('/')[1:]:
                schema = schema[step]
    return schema

rows = [[cell.strip() for cell in line.strip("| \n").split(" | ")]
        for line in open(f"{here}/rows")]
fields = {row[0].strip('`'): row[1:] for row in rows[1:] if len(row) == 3}
for name, (default, text) in fields.items():
    unit = re.match(r"(ms|s|cm|m|deg)\b", text)
    expect(f"unit of {name}", unit and unit[0], member(name).get("x-unit"))
expect("levels", sorted(re.findall(r"[A-Z]+", " ".join(fields["log.level"]))),
       sorted(member("log.level")["enum"]))

keys = {row[0]: row[1] for row in rows if len(row) == 2}
streams = json.load(open(f"{here}/printed"))["redis"]["streams"]
inputs = streams["inputs"]
for use, stream in (("predictions, in", inputs["crashPrediction"]),
                    ("negations, in", inputs["client"]),
                    ("DENMs, out", streams["outputs"]["client"])):
    expect(use, keys[use], f"`{stream['streamId']}`")
expect("dead letters", keys["refused input, with reason"],
       "the input's key and `:rejected`")
used = {line.split()[0] for line in open(f"{here}/checked") if line.strip()}
for stream in inputs.values():
    expect("dead letters", f"{stream['streamId']}:rejected" in used, True)
print("ok: units:", len(fields))
END
