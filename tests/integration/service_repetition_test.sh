#!/bin/bash
# The service is killed while it repeats, and goes on with another interval: no
# repetition gets the id of another one, nor does that of a cancellation.
. "$(dirname "$0")/../support/service.sh"

# repeat_with INTERVAL DELAY: from a start until some repetitions and a kill.
repeat_with() {
    local before
    configure a denmLastUpdateMaxDelay="$2" \
        denmCheckLastUpdateMaxInterval=60000 \
        denm="{\"repetitionInterval\": $1, \"repetitionDuration\": 60000}"
    before=$(count_kind repetition)
    start_service a
    await 30 has_repeated $((before + 40)) || fail "nothing is repeated"
    kill_service
}

has_repeated() {
    (($(count_kind repetition) > $1))
}

start_redis
simulate --arrays 1 --targets 2 --references 3
repeat_with 30 9000
repeat_with 70 9000
repeat_with 40 100
expect "cancellations" "$(count_kind cancellation)" "$(count_kind trigger)"
repeat_with 90 100
check_exactly_once --ended
check_entries
