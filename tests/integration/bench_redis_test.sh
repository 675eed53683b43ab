#!/bin/bash
# The benchmarks beside Redis run, in a tiny size; their figures are those of
# what they say, and nothing of them stays behind when they are killed.
#
#   bench_redis_test.sh BUILD_DIR
set -u

build=$1
bench=$build/bin/stepden-bench
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
killed= # a benchmark that is to be
trap '[[ -z $killed ]] || kill -KILL "$killed" 2>/dev/null; rm -rf "$here"' EXIT
trap 'exit 143' TERM INT HUP

fail() {
    echo "FAILED: $*"
    exit 1
}

await() {
    local end=$((SECONDS + 20))
    until "$@"; do
        ((SECONDS <= end)) || fail "never: $*"
        sleep 0.05
    done
}

# measure COMMAND [OPTION]...: into $here/COMMAND.
measure() {
    "$bench" "$@" --repeat 2 --denms 400 --json >"$here/$1" 2>"$here/error" ||
        fail "$*: $(cat "$here/error")"
    echo "ok: $*"
}

measure ceiling
measure service --k 10 --n 105
measure scale --partitions 4
python3 - "$here" <<'END' || fail "the figures"
import json, sys

ceiling, service, scale = (
    json.load(open(f"{sys.argv[1]}/{name}"))
    for name in ("ceiling", "service", "scale")
)


def check(rows, ranged):
    for row in rows:
        assert all(row.values()), row
        for name in ranged:
            assert row[name + "_low"] <= row[name] <= row[name + "_high"], row


assert ceiling["rounds"] == service["rounds"] == 2
check(ceiling["rows"] + ceiling["best"], ["ceiling_per_s"])
check(service["rows"], ["denm_per_s", "ratio"])
check(service["restore"], ["lease_to_first_denm_ms"])
check(scale["partitions"], ["denm_per_s", "stepden_us_per_denm"])
assert [row["partitions"] for row in scale["partitions"]] == [1, 4]
for best in ceiling["best"]:
    rows = [row for row in ceiling["rows"] if row["aof"] == best["aof"]]
    assert [row["depth"] for row in rows] == [2**i for i in range(4, 11)], rows
    assert best["ceiling_per_s"] == max(row["ceiling_per_s"] for row in rows)
for row in service["rows"]:
    assert (row["k"], row["n"]) == (10, 105), row
    assert row["denm_per_s"] <= 1.1 * row["ratio_high"] * row["ceiling_per_s"], row
    assert row["denm_per_s"] >= 0.9 * row["ratio_low"] * row["ceiling_per_s"], row
    assert row["json_bytes"] > row["uper_bytes"], row
for rows in ceiling["best"], service["rows"], service["restore"]:
    assert [row["aof"] for row in rows] == ["no", "everysec"], rows
END
echo "ok: the figures"

"$bench" service --k 1 --n 1 --stepden /bin/false \
    >"$here/out" 2>"$here/error" &&
    fail "figures of a service that makes nothing"
grep -q 'the service made 0 DENMs, not 1000; it has ended' "$here/error" ||
    fail "$(cat "$here/error")"
echo "ok: a service that makes nothing has no figures"

cat >"$here/stepden" <<'END' && chmod +x "$here/stepden"
#!/bin/bash
# Ends at once when it is started for the third time.
echo >>"$0.starts"
(($(wc -l <"$0.starts") < 3)) && exec "$STEPDEN" "$@"
END
STEPDEN=$build/bin/stepden "$bench" service --k 10 --n 100 --denms 400 --json \
    --stepden "$here/stepden" >"$here/failed" 2>"$here/error" &&
    fail "no service, no failure"
python3 - "$here/failed" <<'END' || fail "$(cat "$here/error" "$here/failed")"
import json, sys

failed = json.load(open(sys.argv[1]))
assert [row["ratio"] > 0 for row in failed["rows"]] == [True], failed
assert failed["restore"][0]["lease_to_first_denm_ms"] is None, failed
END
echo "ok: a failure leaves what was measured before"

server() {
    redis=$(pgrep -P "$killed" -x redis-server) &&
        folder=$(readlink "/proc/$redis/cwd") && [[ -e $folder/redis.sock ]]
}
gone() { [[ ! -e /proc/$redis && ! -e $folder ]]; }

"$bench" ceiling --aof no >"$here/out" 2>&1 &
killed=$!
disown
await server
kill -KILL "$killed"
await gone
killed=
echo "ok: the server goes with the benchmark, its folder too"
