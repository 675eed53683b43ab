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
expect 0 --check --help
says out "Usage: stepden"
expect 64 --version=1
expect 64 --explain --config "$here/none.json"
says err "stepden: --explain belongs to --replay"
expect 64 --check
says err "stepden: --check needs --config"
expect 64 --print-config
expect 64 --check --print-config --config "$here/none.json"
says err "stepden: --print-config does not go with --check"
expect 64 --conf_template --config "$here/none.json"
expect 64 --replay - --config -
expect 64 --chekc
says err "do you mean --check?"
expect 64 --replay - --instance ''
expect 64 --replay - --instance "$(printf '%065d' 0)"
says err "65 characters, allowed are 1 to 64"
expect 64 --replay - --instance $'caf\xe9'
says err "not UTF-8"

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

# A file that is there is written anew.
echo "something else, and longer than nothing" >"$here/old"
expect 0 --conf_template "$here/old"
cmp "$here/old" "$here/t" || exit 1

# --check: what the service would refuse, with its exit code; what it would do
# without, as advice; else what it needs in Redis.
expect 0 --check --config "$here/t"
[[ $(cat "$here/err") == "stepden: $here/t: advice: /stationId: 0, "* &&
    $(wc -l <"$here/err") == 1 ]] ||
    { echo "FAILED: advice on the template"; cat "$here/err"; exit 1; }
says out "$here/t: stepden can start with it."
says out "step:{step}:crash_prediction:rejected"
says out "ACL SETUSER stepden reset on >PASSWORD ~step:{step}:"
says out "The configuration names no user: redis.connection.username"
says out "given two rights more: +client|setname +config|get"
expect 66 --check --config "$here/none.json"
configure '{"stationId": 1,
  "timeout": 0,
  "log": {"levle": 1}}'
expect 78 --check --config "$here/config.json"
says err "config.json:2:"
says err "config.json:3:"
[[ ! -s $here/out ]] || { echo "FAILED: needs of nothing"; exit 1; }
configure '{"stationId": 1, "log": {"format": "%(nothing)s"},
  "redis": {"connection": {"username": "u", "password": {"env": "NOTHING"}}}}'
expect 78 --check --config "$here/config.json"
says err "/log/format"
says err "/redis/connection/password: no environment variable NOTHING"
configure '{"stationId": 1, "levle": 1, "log": {"format": "%(nothing)s"},
  "redis": {"connection": {"sslClientKeyFile": "/key",
    "password": {"env": "NOTHING"}}}}'
for way in --check ""; do
    expect 78 $way --config "$here/config.json"
    says err "config.json:1:18: /levle: unknown key"
    says err "config.json:1:48: /log/format: found an unknown name"
    says err "config.json:2:48: /redis/connection/sslClientKeyFile: a key needs"
    says err "config.json:3:17: /redis/connection/password: no environment"
done
configure '{"stationId": 1, "health": {"listen": "localhost:80"}}'
for way in --check ""; do
    expect 78 $way --config "$here/config.json"
    says err "config.json:1:39: /health/listen: localhost:80: it has to be an"
done
configure '{"stationId": 1, "log": {"format": "%(nothing)s"}}'
NOTHING=x expect 78 --check --config "$here/config.json"
configure '{"stationId": 1, "redis": {"connection": {
  "password": {"file": "'"$here"'/none"}, "sslEnable": true,
  "sslCaCertsFile": "'"$here"'/none.crt"}}}'
expect 66 --check --config "$here/config.json"
says err "/redis/connection/password: $here/none: No such file"
says err "/redis/connection/sslCaCertsFile: $here/none.crt: No such file"
configure '{"stationId": 1, "redis": {
  "connection": {"password": "sesame"},
  "lease": {"stateFile": "'"$here"'/none/state"},
  "streams": {"inputs": {"client": {"ttl": 60}}}},
  "health": {"listen": "0.0.0.0:8080"}, "denm": {"maxRecords": 1},
  "log": {"handlers": [{"type": "null"},
    {"type": "file", "path": "'"$here"'/none/log"},
    {"type": "file", "path": "'"$here"'"},
    {"type": "sizeRotate", "path": "/proc/version"},
    {"type": "timeRotate", "path": "/log"}]}}'
chmod 644 "$here/config.json"
expect 0 --check --config "$here/config.json"
says err "advice: /redis/connection: $here/config.json holds a secret and can \
be read by others"
says err "advice: /redis/streams/inputs/client/ttl: 60 s"
says err "advice: /health/listen: 0.0.0.0:8080: whoever reaches this address"
says err "advice: /denm/maxRecords: 1,"
says err "advice: /redis/lease/stateFile: $here/none/state cannot be written: \
No such file"
says err "advice: /log/handlers/1/path: $here/none/log cannot be written: No"
says err "advice: /log/handlers/2/path: $here cannot be written: Is a directory"
grep -q sesame "$here/out" "$here/err" && { echo "FAILED: a secret"; exit 1; }
if [[ -w /dev/full ]]; then
    "$stepden" --check --config "$here/t" 2>"$here/err" >/dev/full
    says err "standard output: No space left on device"
fi

# --print-config: what is in effect, and no secret.
expect 0 --print-config --config "$here/config.json" --instance north
says out '"instanceName": "north"'
says out '"password": "********"'
says out '"timeAfterCollision": 5'
grep -q sesame "$here/out" && { echo "FAILED: a secret"; exit 1; }
cp "$here/out" "$here/printed.json"
expect 0 --check --config "$here/printed.json"
says err 'advice: /redis/connection/password: "********" is what --print-config'
expect 0 --print-config --config "$here/printed.json"
cmp "$here/out" "$here/printed.json" || exit 1
expect 0 --print-config --config "$here/t"
cmp "$here/out" "$here/t" || exit 1
"$stepden" --check --config - <"$here/t" >/dev/null || exit 1

# Nothing that a name has in it reaches the terminal.
configure '{"stationId": 1, "redis": {"streams": {"outputs": {"client":
  {"streamId": "a\u001b[31m\n\u009bb"}}}}}'
expect 0 --check --config "$here/config.json"
says out '  "a\u001b[31m\n\u009bb"  '
says out '"~a\x1b\\[31m?\xc2\x9bb"'
[[ $(tr -d '\n -~' <"$here/out") == "" ]] ||
    { echo "FAILED: control characters"; exit 1; }

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
