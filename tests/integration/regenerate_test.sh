#!/bin/bash
# Other revisions of the release 2 modules in asn1/r2: what is new and what is
# wider goes through JER and UPER without a change to the code; what has gone
# and is used stops the build, and is named. Works on a copy of the sources.
#
#   regenerate_test.sh BUILD_DIR
set -u

built=$(cd "${1:?usage: regenerate_test.sh BUILD_DIR}" && pwd) || exit 64
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-regenerate.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
trap 'exit 143' TERM INT HUP
source=$here/source
build=$here/build
messages=$source/asn1/r2/DENM-PDU-Description.asn
dictionary=$source/asn1/r2/ETSI-ITS-CDD.asn
old=$built/bin/denm
new=$build/bin/denm
# For a compiler cache to know the files of the last time.
export CCACHE_BASEDIR=$here CCACHE_NOHASHDIR=1

fail() {
    echo "FAILED: $*"
    exit 1
}

copy_sources() {
    mkdir "$source"
    tar -C "$root" --exclude=./build --exclude=./.git -cf - . |
        tar -C "$source" -xf - || fail "the sources cannot be copied"
}

configure() {
    local compiler
    compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$built/CMakeCache.txt")
    cmake -G Ninja -S "$source" -B "$build" -DCMAKE_C_COMPILER="$compiler" \
        -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS=-O0 -DBUILD_TESTING=OFF
}

# revise MODULE SED-SCRIPT
revise() {
    cp "$1" "$here/before"
    sed -i "$2" "$1"
    ! cmp -s "$1" "$here/before" || fail "$1 is as it was: $2"
}

# The tool, and the part of the service that fills in a DENM.
make() {
    cmake --build "$build" --target denm stepden_denm >"$here/log" 2>&1
}

# A DENM in JER, on one line, with this number of occupants, this traffic rule,
# and more of the management container.
write_jer() {
    tr -d '\n' <<END
{"header":{"protocolVersion":2,"messageId":1,"stationId":4711},"denm":{
"management":{"actionId":{"originatingStationId":4711,"sequenceNumber":7},
"detectionTime":701289948120,"referenceTime":701289948120,
"eventPosition":{"latitude":454642000,"longitude":91903000,
"positionConfidenceEllipse":{"semiMajorConfidence":4095,
"semiMinorConfidence":4095,"semiMajorOrientation":3601},
"altitude":{"altitudeValue":800001,"altitudeConfidence":"unavailable"}},
"stationType":15$3},
"situation":{"informationQuality":6,
"eventType":{"ccAndScc":{"collisionRisk97":4}}},
"location":{"detectionZonesToEventPosition":[[]]},
"alacarte":{"roadWorks":{"trafficFlowRule":"$2"},
"stationaryVehicle":{"numberOfOccupants":$1}}}}
END
    echo
}

# refuses WHAT PATTERN: the denm of before does not encode standard input.
refuses() {
    if "$old" encode >"$here/out" 2>&1; then
        fail "$1 was there before: $(cat "$here/out")"
    fi
    grep -q -- "$2" "$here/out" || fail "$1: $(cat "$here/out")"
    echo "ok: before, $1 is refused: $(head -n 1 "$here/out")"
}

# stops WHAT PATTERN...: the build stops, and a line has all of the patterns.
stops() {
    local what=$1 pattern
    shift
    if make; then fail "it builds without $what"; fi
    cp "$here/log" "$here/lines"
    for pattern in "$@"; do
        grep -- "$pattern" "$here/lines" >"$here/matches"
        mv "$here/matches" "$here/lines"
    done
    [[ -s $here/lines ]] || fail "$what: $(cat "$here/log")"
    echo "ok: without $what: $(head -n 1 "$here/lines")"
}

copy_sources
cp -R "$source/asn1/r2" "$here/r2"

# An addition, an item, a range.
revise "$messages" '/^ManagementContainer/,/^}/ {
    s/^    \.\.\.$/    ...,\n    -- Unit: 0.5 m.\n    passingDistance PassingDistance OPTIONAL/
}'
revise "$messages" 's/^-- True: seen by sensors/PassingDistance ::= INTEGER {far (200)} (0..200)\n\n&/'
revise "$dictionary" \
    '/^TrafficRule/,/^}/s/passToLeftOrRight (4)/&,\n    keepDistance (5)/'
revise "$dictionary" '/^NumberOfOccupants/s/(0\.\.127)/(0..255)/'
configure >"$here/log" 2>&1 || fail "it does not configure: $(cat "$here/log")"
make || fail "it does not build: $(tail -n 40 "$here/log")"

write_jer 200 keepDistance ',"passingDistance":3' >"$here/jer"
"$new" encode <"$here/jer" >"$here/uper" || fail "what is new is not encoded"
"$new" decode <"$here/uper" >"$here/again" || fail "it is not decoded"
cmp -s "$here/jer" "$here/again" || fail "not the same: $(cat "$here/again")"
echo "ok: what is new is encoded and decoded: $(cat "$here/uper")"

"$new" fields passingDistance >"$here/out" || fail "there is no field"
for pattern in '0\.\.200' '0\.5 m' PassingDistance; do
    grep -q "$pattern" "$here/out" || fail "fields: $(cat "$here/out")"
done
echo "ok: and listed: $(cat "$here/out")"
if write_jer 256 passToLeft "" | "$new" encode >"$here/out" 2>&1; then
    fail "256 occupants"
fi
echo "ok: beyond the new range: $(head -n 1 "$here/out")"

write_jer 127 passToLeft ',"passingDistance":3' |
    refuses "the addition" passingDistance
write_jer 127 keepDistance "" | refuses "the item" keepDistance
write_jer 200 passToLeft "" | refuses "the wider range" '200 .*127'

# An addition is none of the root: who does not know it steps over it.
without_occupants() { sed 's/,"stationaryVehicle":{[^}]*}//'; }
write_jer 127 passToLeft "" | without_occupants >"$here/jer"
write_jer 127 passToLeft ',"passingDistance":3' | without_occupants |
    "$new" encode | "$old" decode >"$here/out" || fail "the addition is refused"
cmp -s "$here/jer" "$here/out" || fail "the addition: $(cat "$here/out")"
echo "ok: before, the addition is skipped"

# What is used and has gone: a member, one whose type only it had, a container,
# a release.
cp "$here/r2"/* "$source/asn1/r2/"
revise "$messages" '/^    transmissionInterval /d'
stops "transmissionInterval" 'src/denm/management_wire\.c:' \
    'R2ManagementContainer_t' 'transmissionInterval'

cp "$here/r2"/* "$source/asn1/r2/"
revise "$messages" '/^    awarenessDistance /d'
stops "awarenessDistance" 'asn1/r2 has no StandardLength3b' \
    'src/denm/management_wire\.c'

cp "$here/r2"/* "$source/asn1/r2/"
revise "$messages" '/^        preCrash /d
    s/^\(        roadConfiguration .*OPTIONAL\),/\1/
    /^PreCrashContainer/,/^}/d'
stops "preCrash" 'asn1/r2 has no PreCrashContainer' \
    'src/denm/pre_crash_wire\.c'

rm "$source/asn1/r2/"*
stops "all of release 2" 'asn1/r2 has no \*\.asn file'
