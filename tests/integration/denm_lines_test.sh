#!/bin/bash
# denm reads and writes messages line by line: every format, the order, what
# fails, and the exit status.
. "$(dirname "$0")/../support/service.sh"

denm=$bin/denm
vectors=$(cd "$(dirname "$0")/../vectors" && pwd)

# same WHAT FILE FILE
same() {
    cmp "$2" "$3" || fail "$1"
    echo "ok: $1"
}

# ends STATUS COMMAND...: its output goes to out and err.
ends() {
    local status=$1
    shift
    "$@" >"$here/out" 2>"$here/err"
    expect "status of denm ${*:2}" $? "$status"
}

# says WHAT FILE PATTERN
says() {
    grep -q -- "$3" "$2" || fail "$1: $(cat "$2")"
    echo "ok: $1"
}

# width FILE: of its longest line.
width() {
    awk '{print length}' "$1" | sort -n | tail -n 1
}

# Every message there and back, in every format.
for release in r1 r2; do
    cd "$here" || fail "cd"
    sed 's/.*"uper":"\([0-9a-f]*\)".*/\1/' "$vectors/denm_$release.ndjson" >hex
    ends 0 "$denm" decode -r "$release" hex
    mv out jer
    expect "$release: results" "$(wc -l <jer)" 100
    ends 0 "$denm" encode -r "$release" jer
    same "$release: decoded and encoded" out hex
    ends 0 "$denm" encode --release="$release" "$vectors/denm_$release.ndjson"
    same "$release: the JER of others, encoded" out hex

    ends 0 "$denm" encode -r "$release" -o base64 jer
    mv out base64
    awk '{print "{\"message\":{\"a\":[1]},\"uper\":\"" $0 "\"}"}' hex >entries
    awk '{print "{\"uper\":\"" $0 "\"}"}' base64 >base64_entries
    sed 's/\(..\)/\1 /g; s/^/  /' hex >spaced
    tr a-f A-F <hex | sed 's/^/0x/; s/$/\r/' >upper
    for format in base64 entries base64_entries spaced upper; do
        ends 0 "$denm" decode -r "$release" "$format"
        same "$release: $format" out jer
    done
    "$denm" decode -r "$release" -o pretty <hex |
        "$denm" encode -r "$release" >out || fail "indented JER"
    same "$release: indented JER" out hex
    "$denm" decode -r "$release" -o xer hex >xer || fail "XER"
    expect "$release: elements" "$(grep -c '^<DENM>.*</DENM>$' xer)" 100
done

# What the service writes.
"$bin/stepden-simulator" --arrays 20 --targets 3 --references 2 2>/dev/null |
    "$bin/stepden" --replay - >entries
ends 0 "$denm" decode entries
expect "DENMs of the service" "$(wc -l <out)" "$(wc -l <entries)"

# Binary: one a file.
head -n 1 jer >one.jer
head -n 1 hex >one.hex
ends 0 "$denm" encode -o binary one.jer
mv out one.bin
expect "bytes" "$(od -An -v -tx1 one.bin | tr -d ' \n')" "$(cat one.hex)"
ends 0 "$denm" decode one.bin one.hex
same "binary" <(sort -u out) one.jer
ends 0 "$denm" decode -i binary - <one.bin
same "binary from standard input" out one.jer
ends 1 "$denm" encode -o binary jer
says "binary is for one message" err "message 2: .*one message"

# What fails keeps its place.
{
    sed -n 1p hex
    echo 'no message'
    echo
    sed -n 2p hex | cut -c 1-40
    sed -n 3p hex | sed 's/$/00/'
    echo '{"message":{}}'
    echo '{"uper":"0201'
    sed -n 2p hex
} >mixed
ends 1 "$denm" decode mixed
cp out mixed.jer
expect "results" "$(wc -l <out)" 7
same "results in order" <(sed -n '1p;7p' out) <(sed -n '1,2p' jer)
expect "errors" "$(grep -o '^{"error":{"message":[0-9]*' out | tr -dc '0-9\n' |
    tr '\n' ' ')" "2 3 4 5 6 "
expect "an error" "$(sed -n 3p out)" '{"error":{"message":3,"field":'`
    `'"denm.management.referenceTime","byte":18,"reason":'`
    `'"ends after 20 bytes, early"}}'
says "message, byte and field on standard error" err \
    '^denm: mixed:4: message 3: byte 18: denm.management.referenceTime: '
says "left over" err "message 4: .*left over"
ends 1 "$denm" decode -o xer mixed
says "an error in XER" out '^<error message="3" field="denm.management'
ends 1 "$denm" encode mixed.jer
expect "errors pass on" "$(grep -c 'has failed before' out)" 5
same "encoded between errors" <(sed -n '1p;7p' out) <(sed -n '1,2p' hex)
python3 -c '
import json, sys, xml.etree.ElementTree as xml
for line in open("mixed.jer"): json.loads(line)
for line in open("xer"): xml.fromstring(line)
' || fail "the JSON or the XML"
echo "ok: JSON and XML"

# JER that is wrong says where.
sed 's/"latitude":[-0-9]*/"latitude":900000002/' one.jer >bad.jer
ends 1 "$denm" encode bad.jer
says "the field of JER" out '"field":"denm.management.eventPosition.latitude"'
printf '{"header":{\n' >bad.jer
ends 1 "$denm" encode bad.jer

# A text that is cut does not take the next one with it.
"$denm" decode -o pretty one.hex >pretty || fail "indented JER"
{
    head -n 5 pretty
    cat pretty
    sed 's/$/\r/' pretty | head -n 5
    cat pretty
} >cut.jer
ends 1 "$denm" encode cut.jer
expect "texts" "$(wc -l <out)" 4
same "behind a cut text" <(sed -n '2p;4p' out) <(cat one.hex one.hex)
says "the line where the second ends" err \
    "cut.jer:$((10 + $(wc -l <pretty))): message 3"
line=$(grep -n '"latitude"' pretty | head -n 1 | cut -d : -f 1)
sed 's/"latitude": [-0-9]*/"latitude": 900000002/' pretty >bad.jer
ends 1 "$denm" encode bad.jer
says "the line of the field" err "bad.jer:$line: message 1: .*latitude"

# A file of another kind is refused once, with what it is; the others go on.
# misfit WHAT COMMAND FILE: what the one error says of it.
misfit() {
    ends 1 "$denm" "$2" "$3"
    expect "errors of $2 $3" "$(wc -l <err) $(wc -l <out)" "1 1"
    says "a hint" err "^denm: $3:1: message 1: .*$1"
}
head -n 3 xer >some.xer
printf '\324\303\262\241\002\000\n\nx\n' >some.pcap
misfit "looks like XER" decode some.xer
misfit "looks like XER" encode some.xer
misfit "denm encode" decode pretty
misfit "denm decode" encode hex
misfit "denm decode" encode base64
misfit "denm decode" encode one.bin
misfit "tshark" decode some.pcap
ends 1 "$denm" decode pretty one.hex
same "the file after it" <(tail -n 1 out) one.jer

# A line may be long, but not without end.
{
    sed -n 1p hex
    head -c 1100000 /dev/zero | tr '\0' 0
    echo
    head -c 3000000 /dev/zero | tr '\0' ' '
    echo
    sed -n 2p hex
} >long
ends 1 "$denm" decode long
expect "too long" "$(grep -c '"reason":"longer than 1048576 bytes"' out)" 2
same "around it" <(sed -n '1p;4p' out) <(sed -n '1,2p' jer)
head -c 3000000 /dev/zero >long
ends 1 "$denm" decode -i binary long
says "a long file" err "longer than 1048576"

# A result is there before the next line is.
coproc DENM { "$denm" decode; }
denm_pid=$DENM_PID # bash forgets its own as soon as the process ends
started[$denm_pid]=denm
denm_out=${DENM[0]} denm_in=${DENM[1]}
for number in 1 2; do
    sed -n "$number"p hex >&"$denm_in"
    read -r -t 60 line <&"$denm_out" || fail "no result in time"
    same "result $number" <(echo "$line") <(sed -n "$number"p jer)
done
exec {denm_in}>&-
wait "$denm_pid" || fail "the end of the pipe"

# Exit status and hints.
ends 64 "$denm"
ends 64 "$denm" frob
ends 64 "$denm" decode --ouput xer
says "a hint" err "did you mean --output?"
ends 64 "$denm" decode --output
ends 64 "$denm" decode --input jer
ends 64 "$denm" encode --redis redis://localhost
ends 64 "$denm" decode --follow hex
says "what is missing" err "--follow: needs --redis"
ends 64 "$denm" decode --xyz
says "no hint" err "no such option;"
ends 64 "$denm" decode --output json
says "what there is" err "json: --output is jer, xer or pretty;"
ends 64 "$denm" diff hex hex hex
says "too many" err "hex: one too many;"
ends 66 "$denm" decode nowhere hex
expect "the other file" "$(wc -l <out)" 100
ends 66 "$denm" decode .
"$denm" decode hex >/dev/full 2>err
expect "a full disk" $? 74
ends 0 "$denm" --version
ends 0 "$denm" help diff
same "help of a command" out <("$denm" diff --help)
ends 0 "$denm" help
same "help" out <("$denm" --help)
ends 64 "$denm" help frob
ends 0 "$denm" --help
(($(wc -l <out) <= 24)) || fail "--help does not fit a screen"
(($(width out) <= 80)) || fail "--help is too wide"
for command in decode encode lint diff explain pcap fields; do
    ends 0 "$denm" "$command" --help
    (($(width out) <= 80)) || fail "denm $command --help is too wide"
done

# Differences.
ends 0 "$denm" diff one.hex one.bin
ends 1 "$denm" diff -r r2 <(sed -n 1p hex) <(sed -n 2p hex)
says "a difference" out '^header.stationId: [0-9]* -> [0-9]*$'
ends 65 "$denm" diff one.hex
ends 65 "$denm" diff one.hex mixed

# Not canonical: a DEFAULT that is sent all the same.
for duration in 599 600; do
    sed 's/"validityDuration":[0-9]*,//
        s/"stationType"/"validityDuration":'$duration',&/' one.jer |
        "$denm" encode >$duration.hex || fail "validityDuration"
done
bit=$("$denm" explain 599.hex |
    awk '/validityDuration/ && !/presence/ {print $1}')
python3 -c '
digits = open("599.hex").read().strip()
size, bit = 4 * len(digits), int("'"$bit"'")
number = int(digits, 16) ^ ((599 ^ 600) << (size - bit - 17))
print("%0*x" % (len(digits), number))' >default.hex
ends 0 "$denm" diff default.hex 600.hex
ends 1 "$denm" lint default.hex
says "a DEFAULT that is sent" out \
    "differs from bit 55 on.*\\[canonical; X.691\\]"
size_now=$(($(wc -c <default.hex) / 2))
size_then=$(($(wc -c <600.hex) / 2))
says "both lengths" out "in $size_now bytes instead of $size_then \\["
"$denm" lint -o json default.hex >out
python3 -c '
import json
for line in open("out"): json.loads(line)["rule"]' || fail "JSON of lint"
ends 1 "$denm" lint mixed
says "what cannot be decoded" out 'message 3: denm.management.*\[encoding; '

# A finding says where the message is, as an error does.
ends 1 "$denm" lint 600.hex default.hex
says "the place of a finding" out '^default.hex:1: message 2: .*canonical'
"$denm" encode -o binary one.jer >one.bin
{
    cat one.bin
    printf '\0'
} >bad.bin
ends 1 "$denm" lint bad.bin
says "the place of a file" out '^bad.bin: message 1: .*encoding'
"$denm" lint -o json 600.hex default.hex bad.bin 2>err | python3 -c '
import json, sys
found = [json.loads(line) for line in sys.stdin]
places = {(f["message"], f["source"], f.get("line"), f.get("entry"))
          for f in found}
assert (2, "default.hex", 1, None) in places, places
assert (3, "bad.bin", None, None) in places, places' || fail "JSON places"

# Fields.
ends 0 "$denm" fields validityDuration
expect "a field" "$(awk '{print $1, $2}' out)" \
    "denm.management.validityDuration INTEGER"
ends 1 "$denm" fields nosuchfield
for release in r1 r2; do
    ends 0 "$denm" fields -r "$release" -o json
    python3 -c '
import json, sys
for line in open("out"): json.loads(line)["path"]' || fail "JSON of fields"
done
