# shellcheck shell=bash
# A scenario and its judgement: predictions and negations go into the real
# program, and its UPER is judged as Erlang decodes it. For scripts with a group
# of tests, one function each: SCRIPT BUILD_DIR FUNCTION. Source it, with the
# build tree as $1.
#
# On virtual time a scenario is written down and then replayed:
#
#   predict AT REFERENCE TARGET TTC      made and received at AT
#   predict_late AT MADE REFERENCE TARGET TTC
#   negate AT SEQUENCE_NUMBER [NAME=VALUE...]
#   replay [MEMBER=VALUE...]             of the configuration
#
# Times are in ms after `start_ms`, TTC is in ms. In real time the service runs,
# on a Redis server of its own:
#
#   serve [MEMBER=VALUE...]
#   predict_now REFERENCE TARGET TTC
#   await_denms COUNT
#   collect
#
# After `replay` or `collect`, `field NAME` gives that field of every DENM in
# the order in which they came out.
# shellcheck source=tests/support/service.sh
. "$(dirname "${BASH_SOURCE[0]}")/../support/service.sh"

export LC_ALL=C
export TZ=UTC
export ERLANG_DENM_DIR=$build/erlang
support=$(cd "$(dirname "${BASH_SOURCE[0]}")/../support" && pwd)
start_ms=1795208400000 # 2026-11-20T21:00:00Z

# The fields that most purposes are about, in EN 302 637-3's names.
# shellcheck disable=SC2034 # used by the groups of purposes
{
    originator=management.actionID.originatingStationID
    sequence=management.actionID.sequenceNumber
    detection=management.detectionTime
    reference=management.referenceTime
    validity=management.validityDuration
    termination=management.termination
    latitude=management.eventPosition.latitude
}

# What the next predictions are about.
# shellcheck disable=SC2034
{
    reference_type=passengerCar
    target_type=passengerCar
    collision_latitude=45.4642
    target_more= # further JSON members of the target
}

# ---- times ----

# TimestampIts of POSIX time, since 2017: five leap seconds after 2004.
its_of_unix() {
    echo $(($1 - 1072915200000 + 5000))
}

its() {
    its_of_unix $((start_ms + $1))
}

now_ms() {
    echo $((${EPOCHREALTIME/./} / 1000))
}

rfc3339() {
    printf '%(%Y-%m-%dT%H:%M:%S)T.%03dZ' $(($1 / 1000)) $(($1 % 1000))
}

# ---- inputs ----

# prediction UNIX_MS REFERENCE TARGET TTC: one from the west, one from the
# south.
prediction() {
    printf '{"creationTime":"%s","stations":[%s,%s]}\n' "$(rfc3339 "$1")" \
        "$(station reference "$2" "$reference_type" 45.4642 9.189 900)" \
        "$(station target "$3" "$target_type" 45.4632 9.19 0 \
            ",\"timeToCollision\":$4,\"collisionPosition\":{\"latitude\":$(
            )$collision_latitude,\"longitude\":9.19}$target_more")"
}

# station ROLE ID TYPE LATITUDE LONGITUDE HEADING [MORE]
station() {
    printf '{"role":"%s","stationId":%d,"stationType":"%s",' "${@:1:3}"
    printf '"position":{"latitude":%s,"longitude":%s},' "${@:4:2}"
    printf '"speed":{"value":1400},"heading":{"value":%d}%s}' "$6" "${7-}"
}

# negation STATION SEQUENCE_NUMBER DETECTION REFERENCE [MORE]
negation() {
    printf '{"stationId":99,"managementContainer":{'
    printf '"actionId":{"originatingStationId":%s,"sequenceNumber":%d},' \
        "${@:1:2}"
    printf '"detectionTime":"%s","referenceTime":"%s",%s' \
        "$(rfc3339 $((start_ms + $3)))" "$(rfc3339 $((start_ms + $4)))" "${5-}"
    printf '"termination":"isNegation",'
    printf '"eventPosition":{"latitude":45.46,"longitude":9.19}}}\n'
}

predict() {
    predict_late "$1" "$@"
}

predict_late() {
    clock "$1"
    prediction $((start_ms + $2)) "${@:3}" >>"$here/scenario"
}

# The clock of a replay is moved by its input: by a negation that is older than
# any event it could mean.
clock() {
    negation 4711 65535 "$1" -86400000 >>"$here/scenario"
}

# Of our action id; it is made at AT, with the referenceTime AT. Names that can
# be given: station, detection, reference, more (JSON members).
negate() {
    local at=$1 number=$2 pair
    local -A of=([station]=4711 [detection]=$1 [reference]=$1 [more]="")
    for pair in "${@:3}"; do
        of[${pair%%=*}]=${pair#*=}
    done
    clock "$at"
    negation "${of[station]}" "$number" "${of[detection]}" "${of[reference]}" \
        "${of[more]}" >>"$here/scenario"
}

# ---- the program ----

# All inputs must be taken in, and something must come out.
replay() {
    configure scenario "$@"
    "$bin/stepden" --config "$here/scenario.json" --replay "$here/scenario" \
        >"$here/outputs" 2>"$here/replay.log" || fail "the replay"
    take_uper
    decode r1
}

# Of the outputs of a replay.
take_uper() {
    sed 's/^.*"uper":"\([0-9a-f]*\)"}$/\1/' "$here/outputs" >"$here/uper"
}

# Another scenario begins.
begin() {
    rm -f "$here/scenario"
}

serve() {
    start_redis
    configure scenario "$@"
    sed -i 's/{"maxLength": 0}/{"maxLength": 0, "uper": "hex"}/' \
        "$here/scenario.json"
    start_service scenario
    await 10 is_reading || fail "the service does not start"
}

is_reading() {
    [[ $(group_number "$input" lag) == 0 ]]
}

# Made some time ago, so that a time of it is not taken for now.
predict_now() {
    cli xadd "$input" '*' message \
        "$(prediction $(($(now_ms) - 300)) "$@")" >/dev/null
}

await_denms() {
    await 30 has_denms "$1" ||
        fail "$(cli xlen "$output") DENMs instead of $1"
}

has_denms() {
    (($(cli xlen "$output") >= $1))
}

# The UPER of what came out, and when Redis got it, POSIX time in ms.
collect() {
    cli xrange "$output" - + >"$here/outputs"
    grep -E '^[0-9]+-[0-9]+$' "$here/outputs" | sed 's/-.*//' >"$here/received"
    sed -n '/^uper$/{n;p}' "$here/outputs" >"$here/uper"
    decode r1
}

# ---- what came out ----

# decode r1|r2: `field` has its names from now on. Every DENM must decode.
decode() {
    "$support/conformance_denm" "$1" <"$here/uper" >"$here/fields" ||
        fail "UPER that is not a DENM: $(grep -m 1 error= "$here/fields")"
    count=$(wc -l <"$here/fields")
    ((count > 0)) || fail "no DENM came out"
    echo "$count DENMs"
}

# field NAME [N]: of the N-th DENM, from 1, or of each; - where it is absent.
field() {
    awk -F '\t' -v name="$1" -v row="${2-0}" '
        row == 0 || NR == row {
            value = "-"
            for (i = 1; i <= NF; i++)
                if (index($i, name "=") == 1)
                    value = substr($i, length(name) + 2)
            printf "%s%s", between, value
            between = " "
        }
        END { print "" }' "$here/fields"
}

# values NAME: those that the field has in any DENM, each once.
values() {
    field "$1" | tr ' ' '\n' | sort -u | paste -sd ' '
}

# The number of DENMs of which the field has this value.
count_of() {
    field "$1" | tr ' ' '\n' | grep -cx -e "$2"
}

# repeats EVENT FROM TO: DENMs of an event that come after the first one of
# another (FROM), and before the first one of a third (TO), by the ids of the
# outputs; the events are numbered from 0 in the order in which they begin.
# Those that are triggered at known times stand for a clock. After `replay`, and
# for events without updates.
repeats() {
    sed 's|^{"message":{[^{]*"id":"\([0-9]*/[0-9]*\).*|\1|' "$here/outputs" |
        awk -v of="$1" -v from="$2" -v to="$3" '
        !($1 in number) { number[$1] = events++ "" }
        number[$1] == to { exit }
        number[$1] == of && begun { count++ }
        number[$1] == from { begun = 1 }
        END { print count + 0 }'
}

within() {
    local what=$1 found=$2 from=$3 to=$4
    [[ $found =~ ^[0-9]+$ ]] || fail "$what: $found is not a number"
    ((found >= from && found <= to)) ||
        fail "$what: $found is not within $from..$to"
    echo "ok: $what: $found"
}

# is_clock I FROM: the referenceTime of the I-th DENM, from 0, is the time when
# it was made: not before FROM, in ITS time, and not after Redis got it.
is_clock() {
    local to
    to=$(its_of_unix "$(sed -n "$(($1 + 1))p" "$here/received")")
    within "referenceTime of DENM $(($1 + 1))" \
        "$(field "$reference" $(($1 + 1)))" "$2" "$to"
}
