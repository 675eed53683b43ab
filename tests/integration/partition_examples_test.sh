#!/bin/bash
# docs/scale.md: its configuration is right, and its table is what its Python
# does. (That the library does the same is a unit test, den/partition.)
#
#   partition_examples_test.sh BUILD_DIR
set -u

stepden=$1/bin/stepden
page=$(cd "$(dirname "$0")/../.." && pwd)/docs/scale.md
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-partitions.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

# block LANGUAGE: the first code block of the page in that language.
block() {
    awk -v fence="\`\`\`$1" '$0 == fence { inside = ++count == 1; next }
        /^```/ { inside = 0 }
        inside' "$page"
}

block json >"$here/config.json"
"$stepden" --check --config "$here/config.json" >"$here/said" 2>&1 ||
    { echo "FAILED: the configuration:"; cat "$here/said"; exit 1; }
grep -q 'step:{0}:stepden:lease' "$here/said" ||
    { echo "FAILED: the keys:"; cat "$here/said"; exit 1; }

{
    block python
    cat <<'END'

import re, sys
rows = 0
for line in open(sys.argv[1]):
    cells = [cell.strip(" `") for cell in line.strip().strip("|").split("|")]
    if re.match(r"N = ", cells[-1]):
        counts = [int(cell[4:]) for cell in cells[4:]]
    if not re.fullmatch(r"\d+:\d+", cells[2] if len(cells) > 3 else ""):
        continue
    station_id, object_id = int(cells[0]), int(cells[1])
    assert cells[2] == "%d:%d" % (station_id, object_id), line
    assert int(cells[3]) == partition_of(station_id, object_id, 2**32), line
    for count, cell in zip(counts, cells[4:]):
        assert int(cell) == partition_of(station_id, object_id, count), line
    rows += 1
assert rows >= 8, rows
print("ok: %d rows" % rows)
END
} >"$here/table.py"
/usr/bin/python3 "$here/table.py" "$page"
