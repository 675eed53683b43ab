#!/bin/bash
# What is installed is hardened: programs are position-independent, nothing that
# is loaded can be written afterwards where calls go through, no stack is
# executable, and the compiler's checks are in.
#
#   hardening_test.sh BUILD_DIR
set -u

build=$1
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-hardening.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
cmake --install "$build" --prefix "$here" >"$here/log" 2>&1 ||
    { cat "$here/log"; exit 1; }
failed=0

# has FILE WHAT PATTERN: something that readelf says of it.
has() {
    grep -qE "$3" "$here/elf" || { echo "FAILED: $1: no $2"; failed=1; }
}

lacks() {
    ! grep -qE "$3" "$here/elf" || { echo "FAILED: $1: $2"; failed=1; }
}

# examine FILE: what every file has that is loaded.
examine() {
    readelf --wide --file-header --program-headers --dynamic --dyn-syms "$1" \
        >"$here/elf"
    has "$1" "position-independent code" 'Type: +DYN'
    has "$1" "RELRO" 'GNU_RELRO'
    has "$1" "immediate binding" 'FLAGS.* (BIND_)?NOW'
    has "$1" "stack that is marked" 'GNU_STACK'
    lacks "$1" "a stack that is executable" 'GNU_STACK.* RWE '
    lacks "$1" "relocations in its code" 'TEXTREL'
    lacks "$1" "a path of the build" 'R(UN)?PATH'
    has "$1" "stack protector" '__stack_chk_fail'
    has "$1" "fortified call" '_chk@'
}

# Whether the call targets of all objects of an archive are marked. Those of a
# whole program need the system's start files to be, too.
examine_archive() {
    [[ $(uname -m) == x86_64 ]] || return
    readelf --notes --wide "$1" >"$here/elf" 2>/dev/null
    (($(grep -c '^File: ' "$here/elf") == \
        $(grep -c 'x86 feature: IBT, SHSTK' "$here/elf"))) ||
        { echo "FAILED: $1: an object without control-flow protection"; failed=1; }
}

count=0
while read -r file; do
    case $file in
    *.a) examine_archive "$file" ;;
    *) examine "$file" ;;
    esac
    count=$((count + 1))
done < <(find "$here/bin" "$here"/lib* -type f \
    \( -path '*/bin/*' -o -name '*.so.*' -o -name '*.a' \))
((count >= 8)) || { echo "FAILED: only $count files"; failed=1; }
((failed)) || echo "ok: $count files"
exit $failed
