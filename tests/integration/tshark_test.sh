#!/bin/bash
# Wireshark's dissector reads in the UPER what the JSON says.
. "$(dirname "$0")/../support/service.sh"

# The ITS time of an RFC 3339 time after 2017 (TimestampIts, TS 102 894-2).
its_time() {
    echo $(($(date -u -d "$1" +%s%3N) - 1072915200000 + 5000))
}

# dissect HEX FIELD...: what Wireshark finds, separated by |.
dissect() {
    local hex=$1
    shift
    "$(dirname "$0")/../support/wireshark_denm" "$@" <<<"$hex" ||
        fail "the dissector"
}

# check KIND: the first entry of that kind.
check() {
    local kind=$1 line hex json
    line=$(grep -m 1 "\"type\":\"[^\"]*\.$kind\"" "$here/entries.ndjson") ||
        fail "no $kind came out"
    hex=$(sed 's/.*"uper":"\([0-9a-f]*\)"}$/\1/' <<<"$line")
    json="$(member originatingStationId <<<"$line")"
    json+="|$(member sequenceNumber <<<"$line")"
    json+="|$(its_time "$(member detectionTime <<<"$line")")"
    json+="|$(its_time "$(member referenceTime <<<"$line")")"
    json+="|$(member validityDuration <<<"$line")"
    expect "$kind: station, number, times, validity" \
        "$(dissect "$hex" its.stationID its.sequenceNumber denm.detectionTime \
            denm.referenceTime denm.validityDuration)" "$json"
    if [[ $kind == cancellation ]]; then
        expect "$kind: termination" "$(dissect "$hex" denm.termination)" 0
        expect "$kind: cause" "$(dissect "$hex" its.causeCode)" ""
    else
        expect "$kind: termination" "$(dissect "$hex" denm.termination)" ""
        expect "$kind: cause, sub-cause" \
            "$(dissect "$hex" its.causeCode its.subCauseCode)" \
            "97|$(grep '"eventType":"collisionRisk"' <<<"$line" |
                member subCauseCode)"
    fi
}

start_redis
configure a denmLastUpdateMaxDelay=1000
start_service a
simulate --realtime --seconds 2
ended() { (($(count_kind cancellation) > 0)); }
await 15 ended || fail "no cancellation"
check_entries
for kind in trigger update cancellation; do
    check "$kind"
done
check_entries_elsewhere
stop_service
