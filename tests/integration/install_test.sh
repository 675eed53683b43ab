#!/bin/bash
# What is installed can be used: programs outside the tree are built against it,
# with pkg-config (shared and static) and with CMake. One decodes a DENM, the
# others are the examples that come along. C++ can include every header and
# link. No symbol is in both libraries.
#
#   install_test.sh BUILD_DIR
set -u

build=$1
tests=$(cd "$(dirname "$0")/.." && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
redis_pid=
clean_up() {
    [[ -z $redis_pid ]] || kill "$redis_pid"
    rm -rf "$here"
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP
prefix=$here/moved

fail() {
    echo "FAILED: $*"
    cat "$here/log" 2>/dev/null
    exit 1
}

expect() {
    [[ $2 == "$3" ]] || fail "$1: $2 instead of $3"
    echo "ok: $1: $2"
}

cmake --install "$build" --prefix "$here/first" >"$here/log" 2>&1 ||
    fail "cmake --install"
mv "$here/first" "$prefix" || fail "the tree cannot be moved"
library=$(find "$prefix" -name libstepden.so)
libdir=$(dirname "$library")
[[ -n $library && -e $libdir/libstepden.a ]] || fail "a library is missing"
for program in stepden denm; do
    [[ -e $prefix/share/bash-completion/completions/$program ]] ||
        fail "no completion of $program"
done

# What the README says is installed.
told=$(sed -n '/^## Building and/,/^## Embed/s/[^`]*`\([^`]*\)`[^`]*/\1 /gp' \
    "$tests/../README.md" | tr '\n' ' ')
for file in "$prefix"/bin/* "$libdir"/*.a; do
    [[ " $told " == *" $(basename "$file" .a) "* ]] ||
        fail "the README does not name $(basename "$file")"
done

symbols() {
    nm --defined-only --extern-only "$libdir/$1" 2>/dev/null |
        awk 'NF == 3 {print $3}' | sort -u
}
expect "in both libraries" \
    "$(comm -12 <(symbols libstepden.a) <(symbols libstepden-redis.a))" ""
readelf -d "$library" | grep -E 'NEEDED.*(ssl|crypto|hiredis|ev|cares)' &&
    fail "libstepden.so needs what only Redis needs"

mkdir "$here/consumer" && cd "$here/consumer" || fail "mkdir"
for header in "$prefix"/include/stepden/*.h \
    "$prefix"/include/stepden/json/*.h "$prefix"/include/stepden/records/*.h; do
    echo "#include <${header#"$prefix/include/"}>"
done >headers
{
    cat headers - <<'END'
#include <stdio.h>

int main(int count, char **arguments)
{
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t size = 0;
    unsigned byte;
    struct stepden_denm_data denm;
    struct stepden_diag diag;

    if (count != 2)
        return 2;
    while (sscanf(arguments[1] + 2 * size, "%2x", &byte) == 1)
        bytes[size++] = (uint8_t)byte;
    if (stepden_denm_decode(&denm, bytes, size, STEPDEN_RELEASE_R1_R2, &diag)) {
        puts(diag.reason);
        return 1;
    }
    printf("%lu\n", (unsigned long)denm.station_id);
    return 0;
}
END
} >consumer.c
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(consumer C)
find_package(stepden REQUIRED)
add_executable(by_cmake consumer.c)
target_link_libraries(by_cmake stepden::stepden)
add_executable(by_cmake_static consumer.c)
target_link_libraries(by_cmake_static stepden::stepden_static)
add_executable(decode_by_cmake decode_denm.c)
target_link_libraries(decode_by_cmake stepden::stepden)
add_executable(example_by_cmake collision_warning.c)
target_link_libraries(example_by_cmake stepden::stepden)
find_package(stepden REQUIRED COMPONENTS redis)
add_executable(demo_by_cmake stream_demo.c)
target_link_libraries(demo_by_cmake stepden::redis)
add_executable(demo_by_cmake_static stream_demo.c)
target_link_libraries(demo_by_cmake_static stepden::redis_static)
END
{
    cat headers - <<'END'
#include <cstdlib>

int main()
{
    static stepden_config config;
    const stepden_den_sink sink = {};
    stepden_den *den;
    stepden_diag diag;

    stepden_config_init(&config);
    if (stepden_den_new(&den, &config, &sink, &diag) != STEPDEN_OK)
        return 1;
    stepden_den_free(den);
    char *text = stepden_config_text(&config);
    if (text == nullptr || *text != '{')
        return 1;
    std::free(text);
    return 0;
}
END
} >consumer.cpp
cat >redis.cpp <<'END'
#include <stepden/redis.h>

int main()
{
    stepden_redis_connection connection;
    stepden_redis_wanted wanted{};

    stepden_redis_connection_init(&connection);
    stepden_redis_free(nullptr);
    return connection.port != 6379 || wanted.count != 0;
}
END
examples=$prefix/share/doc/stepden/examples
cp -r "$examples"/*.c "$examples/own_records" . ||
    fail "an example is missing"
example() {
    LD_LIBRARY_PATH=$libdir "$1" "$examples/crossing.json" \
        <"$examples/crossing.txt" |
        diff "$tests/integration/example/expected.txt" - && echo same
}

# decodes PROGRAM: the example says which station the DENM is of.
decodes() {
    LD_LIBRARY_PATH=$libdir "$1" <<<"$vector" |
        sed -n 's/^station \([0-9]*\), .*/\1/p'
}

redis-server --port 0 --unixsocket "$here/redis.sock" --dir "$here" --save '' \
    --logfile "$here/redis.log" &
redis_pid=$!

# demo PROGRAM: a message goes round through it.
demo() {
    LD_LIBRARY_PATH=$libdir "$1" --redis "$here/redis.sock" --loop --count 1 |
        sed -n 's/^received: .*: message: //p'
}
hello='Hello, this is a message from the Demo!'

vector=$(sed -n '1s/^{"uper":"\([0-9a-f]*\)".*/\1/p' \
    "$tests/vectors/denm_r2.ndjson")
station=$(sed -n '1s/.*"stationId":\([0-9]*\)}.*/\1/p' \
    "$tests/vectors/denm_r2.ndjson")
[[ -n $vector && -n $station ]] || fail "no vector"

"$prefix/bin/denm" decode <<<"$vector" >decoded || fail "denm decode"
expect "with denm" "$(sed 's/.*"stationId":\([0-9]*\)},"denm".*/\1/' decoded)" \
    "$station"
expect "encoded again" "$("$prefix/bin/denm" encode decoded)" "$vector"
for page in man1/stepden.1 man1/denm.1 man5/stepden.json.5; do
    [[ -s $prefix/share/man/$page ]] || fail "no manual page $page"
done
for page in configuration library schemac/README schemac/validators; do
    [[ -s $prefix/share/doc/stepden/$page.md ]] || fail "no $page.md"
done

export PKG_CONFIG_PATH=$libdir/pkgconfig
# shellcheck disable=SC2046 # the words are options
cc -std=c11 -Wall -Wextra -Werror -o by_pkg_config consumer.c \
    $(pkg-config --cflags --libs stepden) >"$here/log" 2>&1 ||
    fail "with pkg-config"
expect "with pkg-config" \
    "$(LD_LIBRARY_PATH=$libdir ./by_pkg_config "$vector")" "$station"

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -o example collision_warning.c \
    $(pkg-config --cflags --libs stepden) >"$here/log" 2>&1 ||
    fail "the example with pkg-config"
expect "the example's output with pkg-config" "$(example ./example)" same

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -o decode decode_denm.c \
    $(pkg-config --cflags --libs stepden) >"$here/log" 2>&1 ||
    fail "decode_denm with pkg-config"
expect "decode_denm with pkg-config" "$(decodes ./decode)" "$station"

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -o demo stream_demo.c \
    $(pkg-config --cflags --libs stepden-redis) >"$here/log" 2>&1 ||
    fail "the stream demo with pkg-config"
expect "the stream demo with pkg-config" "$(demo ./demo)" "$hello"

for standard in c++11 c++20; do
    # shellcheck disable=SC2046
    g++ -std=$standard -Wall -Wextra -Wpedantic -Werror -o by_cpp \
        consumer.cpp $(pkg-config --cflags --libs stepden) \
        >"$here/log" 2>&1 || fail "with $standard"
    LD_LIBRARY_PATH=$libdir ./by_cpp || fail "the program in $standard"
    # shellcheck disable=SC2046
    g++ -std=$standard -Wall -Wextra -Wpedantic -Werror -o by_cpp redis.cpp \
        $(pkg-config --cflags --libs stepden-redis) >"$here/log" 2>&1 ||
        fail "redis.h with $standard"
    LD_LIBRARY_PATH=$libdir ./by_cpp || fail "redis.h's program in $standard"
    echo "ok: all headers with $standard"
done

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -static -o by_pkg_config_static consumer.c \
    $(pkg-config --static --cflags --libs stepden) >"$here/log" 2>&1 ||
    fail "with pkg-config, static"
expect "with pkg-config, static" \
    "$(./by_pkg_config_static "$vector")" "$station"

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -static -o demo_static stream_demo.c \
    $(pkg-config --static --cflags --libs stepden-redis) >"$here/log" 2>&1 ||
    fail "the stream demo with pkg-config, static"
expect "the stream demo with pkg-config, static" "$(demo ./demo_static)" \
    "$hello"

# shellcheck disable=SC2046
cc -std=c11 -Wall -Wextra -Werror -o demo_but_libc stream_demo.c \
    $(pkg-config --cflags stepden-redis) -Wl,-Bstatic \
    $(pkg-config --static --libs stepden-redis) -Wl,-Bdynamic \
    >"$here/log" 2>&1 || fail "the stream demo, static but for libc"
expect "libraries but libc" \
    "$(readelf -d demo_but_libc | grep NEEDED | grep -vE 'libc\.|ld-linux')" ""
expect "the stream demo, static but for libc" "$(demo ./demo_but_libc)" "$hello"

{
    cmake -G Ninja -S . -B build -DCMAKE_PREFIX_PATH="$prefix" && cmake --build build
} >"$here/log" 2>&1 || fail "with CMake"
expect "with CMake" "$(build/by_cmake "$vector")" "$station"
expect "with CMake, static" "$(build/by_cmake_static "$vector")" "$station"
expect "the example's output with CMake" "$(example build/example_by_cmake)" same
expect "the stream demo with CMake" "$(demo build/demo_by_cmake)" "$hello"
expect "the stream demo with CMake, static" \
    "$(demo build/demo_by_cmake_static)" "$hello"
expect "decode_denm with CMake" "$(decodes build/decode_by_cmake)" "$station"

{
    cmake -G Ninja -S own_records -B own -DCMAKE_PREFIX_PATH="$prefix" &&
        cmake --build own
} >"$here/log" 2>&1 || fail "own_records with CMake"
expect "own_records with CMake" \
    "$(own/own_records <own_records/road_works.json)" \
    '{"road":"A 4","begin":"2026-11-20T21:00:00.000Z","speedLimit":30,"lanes":["closed","open"]}'
