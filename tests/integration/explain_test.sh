#!/bin/bash
# --explain: every output says why, every input without one says why not, and
# the outputs themselves stay as they are.
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

# configure NAME MEMBER...: the scenes' configuration with more members.
configure() {
    local name=$1
    shift
    sed "s/\"denmLastUpdateMaxDelay\": 4000/&$*/" "$scenes/config.json" \
        >"$here/$name.json"
}
configure plain
configure held ', "denm": {"minUpdateInterval": 1500}'
configure repeated ', "denm": {"repetitionInterval": 300,' \
    '"repetitionDuration": 1000}'
configure hold_off ', "denm": {"negationHoldOff": 2000}'
configure full ', "denm": {"maxRecords": 1}'
names=(plain held repeated hold_off full)

for name in "${names[@]}"; do
    for option in "" --explain; do
        "$stepden" --replay "$here/scenes.ndjson" --config "$here/$name.json" \
            $option >"$here/$name$option" 2>"$here/$name$option.err"
        code=$?
        ((code == 65)) || fail "$name $option: status $code instead of 65"
    done
    cmp "$here/$name.err" "$here/$name--explain.err" ||
        fail "$name: other errors with --explain"
done

/usr/bin/python3 - "$here" "${names[@]}" <<'END' || fail "what --explain says"
import collections, json, os, sys

here = sys.argv[1]
seen = collections.Counter()


def lines(name):
    with open(os.path.join(here, name)) as file:
        return file.read().splitlines()


def refused(name):
    return {int(line.split(":")[0].split()[1]) for line in lines(name + ".err")
            if line.startswith("line ")}


def check_output(line, plain, found):
    whole, why = json.loads(line), json.loads(line)["why"]
    assert list(whole) == ["message", "uper", "why"], line
    head, tail = line.rsplit(',"why":', 1)
    assert head + "}" == plain, (line, plain)
    message = whole["message"]
    assert message["type"].endswith("." + why["kind"]), line
    number = why["event"].split("/")[0]
    assert message["id"].split("/")[0] == number, line
    situation = message["data"].get("situationContainer")
    assert (situation or {}).get("subCauseCode") == why.get("subCause"), line
    assert ("rule" in why) == (situation is not None), line
    for angle in ("headingDifference", "bearing"):
        assert 0 <= why.get(angle, 0) <= 180, line
    if why["kind"] in ("trigger", "update"):
        found.add(why["event"])
    seen[why["kind"], why["reason"]] += 1
    seen[why.get("rule")] += 1
    seen["candidate"] += "candidate" in why


for name in sys.argv[2:]:
    plain = iter(lines(name))
    found, received = set(), set()
    for line in lines(name + "--explain"):
        what = json.loads(line)
        if "skipped" in what:
            assert what["skipped"]["event"] not in found, line
            found.add(what["skipped"]["event"])
            seen["skipped", what["skipped"]["reason"]] += 1
        elif "received" in what:
            received.add(what["received"]["line"])
            seen["received", what["received"]["verdict"]] += 1
        else:
            check_output(line, next(plain), found)
    assert next(plain, None) is None, name

    # Each target and each DENM that was not refused has an answer.
    targets, denms = set(), set()
    for number, line in enumerate(lines("scenes.ndjson"), 1):
        if not line or number in refused(name):
            continue
        text = json.loads(line)
        stations = text.get("data", text).get("stations")
        if stations:
            targets |= {f"{number}/{i}" for i in range(len(stations) - 1)}
        else:
            denms.add(number)
    assert targets == found, (name, targets ^ found)
    assert denms == received, (name, denms ^ received)

wanted = [
    ("trigger", "new"), ("update", "newer"), ("update", "held"),
    ("cancellation", "stale"), ("cancellation", "over"),
    ("repetition", "repeated"), "kinds", "headings", "candidate",
    ("skipped", "not newer"), ("skipped", "too soon"), ("skipped", "hold-off"),
    ("skipped", "full"), ("received", "negated"), ("received", "unknown"),
    ("received", "outdated"), ("received", "live"),
]
missing = [what for what in wanted if not seen[what]]
assert not missing, missing
print("ok:", sum(seen[what] for what in wanted), "answers of",
      len(wanted), "kinds")
END

# What it has written can be replayed: DENMs from outside, each with a verdict.
grep '^{"message"' "$here/plain--explain" >"$here/written"
"$stepden" --replay "$here/written" --explain >"$here/verdicts" ||
    fail "what it has written is refused"
live=$(grep -c '"verdict":"live"' "$here/verdicts")
((live > 0 && live == $(wc -l <"$here/written"))) ||
    fail "not all that it has written is live: $(head -n 3 "$here/verdicts")"
echo "ok: $live outputs read again"
