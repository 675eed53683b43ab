#!/bin/bash
# Traps of the tools that stepden is built with.
set -u

build=${1:?usage: traps_build.sh BUILD_DIR FUNCTION}
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# Published modules have comments in Latin-1 here and there.
trap_17_modules_may_have_other_bytes_than_utf_8() {
    prepare odd $'Verkehrsunf\xe4lle'
    prepare even Verkehrsunfaelle
    cmp "$here/odd.out" "$here/even.out" || fail "a comment makes a difference"
    grep -q 'INTEGER *(0 *\.\. *7)' "$here/odd.out" ||
        fail "the type has gone: $(<"$here/odd.out")"
}

# prepare NAME COMMENT: NAME.out of a module with that comment.
prepare() {
    cat >"$here/$1.asn" <<END_OF_MODULE
Odd DEFINITIONS AUTOMATIC TAGS ::= BEGIN -- $2
Root ::= SEQUENCE { /* $2 */ a INTEGER (0..7) }
END
END_OF_MODULE
    "$build/bin/asn1prep" --prefix X --root Root --output "$here/$1.out" \
        "$here/$1.asn" || fail "$1 is refused"
}

# asn1c's check of constraints goes round in circles on some types (its issue
# 410). What is ours uses asn1c's tables, but checks by itself.
trap_18_asn1c_checks_no_constraints() {
    local module
    for module in codec denm; do
        nm -u "$build/src/libstepden_$module.a" || fail "no module $module"
    done >"$here/used"
    grep -q asn_DEF_ "$here/used" || fail "not even its tables are used"
    ! grep -E 'asn_check_constraints|_constraint$' "$here/used" ||
        fail "asn1c checks constraints"
}

"$2"
