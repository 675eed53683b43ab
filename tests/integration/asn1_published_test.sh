#!/bin/sh
# ETSI's own module files in place of ours give the same codec.
#
#   asn1_published_test.sh BUILD_DIR [R1_FOLDER [R2_FOLDER]]
#
# The folders hold the published *.asn files of a release: for release 1 the
# modules DENM-PDU-Descriptions and ITS-Container, for release 2
# DENM-PDU-Description and ETSI-ITS-CDD. Without them, our own files stand in,
# disguised: other file names, long comments, bytes that are not UTF-8, CR LF,
# types that nobody reaches, units as ETSI writes them. Names of numbers may
# differ; then the codec is built and has to pass the vectors. Units may differ
# too, since they are comments; all else in the notes may not.
set -eu

build=$(cd "${1:?usage: asn1_published_test.sh BUILD_DIR}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")

fail() {
    echo "FAILED: $1"
    exit 1
}

make_tree() {
    for part in CMakeLists.txt LICENSE asn1 docs gen include schemas src tests \
        tools; do
        cp -R "$root/$part" "$work/"
    done
}

# stdin: one of our modules; stdout: the same as if published by others.
disguise() {
    awk '
    /^-- Unit: / {
        unit = substr($0, 10)
        sub(/\.$/, "", unit)
        while (match(unit, /[0-9]\.[0-9]/))
            unit = substr(unit, 1, RSTART) "," substr(unit, RSTART + 2)
        next
    }
    /^[A-Z][A-Za-z0-9-]* *::=/ {
        print "/**"
        if (unit != "")
            print " * @unit: " unit
        unit = ""
        print " * Stra\337e, \2535 \265m\273, \223quoted\224 -- \"{[( ::= END"
        print " * /* nested */ @revision: created in V1.2.1"
        print "*/"
    }
    /^END/ {
        print "Unreached{INTEGER: max} ::= SEQUENCE (SIZE(1..max)) OF NULL"
        print "UNREACHED ::= CLASS {&id INTEGER UNIQUE} WITH SYNTAX {ID &id}"
        print "unreached UNREACHED ::= {ID 5} -- \251 --"
        print "Unreached2 ::= SET {a [0] REAL, b UNREACHED.&id}"
    }
    { print }
    END { print "-- \344\366\374" }' | sed 's/$/\r/'
}

# Release, and the folder of its published files or nothing.
replace_modules() {
    rm "$work/asn1/$1"/*.asn
    if [ -n "$2" ]; then
        cp "$2"/*.asn "$work/asn1/$1/"
        return
    fi
    number=9
    for module in "$root/asn1/$1"/*.asn; do
        disguise <"$module" >"$work/asn1/$1/TS_$number.asn"
        number=$((number - 1))
    done
}

configure() {
    cmake -G Ninja -S "$work" -B "$work/build" \
        -DCMAKE_C_COMPILER="$compiler" >"$work/log" 2>&1
}

check_vectors() {
    cmake --build "$work/build" --target unit_codec_uper_vectors >"$work/log" 2>&1 ||
        fail "it does not compile: $(tail -n 20 "$work/log")"
    (cd "$work/build" && ctest -R '^unit/codec/uper_vectors$' \
        --no-tests=error --output-on-failure) || fail "the vectors"
}

# Release, and the folder of its published files or nothing: ours in disguise
# have our units too.
check_notes() {
    units='/\.unit = /d'
    if [ -z "$2" ]; then units=; fi
    sed "$units" "$build/asn1/generated/$1_notes.c" >"$work/notes"
    sed "$units" "$work/build/asn1/generated/$1_notes.c" |
        diff "$work/notes" - || fail "the notes on $1 are not the same"
}

make_tree
replace_modules r1 "${2:-}"
replace_modules r2 "${3:-}"
configure || fail "it does not configure: $(cat "$work/log")"
if diff -r -x '*_notes.c' "$build/asn1/generated" "$work/build/asn1/generated"
then
    echo "the generated code is the same"
    check_notes R1 "${2:-}"
    check_notes R2 "${3:-}"
else
    check_vectors
fi

# Beside ours, the same module is refused, and both files are named.
for module in "$root/asn1/r2"/*.asn; do
    cp "$module" "$work/asn1/r2/again_$(basename "$module")"
done
if configure; then fail "a module that is there twice is not refused"; fi
grep -q 'duplicate module' "$work/log" || fail "$(cat "$work/log")"
