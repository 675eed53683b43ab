#!/bin/bash
# Every entry says the same in JSON and in UPER, as Wireshark and Erlang read
# it: what the scenes of the replay test, a simulated intersection, arrays of
# ten targets, and arrays with every member that they can have, give in each
# release.
#
#   codec_entries_test.sh BUILD_DIR
set -u

build=$1
tests=$(cd "$(dirname "$0")/.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

fail() {
    echo "FAILED: $*"
    exit 1
}

# take RELEASE SCENE FILE: adds what the scene gives to the file.
take() {
    printf '{"stationId": 4294967295, "denm": {"release": "%s"}}' "$1" \
        >"$here/config.json"
    "$build/bin/stepden" --replay "$here/$2" --config "$here/config.json" \
        >"$here/entries" 2>"$here/errors"
    [[ -s $here/entries ]] || fail "$2 gave nothing: $(cat "$here/errors")"
    cat "$here/entries" >>"$here/$3"
    echo "$2 in $1: $(wc -l <"$here/entries") entries"
}

awk -f "$tests/integration/replay/scenes.awk" >"$here/scenes"
awk -f "$tests/integration/codec_entries.awk" >"$here/full"
"$build/bin/stepden-simulator" --seconds 20 >"$here/intersection" 2>/dev/null
"$build/bin/stepden-simulator" --arrays 100 --targets 10 >"$here/load" \
    2>/dev/null

# agree [r1] < entries
agree() {
    "$tests/support/denm_check" "$build" "$@"
}

take r1+r2 scenes all
take r1+r2 intersection all
take r1+r2 load all
take r2 full all
take r1+r2 full all
take r1 full r1
agree <"$here/all" || fail "they do not agree"
agree r1 <"$here/r1" || fail "they do not agree in r1"

# A check that finds nothing wrong has to be one that finds what is wrong.
for change in '1s/"latitude":/&1/' '2s/"sequenceNumber":/&1/' \
    '3s/"detectionTime":"20/&3/' '5s/"uper":"0201/&ff/'; do
    sed -n "1,5{$change;p}" "$here/all" | agree >/dev/null 2>&1 &&
        fail "$change was not found"
done

agree <"$here/r1" >/dev/null 2>&1 && fail "no extension in UPER was not found"
agree r1 <"$here/all" >/dev/null 2>&1 && fail "extensions in r1 were not found"

# Members of the extensions in UPER, and what falsifies them in JSON.
cat >"$here/changes" <<'END'
container s/,"preCrashContainer":.*}}},"uper"/}},"uper"/
objectId s/"objectId":/&1/
measurementDeltaTime s/"measurementDeltaTime":-*/&1/
x s/\("position":{[^}]*"longitude":[-0-9.]*\)[0-9][0-9],/\100,/
x s/"semiMajorAxisLengthConfidence":[0-9]*/&1/
y s/\("position":{"latitude":[-0-9.]*\)[0-9][0-9],/\100,/
z s/"eventPosition":{/&"altitude":{"value":5},/
velocityMagnitude s/"perceivedObject":.*"speed":{"value":/&1/
velocityMagnitude s/"perceivedObject":.*"speed":{[^}]*"confidence":/&1/
velocityDirection s/"perceivedObject":.*"heading":{"value":/&1/
velocityDirection s/"perceivedObject":.*"heading":{[^}]*"confidence":/&1/
objectDimensionX s/"objectDimensionX":{"value":[0-9]*,"confidence":/&1/
objectDimensionY s/"objectDimensionY":{"value":/&1/
objectDimensionZ s/"objectDimensionZ":{"value":/&1/
objectPerceptionQuality s/"objectPerceptionQuality":/&1/
classification s/"classification":{"stationType":"[A-Za-z]*"/"classification":{"stationType":"animal"/
objectStationId s/"stationIdInvolved":/&1/
timeToCollision s/"timeToCollision":/&1/
impactSection s/"impactSection":"/&a/
estimatedBrakingDistance s/"estimatedBrakingDistance":/&1/
predictedPaths s/,"predictedPaths":.*"confidenceLevel":[0-9]*}\]//
predictedPaths s/"pathPredicted":\[{"deltaLatitude":-*/&1/
predictedPaths s/"pathPredicted":\[{[^}]*"deltaLongitude":-*/&1/
predictedPaths s/"pathDeltaTime":/&1/
predictedPaths s/,{"deltaLatitude":[^}]*}],"usageIndication"/],"usageIndication"/
predictedPaths s/"usageIndication":"/&a/
predictedPaths s/"confidenceLevel":1/&1/
END
whole='"pathDeltaTime":.*},{.*"pathDeltaTime":.*"objectId":.*"measurementDeltaTime":.*"timeToCollision":[0-9]\{4\},"impactSection"'
entry=$(grep "$whole" "$here/all" | tail -n 1)
while read -r _ change; do
    sed "$change" <<<"$entry"
done <"$here/changes" >"$here/falsified"
agree <"$here/falsified" 2>&1 >/dev/null |
    awk -F ': ' '$1 == "preCrash" && !name { name = $2 }
        $1 == "predictedPaths" && !name { name = $1 }
        /^line / { print name; name = "" }' >"$here/found"
cut -d ' ' -f 1 "$here/changes" | diff - "$here/found" ||
    fail "falsified members of extensions were not found"
echo "ok: what is wrong is found"
