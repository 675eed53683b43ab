#!/bin/bash
# The demo ends well, says where its live page is, and shows whole lives.
set -u
shown=$(NO_COLOR=1 "$(dirname "$0")/../../tools/demo" --seconds 5 --build "$1") ||
    { echo "$shown"; exit 1; }
echo "$shown"
for sight in '^live page  *http://127.0.0.1:[1-9]' ' trigger ' ' update ' ' cancellation ' '^failed  *0$' \
    '^still alive  *0$'; do
    grep -q "$sight" <<<"$shown" || { echo "FAILED: no line $sight"; exit 1; }
done
