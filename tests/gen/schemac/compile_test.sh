#!/bin/sh
# What schemac writes compiles without warnings.
#
#   compile_test.sh SCHEMAC INCLUDE
#
# INCLUDE is the folder of the runtime's headers.
set -u

schemac=${1:?usage: compile_test.sh SCHEMAC INCLUDE}
include=${2:?usage: compile_test.sh SCHEMAC INCLUDE}
cd "$(dirname "$0")/good" || exit 1
schemas=$(cd ../../../../schemas && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# Each header where its source looks for it.
for source in *.c; do
    header=$(sed -n 's/^#include <\(.*\)>$/\1/p' "$source" | head -n 1)
    mkdir -p "$work/$(dirname "$header")"
    cp "${source%.c}.h" "$work/$header"
done
# What is referred to has the prefix of what refers to it.
for name in names basics whole; do
    "$schemac" --prefix acme --include acme/wire \
        --header "$work/acme/wire/$name.h" $name.v1.schema.json || failed=1
done
"$schemac" --header "$work/stepden/records/wheel.h" parts/wheel.schema.json ||
    failed=1
# Its schema is longer than a literal may be.
for name in common config; do
    "$schemac" --header "$work/stepden/records/$name.h" \
        "$schemas/$name.v1.schema.json" || failed=1
done
"$schemac" --embed --source "$work/config.c" "$schemas/config.v1.schema.json" ||
    failed=1
for source in *.c "$work/config.c"; do
    for compiler in gcc clang; do
        "$compiler" -std=c11 -O1 -Wall -Wextra -Wconversion -Wshadow \
            -Wpedantic -Werror -I "$work" -I "$include" -c -o "$work/out.o" \
            "$source" || failed=1
    done
done
# Headers are for C++ too.
for header in *.h; do
    g++ -std=c++17 -Wall -Wextra -Wshadow -Wpedantic -Werror -I "$work" \
        -I "$include" -include "$header" -x c++ -fsyntax-only /dev/null ||
        failed=1
done
exit $failed
