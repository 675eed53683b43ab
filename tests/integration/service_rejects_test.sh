#!/bin/bash
# Bad input is kept with its reason, and stops nothing.
. "$(dirname "$0")/../support/service.sh"

rejected="$input:rejected"

# The value of a field of an entry of the dead-letter stream, counted from 1.
field() {
    cli xrange "$rejected" - + | awk -v name="$2" -v wanted="$1" '
        /^[0-9]+-[0-9]+$/ && !value { entry++; next }
        value { if (entry == wanted && field == name) print; value = 0; next }
        { field = $0; value = 1 }'
}

start_redis
configure a
sed -i 's/"log": {/&"level": "DEBUG", /' "$here/a.json"
start_service a
broken=$(cli xadd "$input" '*' message '{"version":1,' note kept)
one='{"role":"reference","stationId":1,"stationType":"bus","position":{"latitude":45,"longitude":9}}'
few=$(cli xadd "$input" '*' message \
    "{\"creationTime\":\"2026-01-01T00:00:00Z\",\"stations\":[$one]}")
quotes=$(cli xadd "$client" '*' message '{"stationId":"x"}')
nothing=$(cli xadd "$input" '*' other field)
simulate --arrays 10 --targets 5 --references 10
settle

expect "refused" "$(cli xlen "$rejected")" 3
expect "entry of the first" "$(field 1 entry)" "$broken"
expect "message of the first" "$(field 1 message)" '{"version":1,'
expect "other field of the first" "$(field 1 note)" kept
[[ -n $(field 1 reason) ]] || fail "the first has no reason"
expect "entry of the second" "$(field 2 entry)" "$few"
expect "pointer of the second" "$(field 2 pointer)" /stations
[[ -n $(field 2 reason) ]] || fail "the second has no reason"
expect "entry of the third" "$(field 3 entry)" "$nothing"
expect "its field" "$(field 3 other)" field
expect "DENMs of the good ones" "$(cli xlen "$output")" 50

# Each of them is in the log at DEBUG; the first is a warning, at once.
first="entry=$broken stream=\"$input\" pointer="
grep -q "WARNING .*input_rejected count=1 $first" "$here/a.log" ||
    fail "no warning of the first"
expect "entries at DEBUG" "$(grep -c "DEBUG .*entry_rejected" "$here/a.log")" 4
grep -qF "entry_rejected entry=$quotes stream=\"$client\" "\
'pointer="/stationId" reason="found \"x\"' "$here/a.log" ||
    fail "quotes within a value"

# So is one that is too large to be looked at.
large=$(head -c 1100000 /dev/zero | tr '\0' x |
    cli -x xadd "$input" '*' message)
settle
await 10 grep -q "DEBUG .*entry_rejected entry=$large stream=\"$input\" "\
'pointer="" reason="1100007 bytes' "$here/a.log" || fail "no line of a large one"

check_exactly_once
check_entries
stop_service
