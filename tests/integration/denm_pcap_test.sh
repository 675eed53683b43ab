#!/bin/bash
# Wireshark opens what denm pcap writes, without options, and reads in it what
# the DENM says.
. "$(dirname "$0")/../support/service.sh"

denm=$bin/denm
vectors=$(cd "$(dirname "$0")/../vectors" && pwd)
cd "$here" || fail "cd"

# root_only RELEASE: the UPER of those vectors that have nothing beyond the
# extension markers, which the dissector, of EN 302 637-3, does not all know,
# and no a la carte container, whose strings tshark 4.0 does not all get right.
root_only() {
    sed 's/.*"uper":"\([0-9a-f]*\)".*/\1/' "$vectors/denm_$1.ndjson" >all.hex
    "$denm" explain -r "$1" all.hex >all.bits || fail "explain"
    awk '/^message/ {number = $2 + 0; is_beyond[number] = 0}
        / extension bit: (additions|outside)/ {is_beyond[number] = 1}
        $4 == "denm" && /\+alacarte/ {is_beyond[number] = 1}
        END {for (i = 1; i <= number; i++) print is_beyond[i]}' all.bits |
        paste - all.hex | awk '$1 == 0 {print $2}'
}

# tshark FIELD...: of the packets in its input, the values separated by |.
dissect() {
    local field arguments=()
    for field; do
        arguments+=(-e "$field")
    done
    tshark -r - -T fields -E 'separator=|' "${arguments[@]}" 2>tshark.log ||
        fail "$(cat tshark.log)"
}

# What the DENMs say, as dissect prints it: by the tool's own JER.
told() {
    python3 -c '
import json, sys

def cause(event):
    if "causeCode" in event:
        return event["causeCode"], event["subCauseCode"]
    name, sub_cause = next(iter(event["ccAndScc"].items()))
    return int("".join(c for c in name if c.isdigit())[-3:]), sub_cause

for line in sys.stdin:
    message = json.loads(line)
    header, denm = message["header"], message["denm"]
    management = denm["management"]
    action = management.get("actionID", management.get("actionId"))
    situation = denm.get("situation", {})
    causes = [cause(situation[name]) for name in ("eventType", "linkedCause")
              if name in situation]
    print("2002",
          header.get("stationID", header.get("stationId")),
          action.get("originatingStationID",
                     action.get("originatingStationId")),
          action["sequenceNumber"],
          management["detectionTime"], management["referenceTime"],
          management["eventPosition"]["latitude"],
          ",".join(str(c[0]) for c in causes),
          ",".join(str(c[1]) for c in causes), "", sep="|")
'
}

for release in r1 r2; do
    root_only "$release" >root.hex
    count=$(wc -l <root.hex)
    ((count >= 10)) || fail "$release: only $count vectors"
    "$denm" pcap -r "$release" root.hex |
        dissect btpb.dstport its.stationID its.originatingStationID \
            its.sequenceNumber denm.detectionTime denm.referenceTime \
            its.latitude its.causeCode its.subCauseCode _ws.malformed >dissected
    "$denm" decode -r "$release" root.hex | told >told
    diff dissected told || fail "$release: Wireshark reads something else"
    expect "$release: packets" "$(wc -l <dissected)" "$count"
done

# Everything is dissected to its end, GeoNetworking too.
"$denm" pcap -r r2 root.hex |
    dissect frame.protocols geonw.bh.version geonw.gxc.latitude 2>/dev/null |
    sort | uniq -c >protocols
expect "protocols" "$(grep -c 'eth:ethertype:gnw:btpb:its' protocols)" \
    "$(wc -l <protocols)"

# The headers of one message.
cat >event.jer <<'END'
{"header":{"protocolVersion":2,"messageId":1,"stationId":4711},"denm":{"management":{"actionId":{"originatingStationId":4711,"sequenceNumber":7},"detectionTime":722293543120,"referenceTime":722293545120,"eventPosition":{"latitude":454642000,"longitude":-91903000,"positionConfidenceEllipse":{"semiMajorConfidence":4095,"semiMinorConfidence":4095,"semiMajorOrientation":3601},"altitude":{"altitudeValue":800001,"altitudeConfidence":"unavailable"}},"awarenessDistance":"lessThan100m","validityDuration":10,"stationType":15}}}
END
"$denm" encode event.jer >event.hex || fail "encode"
"$denm" pcap event.hex --write event.pcap || fail "--write"
cmp <("$denm" pcap -w - event.hex) event.pcap || fail "-w -"
[[ ! -e ./- ]] || fail "a file of the name -"
size=$(($(wc -c <event.hex) / 2))
expect "the packet" "$(tail -c +41 event.pcap | head -c 74 | od -An -v -tx1 |
    tr -d ' \n')" "$(printf '%s' \
    ffffffffffff 020000001267 8947 1100290a 20400100 \
    "$(printf %04x $((size + 4)))" 0a00 00000000 \
    3c00020000001267 "$(printf %08x $((722293545120 % (1 << 32))))" \
    1b194950 fa85abe8 00000000 1b194950 fa85abe8 0064000000000000 07d20000)"
expect "its time" "$(dissect frame.time_epoch <event.pcap)" \
    "1795208740.120000000"
expect "its size" "$(wc -c <event.pcap)" $((24 + 16 + 74 + size))

# A packet is out before the next message is waited for.
coproc DENM { "$denm" pcap; }
started[$DENM_PID]=denm
input=${DENM[1]}
cat event.hex >&"$input"
dd bs=1 count=$((24 + 16 + 74 + size)) status=none <&"${DENM[0]}" >first.pcap
exec {input}>&-
cmp first.pcap event.pcap || fail "the packet in the pipe"

# What cannot be decoded is left out.
{
    cat event.hex
    echo 0201
    cat event.hex
} | "$denm" pcap >two.pcap 2>err
expect "a message that fails" $? 1
expect "the other packets" "$(dissect frame.number <two.pcap | tr '\n' ' ')" \
    "1 2 "
"$denm" pcap event.hex --write nowhere/event.pcap 2>err
expect "a folder that is not there" $? 73

# An input is not written to, whatever its name.
cp event.hex kept.hex
ln -s event.hex link.hex
refuses_input() {
    "$denm" pcap --write "$@" 2>err
    expect "pcap --write $*" $? 73
    cmp event.hex kept.hex || fail "the input has changed"
    grep -q 'is an input' err || fail "$(cat err)"
}
refuses_input event.hex event.hex
refuses_input link.hex kept.hex ./event.hex
refuses_input event.hex <event.hex
refuses_input event.hex - <event.hex
