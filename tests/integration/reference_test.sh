#!/bin/bash
# The reference of the libraries is made of their headers without a warning, and
# what the headers say is in it: of files, functions, statuses and members.
#
#   reference_test.sh BUILD_DIR
set -u

if ! command -v doxygen >/dev/null; then
    echo "SKIPPED: the reference of the libraries: doxygen is not installed"
    exit 0
fi
here=$(mktemp -d "${TMPDIR:-/tmp}/stepden-reference.XXXXXX") || exit 73
trap 'rm -rf "$here"' EXIT

{
    cat "$1/docs/Doxyfile"
    echo "OUTPUT_DIRECTORY = $here"
} | doxygen - >"$here/log" 2>&1 || { cat "$here/log"; exit 1; }
[[ ! -s $here/log ]] || { cat "$here/log"; exit 1; }

# tells PAGE PATTERN
tells() {
    sed 's/<[^>]*>//g' "$here/html/$1" | grep -qE "$2" ||
        { echo "FAILED: $1 does not say: $2"; exit 1; }
}

tells status_8h.html '^What every call of libstepden returns'
tells den_8h.html '^Takes in a predicted collision'
grep -q '<li>STEPDEN_ERR_MEMORY' "$here/html/den_8h.html" ||
    { echo "FAILED: statuses are not a list"; exit 1; }
tells structstepden__diag.html '^what was found and what is allowed'
tells structstepden__management__container.html "When this DENM was generated"
tells index.html 'libraries, from which the service is put'
echo "ok: $(find "$here/html" -name '*_8h.html' | wc -l) headers"
