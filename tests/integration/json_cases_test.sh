#!/bin/bash
# The table of JSON texts is right: Python's reader says y and n to the same,
# with the strictness that it lacks.
set -eu
exec /usr/bin/python3 - "$(dirname "$0")/../vectors/json/cases.txt" <<'END'
import json
import sys
from urllib.parse import unquote_to_bytes


def unique(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def refuse(name):
    raise ValueError(name)


def is_json(text):
    try:
        value = json.loads(text.decode("utf-8"), object_pairs_hook=unique,
                           parse_constant=refuse, parse_int=str,
                           parse_float=str)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError:
        return False
    return True


wrong = 0
with open(sys.argv[1], encoding="ascii") as table:
    for line in table:
        verdict, _, rest = line.rstrip("\n").partition(" ")
        name, _, text = rest.partition(":")
        if verdict not in ("y", "n"):
            continue
        if is_json(unquote_to_bytes(text.removeprefix(" "))) != (verdict == "y"):
            print(f"{name} is not {verdict}")
            wrong = 1
sys.exit(wrong)
END
