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
python3 - "$here" <<'END' || fail "the figures"
import json, sys

ceiling = json.load(open(f"{sys.argv[1]}/ceiling"))
assert ceiling["rounds"] == 2
for row in ceiling["rows"] + ceiling["best"]:
    assert all(value for value in row.values()), row
    name = "ceiling_per_s"
    assert row[name + "_low"] <= row[name] <= row[name + "_high"], row
for best in ceiling["best"]:
    rows = [row for row in ceiling["rows"] if row["aof"] == best["aof"]]
    assert [row["depth"] for row in rows] == [2**i for i in range(4, 11)], rows
    assert best["ceiling_per_s"] == max(row["ceiling_per_s"] for row in rows)
assert [best["aof"] for best in ceiling["best"]] == ["no", "everysec"]
END
echo "ok: the figures"

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
