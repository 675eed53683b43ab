#!/bin/bash
# A service that is killed at its work leaves nothing out and nothing twice.
. "$(dirname "$0")/../support/service.sh"

has_gone_on() {
    (($(cli xlen "$output") > published + 500))
}

# On a slow machine events may become stale meanwhile, and are then triggered
# anew; the longest tick keeps the last array's DENMs valid.
configure a denmCheckLastUpdateMaxInterval=60000
start_redis
simulate --arrays 2000 --targets 10 --references 100
published=0
for _ in 1 2 3 4 5; do
    start_service a
    await 20 has_gone_on || fail "nothing more comes out"
    kill_service
    published=$(cli xlen "$output")
    echo "killed after $published DENMs"
done
((published < 20000)) || fail "it was never killed at its work"
start_service a
settle
cancelled=$(count_kind cancellation)
triggered=$(count_kind trigger)
expect "DENMs of predictions" $(($(cli xlen "$output") - cancelled)) 20000
((triggered >= 1000 && triggered <= 1000 + cancelled)) ||
    fail "$triggered triggers of 1000 pairs, $cancelled cancellations"
check_entries
stop_service
