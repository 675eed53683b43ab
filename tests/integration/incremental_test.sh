#!/bin/bash
# Editing an .asn or a .schema.json and building again makes anew what depends
# on it, and nothing else. Works on a copy of the sources.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-incremental.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
trap 'exit 143' TERM INT HUP
source=$here/source
build=$here/build

fail() {
    echo "FAILED: $*"
    exit 1
}

build() {
    cmake --build "$build" >"$here/log" 2>&1 || {
        cat "$here/log"
        fail "the build after: $1"
    }
}

# edit WHAT FILE SED-SCRIPT: edits, and builds again.
edit() {
    local what=$1 file=$source/$2
    sleep 1.1
    touch "$here/before"
    sleep 0.1
    cp "$file" "$here/original"
    sed -i "$3" "$file"
    ! cmp -s "$file" "$here/original" || fail "$what: $2 is as it was"
    build "$what"
    echo "$what:"
}

# The files of a pattern that the last edit has made anew, by name.
made_anew() {
    find "$build" -newer "$here/before" -name "$1" -printf '%f\n' | sort
}

generated_anew() {
    find "$build/$1" -newer "$here/before" -name '*.[ch]' \
        -not -path '*/raw/*' -printf '%f\n' | sort | tr '\n' ' '
}

expect_only() {
    local what=$1 found=$2 pattern=$3 file
    [[ -n $found ]] || fail "$what: nothing"
    for file in $found; do
        [[ $file =~ ^($pattern)$ ]] || fail "$what: $file too"
    done
    echo "  $what: $found"
}

expect_none() {
    [[ -z $2 ]] || fail "$1: $2"
    echo "  $1: none"
}

mkdir "$source"
tar -C "$root" --exclude=./build --exclude=./.git -cf - . |
    tar -C "$source" -xf - || fail "the sources cannot be copied"
cmake -G Ninja -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=None \
    -DCMAKE_C_FLAGS=-O0 -DBUILD_TESTING=OFF >"$here/log" 2>&1 ||
    { cat "$here/log"; fail "configuring"; }
build "the first time"
build "nothing"
grep -q 'no work to do' "$here/log" || fail "a second build does something"
echo "a second build does nothing"

edit "a description in one schema" \
    schemas/station_collision_array.v1.schema.json \
    's/"One party of the collision."/"A party of the collision."/'
expect_only "generated" "$(generated_anew schemas)" \
    'station_collision_array\.[ch]'
expect_none "of the ASN.1 codec" "$(generated_anew asn1)"
expect_none "ASN.1 objects" "$(made_anew 'R[12]*.o')"
expect_none "objects of other records" "$(made_anew 'denm_data.c.o')"

edit "a limit in the common schema" schemas/common.v1.schema.json \
    's/"maximum": 16382/"maximum": 16381/'
expect_only "generated" "$(generated_anew schemas)" \
    '(common|denm_data|station_collision_array|den_record|config)\.[ch]'
for user in denm_data station_collision_array; do
    made_anew "$user.c.o" | grep -q . || fail "$user is not compiled again"
done
expect_none "ASN.1 objects" "$(made_anew 'R[12]*.o')"
expect_none "objects of other records" "$(made_anew 'cloud_event.c.o')"

module=asn1/r1/ITS-Container.asn
edit "a comment in a module" $module '1i -- A comment.'
expect_none "of the ASN.1 codec" "$(generated_anew asn1)"
expect_none "objects" "$(made_anew '*.o')"

edit "a named number in a module" $module \
    's/^\(SpeedConfidence ::= INTEGER {\)/\1 noticeable(50),/'
expect_only "of the ASN.1 codec" "$(generated_anew asn1)" \
    'R1SpeedConfidence\.[ch]|R1_notes\.c'
made_anew 'R1SpeedConfidence.c.o' | grep -q . ||
    fail "the type is not compiled again"
expect_none "objects of the other release" "$(made_anew 'R2*.o')"
expect_none "records" "$(generated_anew schemas)"

build "all of this"
grep -q 'no work to do' "$here/log" || fail "a last build does something"
echo "a last build does nothing"
