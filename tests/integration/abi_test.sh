#!/bin/bash
# The ABI of the shared libraries is the one that tests/integration/abi says:
# soname and version, the names that are exported, which are those that their
# headers declare, and the sizes of the structs that programs have by value.
#
#   abi_test.sh BUILD_DIR [--update]     --update writes the lists anew
set -u

build=$(cd "$1" && pwd)
update=${2-}
root=$(cd "$(dirname "$0")/../.." && pwd)
lists=$root/tests/integration/abi
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-abi.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

# exported LIBRARY: the names, and the version that they have.
exported() {
    nm -D --defined-only --with-symbol-versions "$1" |
        awk '$2 != "A" {sub("@@", " "); print $3, $4}' | LC_ALL=C sort
}

# sizes HEADER...: of the structs that are defined there, on a machine of 64
# bits.
sizes() {
    {
        printf '#include <stdio.h>\n'
        printf '#include "%s"\n' "$@"
        printf 'int main(void) {\n'
        sed -n 's/^struct \(stepden_[a-z0-9_]*\) {$/\1/p' "$@" | LC_ALL=C sort |
            sed 's/.*/printf("struct & %zu\\n", sizeof(struct &));/'
        printf '}\n'
    } >"$here/sizes.c"
    cc -I"$root/include" -I"$build/schemas/include" -o "$here/sizes" \
        "$here/sizes.c" && "$here/sizes"
}

# declared HEADER...: what is STEPDEN_API there.
declared() {
    cat "$@" | grep -v '^#' | tr '\n' ' ' | grep -oE 'STEPDEN_API [^;]*;' |
        sed -E 's/[^([]* \**([a-z0-9_]+)[([].*/\1/' | LC_ALL=C sort
}

# check NAME HEADER...
check() {
    local name=$1 library=$build/src/lib$1.so
    shift
    exported "$library" >"$here/exported"
    readelf -d "$library" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p' >"$here/found"
    cut -d ' ' -f 2 "$here/exported" | sort -u >>"$here/found"
    cut -d ' ' -f 1 "$here/exported" >"$here/names"
    cat "$here/names" >>"$here/found"
    sizes "$@" >>"$here/found" || fail "the sizes of lib$name's structs"
    [[ $update != --update ]] || cp "$here/found" "$lists/lib$name.txt"
    diff -u "$lists/lib$name.txt" "$here/found" || fail "the ABI of lib$name
is not that of tests/integration/abi/lib$name.txt. If that is meant to be, run
    tests/integration/abi_test.sh BUILD_DIR --update
and when a release has this soname, and something was removed or has another
size, raise the minor number of the project's version in CMakeLists.txt first"
    declared "$@" | diff - "$here/names" ||
        fail "what lib$name exports is not what its headers declare"
    echo "ok: lib$name: $(wc -l <"$here/names") names," \
        "$(grep -c ^struct "$here/found") structs"
}

headers=("$build"/schemas/include/stepden/records/*.h)
for header in "$root"/include/stepden/*.h; do
    [[ $header == */redis.h ]] || headers+=("$header")
done
check stepden "${headers[@]}"
check stepden-redis "$root/include/stepden/redis.h"
exit $failed
