#!/bin/bash
# The demo ends well, and shows whole lives.
set -u
shown=$(NO_COLOR=1 "$(dirname "$0")/../../tools/demo" --seconds 5 --build "$1") ||
    { echo "$shown"; exit 1; }
echo "$shown"
for sight in ' trigger ' ' update ' ' cancellation ' '^failed  *0$' \
    '^still alive  *0$'; do
    grep -q "$sight" <<<"$shown" || { echo "FAILED: no line $sight"; exit 1; }
done
