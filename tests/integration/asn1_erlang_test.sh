#!/bin/sh
# Erlang's asn1 compiler, given our modules, reads the same out of the vectors
# as our codec does, in both releases.
#
#   asn1_erlang_test.sh BUILD_DIR
set -eu

build=$(cd "${1:?usage: asn1_erlang_test.sh BUILD_DIR}" && pwd)
tests=$(cd "$(dirname "$0")/.." && pwd)
fields=$(find "$build" -name asn1_fields -type f)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ERLANG_DENM_DIR="$build/erlang"

for release in r1 r2; do
    sed 's/^{"uper":"\([0-9a-f]*\)".*/\1/' \
        "$tests/vectors/denm_$release.ndjson" >"$work/hex"
    "$fields" $release <"$work/hex" >"$work/ours"
    "$tests/support/erlang_denm" $release <"$work/hex" |
        sed 's/,"preCrash":.*/}/' >"$work/theirs"
    [ "$(wc -l <"$work/ours")" = 100 ]
    diff "$work/ours" "$work/theirs"
done
