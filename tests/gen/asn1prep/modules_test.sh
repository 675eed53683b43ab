#!/bin/sh
# The modules in asn1/: a DENM reaches 81 types in release 1 (EN 302 637-3
# V1.3.1) and 236 in release 2 (TS 103 831 V2.3.1).
#
#   modules_test.sh ASN1PREP
set -eu

asn1prep=${1:?usage: modules_test.sh ASN1PREP}
asn1=$(cd "$(dirname "$0")/../../../asn1" && pwd)
output=$(mktemp)
trap 'rm -f "$output"' EXIT

check() { # release, number of types
    "$asn1prep" --prefix X --root DENM --output "$output" "$asn1/$1"/*.asn
    types=$(grep -c '^X[A-Za-z0-9-]* ::=' "$output")
    if [ "$types" != "$2" ]; then
        echo "$1: $types types reached, $2 expected"
        exit 1
    fi
}

check r1 81
check r2 236
