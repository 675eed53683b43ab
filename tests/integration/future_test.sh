#!/bin/bash
# What later versions add does no harm: of messages of modules that are widened
# at every extension marker, encoded by Erlang, our codec reads all that it
# knows, counts what it does not, and mistakes nothing behind it.
#
#   future_test.sh BUILD_DIR [COUNT [SEED]]
#
# COUNT messages of each release and number of additions. And a receiver of
# EN 302 637-3 reads messages of TS 103 831.
set -euo pipefail

build=$(cd "${1:?usage: future_test.sh BUILD_DIR [COUNT [SEED]]}" && pwd)
count=${2:-1000}
seed=${3:-1}
tests=$(cd "$(dirname "$0")/.." && pwd)
bin=$build/tests/integration
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ERLANG_DENM_DIR="$build/erlang"
# shellcheck source=tests/support/compare.sh
. "$tests/support/compare.sh"

# The widened modules, made anew only if they would be others.
widen() {
    local folder=$1 release=$2 additions=$3
    "$tests/support/widen_asn1" "$additions" "$work/modules" \
        "$tests/../asn1/$release"/*.asn
    diff -rq "$work/modules" "$folder" >/dev/null 2>&1 || {
        rm -rf "$folder"
        mkdir -p "$ERLANG_DENM_DIR"
        cp -r "$work/modules" "$folder"
    }
    rm -r "$work/modules"
}

# A random message has one or more unknown parts.
later_version() {
    local release=$1 additions=$2 complete=()
    local folder=$ERLANG_DENM_DIR/${release}_with_$additions
    ((count < 1000)) || complete=(--complete)
    widen "$folder" "$release" "$additions"
    echo "$release with $additions additions, $count messages, seed $seed:"
    "$bin/random_denm" "$release" --seed "$seed" --count "$count" \
        --future "$additions" "${complete[@]}" >"$work/messages"
    [[ $(wc -l <"$work/messages") == "$count" ]]
    cut -f 1 "$work/messages" >"$work/given"
    cut -f 2- "$work/messages" >"$work/expected"
    "$tests/support/erlang_jer" jer "$release" "$folder" \
        <"$work/given" >"$work/uper"
    "$bin/recode_denm" decode "$release" <"$work/uper" >"$work/jer" || true
    compare "$release with $additions additions" "$work/given" \
        "$work/expected" "$work/jer"
}

# Header and management container, by the names of Release 1.
beginning() {
    sed -e 's/"messageId"/"messageID"/; s/tationId"/tationID"/g' \
        -e 's/"actionId"/"actionID"/' \
        -e 's/"awarenessDistance"/"relevanceDistance"/' \
        -e 's/"trafficDirection"/"relevanceTrafficDirection"/' \
        -e 's/sameAsReferenceDirection-upstreamOfReferencePosition/upstreamTraffic/' \
        -e 's/sameAsReferenceDirection-downstreamOfReferencePosition/downstreamTraffic/' \
        -e 's/oppositeToReferenceDirection/oppositeTraffic/' \
        -e 's/\("stationType":[0-9]*}\).*/\1/' "$1"
}

earlier_receiver() {
    echo "r2 read as r1, $count messages, seed $seed:"
    "$bin/random_denm" r2 --seed "$seed" --count "$count" 2>/dev/null |
        cut -f 2 >"$work/given"
    "$bin/recode_denm" encode r2 <"$work/given" >"$work/uper"
    "$bin/recode_denm" decode r1 <"$work/uper" >"$work/jer"
    beginning "$work/given" >"$work/expected"
    beginning "$work/jer" >"$work/found"
    grep -q '"relevanceTrafficDirection":"upstreamTraffic"' "$work/found"
    grep -q '[1-9]$' "$work/jer" # something that Release 1 does not know
    compare "r2 read as r1" "$work/given" "$work/expected" "$work/found"
}

for release in r1 r2; do
    for additions in 1 20; do
        later_version $release $additions
    done
done
earlier_receiver
