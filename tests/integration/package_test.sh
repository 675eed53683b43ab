#!/bin/bash
# CPack makes Debian packages in which lintian finds no errors. No file is in
# two of them, and the service cannot be started before it is configured.
#
#   package_test.sh BUILD_DIR
set -u

build=$1
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
export SOURCE_DATE_EPOCH=1795208743

fail() {
    echo "FAILED: $*"
    cat "$here/log" 2>/dev/null
    exit 1
}

expect() {
    [[ $2 == "$3" ]] || fail "$1: $2 instead of $3"
    echo "ok: $1: $2"
}

cpack --config "$build/CPackConfig.cmake" -B "$here" >"$here/log" 2>&1 ||
    fail "cpack"
cd "$here" || fail "cd"
names=$(printf '%s\n' *.deb | sed 's/_.*//' | LC_ALL=C sort | paste -sd ' ')
expect "packages" "$names" \
    "libstepden-dev libstepden-redis0.1 libstepden0.1 stepden stepden-tools"

for package in *.deb; do
    dpkg-deb -x "$package" all || fail "$package cannot be unpacked"
    dpkg-deb -c "$package" | awk '!/\/$/ {print $6}'
done >files
expect "files in two packages" "$(sort files | uniq -d)" ""
expect "not compressed" "$(find all/usr/share/man -type f ! -name '*.gz')" ""

grep -q -x 'ExecStart=.*/bin/stepden --config %E/stepden/stepden.json' \
    all/usr/lib/systemd/system/stepden.service || fail "the unit"
all/usr/bin/stepden --check --config all/etc/stepden/stepden.json >log 2>&1
expect "status of --check before it is configured" $? 78
grep -q stationId log || fail "what is missing is not said"
echo '{"stationId": 1,' >configured
tail -n +2 all/etc/stepden/stepden.json >>configured
all/usr/bin/stepden --check --config configured >log 2>&1 ||
    fail "with a station id it is not right"

if ! command -v lintian >/dev/null; then
    echo "SKIPPED: what lintian says of the packages: it is not installed"
    exit 0
fi
LC_ALL=C.UTF-8 lintian --allow-root --fail-on error *.deb >log 2>&1 ||
    fail "lintian finds errors"
echo "ok: lintian: $(grep -c ^W: log) warnings, no errors"
