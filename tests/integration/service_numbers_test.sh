#!/bin/bash
# A Redis that lost what it was given last knows nothing of the action ids that
# receivers do: these are given to no other event.
. "$(dirname "$0")/../support/service.sh"

# numbers FIRST: sequence numbers of the triggers, from the FIRSTth on, counted
# from that of the very first one.
numbers() {
    messages | grep '"type":"[^"]*\.trigger"' | member sequenceNumber |
        awk -v first="$1" 'NR == 1 && !begin { begin = $1 }
            NR >= first { print ($1 - begin + 65536) % 65536 }' | xargs
}

# One reference station more than before, with four targets.
references=1
predict_more() {
    references=$((references + 1))
    simulate --arrays "$references" --targets 4 --references "$references"
    await 20 is_settled || fail "the inputs are not all acknowledged"
}

remember() {
    rm -rf "$here/older"
    cp -r "$here/appendonlydir" "$here/older"
}

# Redis goes back to what was remembered.
lose_the_end() {
    end_process KILL "$redis_pid"
    rm -rf "$here/appendonlydir"
    cp -r "$here/older" "$here/appendonlydir"
    start_redis
    references=$((references - 1))
}

start_redis
start_service a
predict_more
remember
predict_more
expect "numbers so far" "$(numbers 1)" "0 1 2 3 4 5 6 7 8 9 10 11"

# Who sent them goes on after what is in its memory, ...
lose_the_end
predict_more
expect "numbers after a loss" "$(numbers 9)" "24588 24589 24590 24591"

# ... and who knows only the records after these.
remember
predict_more
expect "numbers that are lost" "$(numbers 13)" "24592 24593 24594 24595"
kill_service
lose_the_end
start_service b
predict_more
expect "numbers of a successor" "$(numbers 13)" "49168 49169 49170 49171"
grep -q "numbers_skipped count=24576" "$here/b.log" || fail "nothing is said"

# Who knows of nothing begins where the clock is, not at 0.
cli flushall >/dev/null
kill_service
references=1
start_service a
predict_more
begun=$(messages | head -n 1 | member sequenceNumber)
expect "where it begins" "$(grep numbers_skipped "$here/a.log" | tail -n 1 |
    grep -o 'count=[0-9]*')" "count=$begun"

# Without a loss, numbers go on one by one.
stop_service
start_service b
predict_more
expect "numbers after a restart" "$(numbers 9)" "8 9 10 11"
check_entries
stop_service

# Who can read none of the records begins where the clock is, too.
records='step:{step}:stepden:records'
for field in $(cli hkeys "$records" | grep -x '[0-9]*:[0-9]*'); do
    cli hset "$records" "$field" '{"state":"active"}' >/dev/null
done
start_service a
predict_more
expect "where it begins without records" \
    "$(messages | grep '"type":"[^"]*\.trigger"' | sed -n 13p | member sequenceNumber)" \
    "$(sed -n 's/.*numbers_skipped count=\([0-9]*\).*/\1/p' "$here/a.log" | tail -n 1)"
expect "why they are of no use" \
    "$(sed -n 's/.*record_refused .* reason="\(.*\)"/\1/p' "$here/a.log" | head -n 1)" \
    "found an object, allowed is an array of 13..20 elements"
stop_service

# Who cannot read the latest leaves it out, with three eighths of all numbers.
latest=$(cli hkeys "$records" | grep -x '[0-9]*:[0-9]*' |
    grep ":$(messages | grep '"type":"[^"]*\.trigger"' | tail -n 1 |
        member sequenceNumber)\$")
cli hset "$records" "$latest" '{"state":"active"}' >/dev/null
sent=$(messages | grep -c '"type":"[^"]*\.trigger"')
start_service b
predict_more
expect "where it goes on without the latest" \
    "$(messages | grep '"type":"[^"]*\.trigger"' |
        sed -n $((sent + 1))p | member sequenceNumber)" \
    $(((${latest#*:} + 24576) % 65536))
stop_service
