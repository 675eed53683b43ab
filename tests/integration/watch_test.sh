#!/bin/bash
# stepden-watch, by which other tests judge, finds what is wrong.
. "$(dirname "$0")/../support/service.sh"

# entry JSON UPER: adds one to the output stream, the UPER in hexadecimal.
entry() {
    printf '%b' "$(sed 's/../\\x&/g' <<<"$2")" |
        cli -x xadd "$output" '*' message "$1" uper >/dev/null
}

# watch STATUS WHAT: over the whole stream.
watch() {
    "$bin/stepden-watch" --redis "$here/redis.sock" --once >"$here/watch.log"
    expect "$2" $? "$1"
    cli del "$output" >/dev/null
}

start_redis
watch 1 "without an entry"

"$bin/stepden-simulator" --arrays 2 --targets 1 --references 1 2>/dev/null |
    "$bin/stepden" --replay - >"$here/lines"
for line in 1 2 3; do
    message[line]=$(sed -n "$line"'s/^{"message":\(.*\),"uper":.*$/\1/p' \
        "$here/lines")
    uper[line]=$(sed -n "$line"'s/^.*,"uper":"\(.*\)"}$/\1/p' "$here/lines")
done

for line in 1 2 3; do
    entry "${message[line]}" "${uper[line]}"
done
watch 0 "a whole life"

configure r1 'denm={"release":"r1"}'
"$bin/stepden-simulator" --arrays 1 --targets 1 --references 1 2>/dev/null |
    "$bin/stepden" --replay - --config "$here/r1.json" >"$here/r1"
while IFS= read -r line; do
    root=${line##*\"uper\":\"}
    line=${line%,\"uper\":*}
    entry "${line#*\"message\":}" "${root%\"\}}"
done <"$here/r1"
watch 0 "a whole life in release 1"

entry "${message[1]}" "${uper[2]}"
watch 1 "the UPER of another DENM"

entry "${message[1]/\"subCauseCode\":/\"subCauseCode\":1}" "${uper[1]}"
watch 1 "another sub-cause in the JSON"

entry "${message[1]}" "${uper[1]:0:40}"
watch 1 "a UPER that ends early"

entry "${message[2]}" "${uper[2]}"
watch 1 "an update of nothing"

entry "${message[1]}" "${uper[1]}"
entry "${message[1]}" "${uper[1]}"
watch 1 "a life that begins twice"
