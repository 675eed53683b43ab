#!/bin/bash
# The command line: options, documents, exit codes of sysexits.h.
set -u

stepden=$1/bin/stepden
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

# expect CODE ARGUMENT...: runs stepden; its outputs are in $here/out and err.
expect() {
    local wanted=$1 code
    shift
    "$stepden" "$@" >"$here/out" 2>"$here/err" </dev/null
    code=$?
    if ((code != wanted)); then
        echo "FAILED: stepden $*: status $code instead of $wanted"
        cat "$here/err"
        exit 1
    fi
    echo "ok: stepden $*: $code"
}

says() {
    grep -qF -- "$2" "$here/$1" && return
    echo "FAILED: $1 does not say: $2"
    cat "$here/$1"
    exit 1
}

configure() {
    printf '%s\n' "$1" >"$here/config.json"
}

expect 0 --version
says out "stepden "
expect 0 -v
expect 0 --help
says out "Usage: stepden"
expect 0 -h

# So do the tools.
for tool in stepden-simulator stepden-watch; do
    for option in --help -h; do
        "$1/bin/$tool" $option >"$here/out" 2>"$here/err" ||
            { echo "FAILED: $tool $option"; exit 1; }
        says out "usage: $tool"
        [[ ! -s $here/err ]] || { echo "FAILED: $tool $option: err"; exit 1; }
    done
    "$1/bin/$tool" --nothing >"$here/out" 2>"$here/err"
    (($? == 64)) || { echo "FAILED: $tool --nothing"; exit 1; }
    says err "usage: $tool"
done

# Wrong command lines.
expect 64
says err "--config is missing"
says err "Usage: stepden"
expect 64 --nothing
says err "stepden: --nothing is no option"
expect 64 -c
says err "stepden: --config needs a value"
expect 64 --config
expect 64 --version --help
expect 64 --version=1
expect 64 --explain --config "$here/none.json"
says err "stepden: --explain belongs to --replay"
expect 64 --replay - --instance ''
expect 64 --replay - --instance "$(printf '%065d' 0)"
says err "65 characters, allowed are 1 to 64"

# The schema and the template, in each way of naming the file.
for name in conf_schema conf-schema conf_template conf-template; do
    expect 0 --$name
    expect 0 --$name "$here/$name.1"
    expect 0 --$name="$here/$name.2"
    expect 0 --$name
    cmp "$here/out" "$here/$name.1" && cmp "$here/out" "$here/$name.2" ||
        exit 1
done
expect 0 -s "$here/s"
cmp "$here/s" "$here/conf_schema.1" || exit 1
expect 0 -t "$here/t"
cmp "$here/t" "$here/conf_template.1" || exit 1
expect 73 --conf_schema "$here/nowhere/schema"
if [[ -w /dev/full ]]; then
    expect 74 --conf_template /dev/full
    "$stepden" --help 2>"$here/err" >/dev/full
    says err "standard output: No space left on device"
fi

# Another validator takes the schema for one, and the template for valid.
/usr/bin/python3 - "$here/s" "$here/t" <<'END' || exit 1
import json, sys
from jsonschema import Draft202012Validator
schema, template = (json.load(open(path)) for path in sys.argv[1:])
Draft202012Validator.check_schema(schema)
Draft202012Validator(schema).validate(template)
END

# The template is a configuration.
expect 0 --replay - --config "$here/t"
expect 0 --replay /dev/null --config="$here/t" -i north
expect 0 --replay - --explain --config "$here/t"
[[ ! -s $here/err ]] || { echo "FAILED: advice on the template"; exit 1; }

# What a valid configuration cannot do is said, and done as far as it can be.
configure '{"stationId": 1, "denm":
 {"repetitionInterval": 100, "repetitionDuration": 60000}}'
expect 0 --replay - --config "$here/config.json"
says err "config.json: advice: /denm/repetitionDuration: 60000 ms is cut to \
the validity, 11 s (timeAfterCollision 5 s + denmLastUpdateMaxDelay 1000 ms + \
denmCheckLastUpdateMaxInterval 5000 ms) + time to collision"

# Wrong configurations, and where.
expect 66 --replay - --config "$here/none.json"
expect 66 --config "$here/none.json"
expect 66 --replay "$here/none.ndjson"
configure '{"stationId": 1,
 "timeout": 0}'
expect 78 --config "$here/config.json"
says err "config.json:2:"
says err "/timeout"
configure '{"stationId": 1, "timeOut": 1}'
expect 78 --config "$here/config.json"
says err "timeOut"
configure '{}'
expect 78 --replay - --config "$here/config.json"
says err "stationId"
configure '{"stationId": 4294967295, "stationIdCount": 2}'
expect 78 --config "$here/config.json"
says err "/stationIdCount"
configure '{"stationId": 1, "denm": {"maxRecords": 65537}}'
expect 78 --config "$here/config.json"
says err "/denm/maxRecords"
configure '{"stationId": 1, "redis": {"connection": {"maxConnections": 1}}}'
expect 78 --config "$here/config.json"
says err "/redis/connection/maxConnections"
configure '{"stationId": 1, "log": {"format": "%(nothing)s"}}'
expect 78 --config "$here/config.json"
says err "/log/format"
