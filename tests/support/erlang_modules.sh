# The asn1 modules of a release, made by Erlang's asn1 compiler: for scripts in
# the same folder.

# Erlang 25 knows no WITH SUCCESSORS, and encodes constraints on the name of a
# constrained type as if it had none of its own: these are written out here.
for_erlang() {
    sed -e 's/ WITH SUCCESSORS//' \
        -e 's/TrafficParticipantType (unknown .*tram.*agricultural)/INTEGER (0..14)/' \
        -e 's/DeltaTimeMilliSecondSigned (0\.\.2047)/INTEGER (0..2047)/' \
        -e 's/SequenceOfCartesianPosition3d (SIZE(3\.\.16, \.\.\.))/SEQUENCE (SIZE(3..16, ...)) OF CartesianPosition3d/' \
        "$1"
}

# compile_modules FOLDER FILE...: into FOLDER, as a whole or not at all.
compile_modules() (
    folder=$1
    shift
    mkdir -p "$(dirname "$folder")"
    new=$(mktemp -d "$folder.XXXXXX")
    for module in "$@"; do
        for_erlang "$module" >"$new/$(basename "$module")"
    done
    cd "$new"
    for module in *.asn; do
        erlc -b uper +jer +maps +undec_rest "$module" >&2
    done
    put_folder "$new" "$folder"
)

# put_folder NEW FOLDER: in the place of what was there.
put_folder() {
    rm -rf "$2"
    mv -T "$1" "$2" || rm -rf "$1" # another one was faster
}

# are_compiled FOLDER FILE...: is FOLDER newer than all of these?
are_compiled() (
    [ -d "$1" ] || return 1
    folder=$1
    shift
    for source in "$@"; do
        [ "$folder" -nt "$source" ] || return 1
    done
)
