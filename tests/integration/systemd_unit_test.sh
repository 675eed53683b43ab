#!/bin/bash
# systemd finds nothing wrong with the unit, and the service is not exposed more
# than was known. It is restarted unless the manual says that this is no use.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$1/bin" && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
unit=$here/stepden.service

fail() {
    echo "FAILED: $*"
    exit 1
}

sed "s|@CMAKE_INSTALL_FULL_BINDIR@|$bin|" \
    "$root/tools/dist/systemd/stepden.service.in" >"$unit"

for status in $(sed -n 's/^RestartPreventExitStatus=//p' "$unit"); do
    grep -q "^\.B $status$" "$root/docs/stepden.1" ||
        fail "the manual does not know the status $status"
done

if ! command -v systemd-analyze >/dev/null; then
    echo "SKIPPED: what systemd-analyze says of the unit: it is not installed"
    exit 0
fi
systemd-analyze verify --man=no "$unit" >"$here/log" 2>&1 ||
    fail "the unit: $(cat "$here/log")"
[[ ! -s $here/log ]] || fail "the unit: $(cat "$here/log")"
# The score is 1.2 of 10: docs/operations.md says for what.
systemd-analyze security --offline=yes --threshold=12 "$unit" \
    >"$here/log" 2>&1 || fail "too exposed: $(grep -v '✓' "$here/log")"
tail -n 1 "$here/log"
