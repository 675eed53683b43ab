#!/bin/bash
# A Redis that lost what it was given last knows nothing of the action ids that
# receivers do: these are given to no other event.
. "$(dirname "$0")/../support/service.sh"

# numbers FIRST: sequence numbers of the triggers, from the FIRSTth on.
numbers() {
    messages | grep '"type":"[^"]*\.trigger"' | tail -n "+$1" |
        member sequenceNumber | xargs
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
expect "numbers after a loss" "$(numbers 9)" "1036 1037 1038 1039"

# ... and who knows only the records after these.
remember
predict_more
expect "numbers that are lost" "$(numbers 13)" "1040 1041 1042 1043"
kill_service
lose_the_end
start_service b
predict_more
expect "numbers of a successor" "$(numbers 13)" "2064 2065 2066 2067"
grep -q "numbers_skipped count=1024" "$here/b.log" || fail "nothing is said"

# Without a loss, numbers go on one by one.
stop_service
start_service b
predict_more
expect "numbers after a restart" "$(numbers 17)" "2068 2069 2070 2071"
check_entries
stop_service
