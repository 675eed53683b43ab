#!/bin/bash
# Every example in the manual page of denm does what it says there: of a line
# with $ the command, of the lines below it the output.
. "$(dirname "$0")/../support/service.sh"

page=$(cd "$(dirname "$0")/../../docs" && pwd)/denm.1

# What roff makes of it.
plain() {
    sed 's/\\e/\\/g; s/\\&//g; s/\\-/-/g'
}

examples() {
    awk '/^\.SH/ {is_within = $2 == "EXAMPLES"}
        /^\.nf/ {is_example = is_within; next}
        /^\.fi/ {is_example = 0}
        is_example' "$page" | plain
}

# run COMMAND: as a user would, in a folder of its own.
run() {
    echo "$1" | sed "s|redis://redis.example.org|unix://$here/redis.sock|
        s|redis.sock/|redis.sock?db=|" >"$here/command"
    (cd "$here/folder" && bash "$here/command") 2>/dev/null
}

# The examples with the output that they have now.
play() {
    local line command=
    while IFS= read -r line; do
        if [[ -n $command ]]; then
            command+=$'\n'$line
        elif [[ $line == '$ '* ]]; then
            command=${line#'$ '}
        else
            continue
        fi
        echo "$line"
        if [[ $line != *\\ ]]; then
            run "$command"
            command=
        fi
    done
}

mkdir "$here/folder"
PATH=$bin:$PATH
start_redis
"$bin/stepden-simulator" --arrays 3 --targets 1 --references 1 2>/dev/null |
    "$bin/stepden" --replay - | while IFS= read -r entry; do
    cli xadd "$output" '*' message '{}' \
        uper "$(sed 's/.*"uper":"\(.*\)"}/\1/' <<<"$entry")" >/dev/null
done

examples >"$here/page"
play <"$here/page" >"$here/now"
diff "$here/page" "$here/now" || fail "an example has another output"
expect "examples" "$(($(grep -c '^\$ ' "$here/page") >= 12))" 1
for command in decode encode lint diff explain pcap fields; do
    grep -q "^\\$ .*denm $command" "$here/page" ||
        fail "no example of denm $command"
done
