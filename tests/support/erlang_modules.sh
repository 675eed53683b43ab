# shellcheck shell=sh
# The asn1 modules of a release, made by Erlang's asn1 compiler: for scripts in
# the same folder.

# Erlang 25 knows no WITH SUCCESSORS, encodes constraints on the name of a
# constrained type as if it had none of its own, and forgets AUTOMATIC TAGS
# where there is COMPONENTS OF: these are written out here.
for_erlang() {
    sed -e 's/ WITH SUCCESSORS//' \
        -e 's/TrafficParticipantType (unknown .*tram.*agricultural)/INTEGER (0..14)/' \
        -e 's/DeltaTimeMilliSecondSigned (0\.\.2047)/INTEGER (0..2047)/' \
        -e 's/SequenceOfCartesianPosition3d (SIZE(3\.\.16, \.\.\.))/SEQUENCE (SIZE(3..16, ...)) OF CartesianPosition3d/' \
        -e 's/COMPONENTS OF LanePositionAndType/transversalPosition LanePosition, laneType LaneType DEFAULT traffic, direction Direction DEFAULT sameDirection/' \
        "$1"
}

# Compiling takes longer than running, so that it is not worth to optimise.
quickly="+no_copt +no_ssa_opt +no_type_opt +no_bsm_opt +no_postopt"

# modules_into FOLDER OPTIONS FILE...: compiles ASN.1 modules, with options of
# erlc, unless FOLDER is newer.
modules_into() (
    begin_folder "$@" || return 0
    options=$2
    shift 2
    for module in "$@"; do
        for_erlang "$module" >"$new/$(basename "$module")"
    done
    (cd "$new" && for module in *.asn; do
        # shellcheck disable=SC2086
        erlc -b uper $options $quickly "$module" >&2
    done)
    end_folder
)

# erlang_into FOLDER FILE...: likewise modules of Erlang.
erlang_into() (
    begin_folder "$@" || return 0
    shift
    erlc -o "$new" "$@" >&2
    end_folder
)

# begin_folder FOLDER [OPTIONS] FILE...: is it to be made? By one process at a
# time: the others wait.
begin_folder() {
    folder=$1
    mkdir -p "$(dirname "$folder")"
    exec 9>"$folder.lock"
    flock 9
    is_older "$@" || return 1
    new=$(mktemp -d "$folder.XXXXXX")
}

end_folder() {
    rm -rf "$folder"
    mv -T "$new" "$folder"
}

is_older() {
    [ -d "$1" ] || return 0
    for source in "$@"; do
        case $source in
        "$1" | +*) ;;
        *) [ "$1" -nt "$source" ] || return 0 ;;
        esac
    done
    return 1
}
