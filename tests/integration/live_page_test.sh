#!/bin/bash
# The live page in a browser: events appear, move, count down and end, by mouse
# and by keyboard, on any screen; nothing comes from elsewhere, it comes back when
# the service does, and has a row for each partition.
. "$(dirname "$0")/../support/service.sh"

support=$(cd "$(dirname "$0")/../support" && pwd)
browser_pid=
trap 'end_browser; clean_up' EXIT

# It and all that it has started are a group of their own.
end_browser() {
    [[ -z $browser_pid ]] || kill -KILL -- "-$browser_pid" 2>/dev/null
}

is_listening() {
    grep -q 'listening address=' "$here/page.log"
}

start_redis
configure page instanceName='"<i>page</i>"' denmLastUpdateMaxDelay=1500 \
    timeAfterCollision=1 health='{"listen": "127.0.0.1:0"}'
start_service page
await 30 is_listening || fail "it does not listen"
address=$(sed -n 's/.* listening address=//p' "$here/page.log")
# The same service once more, with partitions.
configure page instanceName='"<i>page</i>"' \
    health="{\"listen\": \"$address\"}" redis='{
        "partitions": 3, "connection": {"protocol": 2, '"$redis_socket"'},
        "streams": {
            "inputs": {"crashPrediction": {"streamId": "page:{p}:in"},
                "client": {"streamId": "page:{p}:client"}},
            "outputs": {"client": {"streamId": "page:{p}:out"}}}}'
simulate --realtime --seconds 300 &
started[$!]=simulator

cd "$here" || exit 73
coproc browser {
    exec env TMPDIR="$here" HOME="$here" setsid "$support/live_page" \
        "$address" 2>browser.err
}
browser_pid=$browser_PID
exec {answers}<&"${browser[0]}" {requests}>&"${browser[1]}"
while read -r line <&"$answers"; do
    case $line in
    stop) stop_service ;;
    start) start_service page ;;
    fill) simulate --arrays 2 --targets 6 --references 1 ;;
    *) echo "$line"; continue ;;
    esac
    echo "done" >&"$requests"
done
wait "$browser_pid" || fail "$(cat browser.err)"
