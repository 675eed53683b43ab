#!/bin/bash
# What is installed compiles schemas of others: the first record of gen/README.md
# by CMake and by plain commands, the validator of gen/validators.md, records
# that refer to each other, C++.
#
#   schemac_test.sh BUILD_DIR
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT
trap 'exit 143' TERM INT HUP

fail() {
    echo "FAILED: $*"
    cat "$here/log" 2>/dev/null
    exit 1
}

# block LANGUAGE [PAGE]: the code block of the page in that language.
block() {
    awk -v fence="\`\`\`$1" '$0 == fence { inside = 1; next }
        /^```/ { inside = 0 }
        inside' "$root/gen/${2-README.md}"
}

# told PROGRAM [PAGE NAME]: it does what the page says of ./NAME.
told() {
    block console "${2-README.md}" >said
    while IFS= read -r line; do
        if [[ $line == '$ '* ]]; then
            echo "$line"
            eval "${line/"\$ ./${3-sensor}"/"$1"}"
        fi
    done <said >does
    diff said does || fail "$1 does not do what the page says"
    echo "ok: $1"
}

cmake --install "$1" --prefix "$here/first" >"$here/log" 2>&1 ||
    fail "cmake --install"
prefix=$here/moved
mv "$here/first" "$prefix" || fail "the tree cannot be moved"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name stepden-json.pc)")
export PKG_CONFIG_PATH PATH=$prefix/bin:$PATH

mkdir "$here/plain" "$here/with cmake" && cd "$here/plain" || fail "mkdir"
block json >sensor.schema.json
block c >main.c
block sh >commands
sh -e commands >"$here/log" 2>&1 || fail "the commands of the page"
told ./sensor

block jsonc >light.schema.json
block cpp >said
stepden-schemac --prefix acme --header light.h light.schema.json ||
    fail "the light"
grep -vxFf light.h said && fail "not in the header of the light"
echo "ok: what the light is in C"

mkdir "$here/validator" && cd "$here/validator" || fail "mkdir"
block json validators.md >order.json
block c validators.md >main.c
block sh validators.md >commands
sh -e commands >"$here/log" 2>&1 || fail "the commands of validators.md"
told ./order validators.md order

cd "$here/with cmake" || fail "cd"
cp ../plain/sensor.schema.json ../plain/main.c . || fail cp
cat >TwoSensors.v1.json <<'END'
{
  "title": "Two sensors",
  "type": "object",
  "required": ["first"],
  "properties": {
    "first": {"$ref": "sensor.schema.json"},
    "second": {"$ref": "https://acme.example/schemas/sensor.schema.json"},
    "mark": {"$ref": "parts.json#/$defs/short"}
  }
}
END
echo '{"$defs": {"short": {"type": "string", "maxLength": 3}}}' >parts.json
mkdir units && echo '{"format": "unit", "maxLength": 3}' >units/short.json
cat >by_uri.json <<'END'
{
  "allOf": [{"$ref": "https://acme.example/schemas/sensor.schema.json"}],
  "properties": {"name": {"$ref": "https://acme.example/units/short.json"}}
}
END
cat >two.cpp <<'END'
#include <cstdio>
#include <cstring>
#include <acme/wire/sensor_validate.h>
#include <acme/wire/two_sensors.h>
#include <stepden/json/reader.h>
#include <stepden/json/writer.h>

int main()
{
    static acme_two_sensors value;
    static char json[ACME_TWO_SENSORS_JSON_MAX + 1];

    if (acme_two_sensors_read(&value, acme_two_sensors_template,
                              std::strlen(acme_two_sensors_template), nullptr))
        return 1;
    acme_two_sensors_write(json, sizeof(json) - 1, &value);
    std::puts(json);
    if (acme_sensor_validate("{}", 2, nullptr) != STEPDEN_ERR_INVALID)
        return 1;
    return std::strstr(acme_two_sensors_schema, "Two sensors") == nullptr;
}
END
{
    block cmake
    cat <<'END'
enable_language(CXX)
add_library(wire)
stepden_schemac(wire sensor.schema.json TwoSensors.v1.json parts.json
  PREFIX acme INCLUDE acme/wire EMBED DOCUMENTS documents
  MAP https://acme.example/schemas=.)
stepden_schemac(wire sensor.schema.json
  PREFIX acme INCLUDE acme/wire VALIDATOR)
stepden_schemac(wire by_uri.json PREFIX acme VALIDATOR FORMAT_ANNOTATION
  MAP https://acme.example/schemas=. https://acme.example/units=units)
target_compile_options(wire PRIVATE -Wall -Wextra -Wconversion -Werror)
add_executable(two two.cpp)
target_compile_options(two PRIVATE -Wall -Wextra -Wpedantic -Werror)
set_target_properties(two PROPERTIES CXX_STANDARD 11)
target_link_libraries(two wire)
END
} >CMakeLists.txt
# refuses MESSAGE ARGUMENT...: such a call of stepden_schemac, in configuring.
functions=$(find "$prefix" -name stepdenSchemac.cmake)
refuses() {
    printf 'include("%s")\nstepden_schemac(%s)\n' "$functions" "${*:2}" \
        >call.cmake
    cmake -P call.cmake >"$here/log" 2>&1 && fail "not refused: ${*:2}"
    grep -qF "stepden_schemac(wire): $1" "$here/log" || fail "${*:2}"
}
refuses "PREFX is neither a keyword nor a file" \
    wire sensor.schema.json PREFX acme
refuses "none.json is neither a keyword nor a file" wire none.json
refuses "a value is missing after PREFIX" wire sensor.schema.json PREFIX
refuses "a schema is missing" wire PREFIX acme
echo "ok: a call that is wrong ends the configuration"

# builds GENERATOR FOLDER: by it, and anew only what has to be.
builds() {
    {
        cmake -G "$1" -S . -B "$2" -DCMAKE_PREFIX_PATH="$prefix" &&
            cmake --build "$2"
    } >"$here/log" 2>&1 || fail "with $1"
    touch sensor.schema.json
    for often in 5 0; do # both records of it, both validators, the sensor's
        cmake --build "$2" >"$here/log" 2>&1 || fail "again with $1"
        [[ $(grep -c 'Compiling schema' "$here/log") == "$often" ]] ||
            fail "$1: not compiled $often times"
    done
    echo "ok: $1"
}
builds "Unix Makefiles" make
builds Ninja build
told build/sensor
found=$(build/two) || fail "two: $?"
[[ $found == '{"first":{"name":"-","interval":5}}' ]] || fail "two: $found"
echo "ok: a record of another file, and a validator, in C++"

for ending in schema.json json md man; do
    [[ -s build/documents/two_sensors.$ending ]] || fail "no $ending"
done
cmp -s build/documents/two_sensors.json make/documents/two_sensors.json ||
    fail "the documents depend on the folder"
echo "ok: its documents"

sed -i 's/"default": 5/"default": 6/' sensor.schema.json
cmake --build build >"$here/log" 2>&1 || fail "again with CMake"
found=$(build/two)
[[ $found == '{"first":{"name":"-","interval":6}}' ]] ||
    fail "a schema that has changed is not compiled again: $found"
echo "ok: a schema is compiled again when one changes that it refers to"
