#!/bin/bash
# 20,000 documents that are nearly right: what our readers say of them is what
# another validator says, by the schemas as they are published.
#
#   mutation_test.sh BUILD_DIR [SEED]
#
# With another seed, other documents.
set -eu
build=${1:?usage: mutation_test.sh BUILD_DIR [SEED]}
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

"$build/bin/stepden" --conf_schema "$here/config.json"
"$build/gen/schemac/stepden-schemac" --bundle "$here/array.json" \
    "$source/schemas/station_collision_array.v1.schema.json"
"$source/tests/support/mutate" "${2:-1}" 20000 \
    "$build/tests/integration/read_verdicts" \
    "$here/config.json" "$here/array.json"
