#!/bin/bash
# What is said of the configuration is what is true: the reference in docs/ is
# that of the schema, the manual page has no faults of roff and its examples are
# configurations, and the schema that stepden writes is one for any tool. The
# test purposes of docs/conformance.md are those that are run, and
# docs/messages.md tells of every member of the messages.
#
#   documents_test.sh BUILD_DIR
set -u

build=$1
docs=$(cd "$(dirname "$0")/../../docs" && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
trap 'exit 143' TERM INT HUP

fail() {
    echo "FAILED: $*"
    exit 1
}

"$build/gen/schemac/stepden-schemac" --markdown "$here/configuration.md" \
    "$docs/../schemas/config.v1.schema.json" || fail "schemac"
diff "$docs/configuration.md" "$here/configuration.md" ||
    fail "docs/configuration.md is of another schema; ninja update_docs"
echo "ok: docs/configuration.md"

# The test purposes, and how many of each mark there are.
purposes=$docs/../tests/conformance/purposes.txt
diff <(awk -F ' *[|] *' '
        /^#/ { next }
        { count[$2]++; print "| " $1 " | " $2 " | " $3 " | " $4 " |" }
        END { for (mark in count) print "| `" mark "` | " count[mark] " |" }
        ' "$purposes" | sort) \
    <(sed -n '/^## The test purposes/,/^## Protocol/{
        /^| [A-Z]*\/[A-Z]/p
        s/^\(| .[a-z]*. | [0-9][0-9]* |\).*/\1/p
        }' "$docs/conformance.md" | sort) ||
    fail "docs/conformance.md is not as $purposes"
echo "ok: docs/conformance.md"

python3 - "$docs" <<'END' || fail "docs/messages.md"
import json, pathlib, re, sys

docs = pathlib.Path(sys.argv[1])
code = re.findall("`([^`]*)`", (docs / "messages.md").read_text())
told = set(re.findall(r"\w+", " ".join(code)))


def names(place):
    if isinstance(place, dict):
        yield from place.get("properties", ())
    if isinstance(place, (dict, list)):
        for inner in place.values() if isinstance(place, dict) else place:
            yield from names(inner)


for schema in "cloud_event", "common", "denm_data", "station_collision_array":
    text = (docs / f"../schemas/{schema}.v1.schema.json").read_text()
    missing = set(names(json.loads(text))) - told
    assert not missing, f"{schema}: not told of: {missing}"
END
echo "ok: docs/messages.md"

page=$build/docs/stepden.json.5
faults=$(groff -man -ww -z "$page" 2>&1)
[[ -z $faults ]] || fail "$page: $faults"
grep -q '^\\fBstationId\\fR (integer 0..4294967295; required)$' "$page" ||
    fail "no fields in $page"
awk -v here="$here" '
    /^\.SH/ { within = $2 == "EXAMPLES" }
    /^\.fi/ { inside = 0 }
    inside { print > (here "/" count ".json") }
    within && /^\.nf/ { inside = 1; count++ }' "$page"
for example in "$here"/*.json; do
    "$build/bin/stepden" --print-config --config "$example" >"$here/out" 2>&1 ||
        fail "an example of $page: $(cat "$example" "$here/out")"
done
[[ -e $here/3.json ]] || fail "no examples in $page"
echo "ok: stepden.json(5)"

"$build/bin/stepden" --conf_schema "$here/schema" || fail "--conf_schema"
"$build/bin/stepden" --conf_template "$here/template" || fail "--conf_template"
python3 -W ignore - "$here/schema" "$here/template" <<'END' || fail "--conf_schema"
import json, sys
import jsonschema

schema, template = (json.load(open(path)) for path in sys.argv[1:])
jsonschema.Draft202012Validator(schema).validate(template)


def described(place):
    while "description" not in place:
        if "$ref" in place:
            place = schema["$defs"][place["$ref"].removeprefix("#/$defs/")]
        elif "anyOf" in place:
            place = place["anyOf"][0]
        else:
            return False
    return True


def look(place):
    if isinstance(place, dict):
        for key, value in place.items():
            if key == "properties":
                for name, inner in value.items():
                    assert described(inner), f"{name} has no description"
            look(value)
    elif isinstance(place, list):
        for inner in place:
            look(inner)


look(schema)
delay = schema["properties"]["denmLastUpdateMaxDelay"]["description"]
assert delay.endswith(". In ms."), delay
END
echo "ok: the schema and the template"
