#!/bin/bash
# Every option of --help is completed, and explained in the manual page, which
# has no others; so are the commands of denm.
set -u
export LC_ALL=C

root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$1/bin" && pwd)
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-test.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

expect() {
    [[ $2 == "$3" ]] || { echo "FAILED: $1: $2 instead of $3"; exit 1; }
    echo "ok: $1: $2"
}

# The words of all lines in one, in order.
in_line() {
    sort -u | paste -sd ' '
}

# completed PROGRAM WORD...: what is offered for the last word.
completed() {
    local program=$1
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    "_${program##*/}" "$bin/$program" "${COMP_WORDS[COMP_CWORD]}" \
        "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}" | in_line
}

for program in stepden denm; do
    . "$root/tools/dist/completion/$program" || exit 1
    complete -p "$program" || exit 1
done

# The entries of the manual's section OPTIONS.
in_page() {
    sed -n '/^\.SH OPTIONS/,/^\.SH CHECK/p' "$root/docs/stepden.1" |
        tr -d '\\' | grep -A 1 '^\.TP' |
        grep -Eo -- '-(-[a-z_-]+|[a-z])\b' | in_line
}

# Options are what stands at the beginning of a line of the help.
in_help() {
    grep -E '^ +(-[a-z], |    )--' | grep -Eo -- '-(-[a-z_-]+|[a-z],)' |
        tr -d , | in_line
}

options=$("$bin/stepden" --help | in_help)
expect "options of stepden" "$(wc -w <<<"$options")" 16
expect "completed" "$(completed stepden -)" "$options"
expect "in the manual" "$(in_page)" "$options"

cd "$here" || exit 1
touch 'a file.json'
expect "a beginning" "$(completed stepden --co)" \
    "--conf_schema --conf_template --config"
for before in -c --config --replay -s --conf_schema --conf-template; do
    expect "after $before" "$(completed stepden "$before" a)" "a file.json"
done
expect "after --config=" "$(completed stepden --config =)" "a file.json"
expect "after --config=a" "$(completed stepden --config = a)" "a file.json"
expect "after --conf_schema -" "$(completed stepden --conf_schema --v)" \
    --version
expect "after --instance" "$(completed stepden --instance '')" ""

commands=$("$bin/denm" --help | sed -nE 's/^  ([a-z]+)  .*/\1/p')
expect "commands of denm" "$(completed denm '')" \
    "$(printf '%s\n' $commands --help --version | in_line)"
for command in $commands; do
    expect "options of denm $command" "$(completed denm "$command" --)" \
        "$("$bin/denm" "$command" --help | grep -Eo -- '--[a-z]+' | in_line)"
done
expect "releases" "$(completed denm decode --release '')" "r1 r2"
expect "files" "$(completed denm decode a)" "a file.json"
