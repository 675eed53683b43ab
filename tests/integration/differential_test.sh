#!/bin/bash
# Our codec and Erlang's asn1 compiler, an independent one, make the same UPER
# of random messages and of the vectors, and read each other's.
#
#   differential_test.sh BUILD_DIR [COUNT [SEED]]
#
# COUNT messages of each release; from 1000 on they must cover everything that
# the grammar has: members, alternatives, items, bounds. By hand, a long run is
#
#   tests/integration/differential_test.sh build/release 100000 $RANDOM
#
# No field is exempt. What Erlang has to be helped with is in
# support/erlang_modules.sh and support/erlang_jer. Both sides are given named
# bits with more or fewer trailing zeros than they have to send (X.691, clause
# 16.3), and DEFAULT values, which they have to leave out (clause 19.5).
set -euo pipefail

build=$(cd "${1:?usage: differential_test.sh BUILD_DIR [COUNT [SEED]]}" && pwd)
count=${2:-1000}
seed=${3:-1}
tests=$(cd "$(dirname "$0")/.." && pwd)
bin=$build/tests/integration
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ERLANG_DENM_DIR="$build/erlang"
# shellcheck source=tests/support/compare.sh
. "$tests/support/compare.sh"

# What a codec refuses is a line that differs.
erlang() { "$tests/support/erlang_jer" "$@" || true; }
ours() { "$bin/recode_denm" "$@" || true; }

# given, expected: JER as it is read, and as it is written after that.
exchange() {
    local release=$1 what=$2
    erlang jer "$release" <"$work/given" >"$work/theirs"
    ours encode "$release" <"$work/given" >"$work/uper"
    compare "$what: UPER" "$work/given" "$work/theirs" "$work/uper"
    ours decode "$release" <"$work/theirs" >"$work/jer"
    compare "$what: JER" "$work/given" "$work/expected" "$work/jer"
    erlang uper "$release" <"$work/uper" >"$work/again"
    compare "$what: UPER again" "$work/given" "$work/uper" "$work/again"
}

random_messages() {
    local release=$1 complete=()
    ((count < 1000)) || complete=(--complete)
    echo "$release, $count messages, seed $seed:"
    "$bin/random_denm" "$release" --seed "$seed" --count "$count" \
        "${complete[@]}" >"$work/messages"
    [[ $(wc -l <"$work/messages") == "$count" ]]
    cut -f 1 "$work/messages" >"$work/given"
    cut -f 2- "$work/messages" >"$work/expected"
    exchange "$release" "$release"
}

# The JER of the vectors has another order than ours.
vectors() {
    local release=$1 file=$tests/vectors/denm_$1.ndjson
    sed 's/^{"uper":"\([0-9a-f]*\)".*/\1/' "$file" >"$work/vectors"
    sed 's/^{"uper":"[0-9a-f]*","jer":\(.*\)}$/\1/' "$file" >"$work/given"
    [[ $(wc -l <"$work/given") == 100 ]]
    ours decode "$release" <"$work/vectors" >"$work/expected"
    exchange "$release" "$release vectors"
    compare "$release vectors" "$work/given" "$work/vectors" "$work/uper"
}

for release in r1 r2; do
    random_messages $release
    vectors $release
done
