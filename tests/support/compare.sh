# shellcheck shell=sh
# Comparing files line by line: for scripts of tests.

# compare WHAT GIVEN EXPECTED FOUND: EXPECTED and FOUND are equal; if not,
# the shortest line of GIVEN for which they differ is shown.
compare() {
    cmp -s "$3" "$4" && return 0
    separator=$(printf '\001') # in no line
    paste -d "$separator" "$2" "$3" "$4" |
        awk -F "$separator" -v what="$1" '
        ($2 "") != ($3 "") {
            count++
            if (!size || length($1) < size) {
                size = length($1)
                shown = "given    " $1 "\nexpected " $2 "\nfound    " $3
            }
        }
        END { printf "%s: %d lines differ\n%s\n", what, count, shown }' >&2
    return 1
}
