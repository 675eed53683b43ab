#!/bin/sh
# Random values for the properties of a record: the same verdict as that of an
# independent validator.
#
#   record_test.sh PROBE SCHEMA
set -eu

exec /usr/bin/python3 - "$@" <<'END'
import json, random, subprocess, sys
from decimal import Decimal
from jsonschema import Draft202012Validator

random.seed(5)
def exact(text):
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value


# Python's patterns say some things in another way.
schema = (open(sys.argv[2]).read().replace("\\\\u{1F600}", "\U0001f600")
          .replace(").$", ")[^\\\\n\\\\r\\\\u2028\\\\u2029]$")
          .replace("$\"", "\\\\Z\""))
schema = json.loads(schema, parse_float=exact)
validator = Draft202012Validator(schema)
NUMBERS = [0, 1, 2, -1, 5, 8, 9, 10, 50, -4, -9, -10, -100, 255, 256, 359.9,
           360, 10 ** 12, 2 ** 63, 2 ** 63 - 1, -2 ** 63, -2 ** 63 - 1,
           9 * 10 ** 18 + 3, 3 * 10 ** 18 + 1]
TEXTS = ["", "a", "ab", "abcdefgh", "abcdefghi", "A", "a1", "\u00e91",
         "\u00e9", "\u00e9\n", "\U0001f600x", "\U0001f600xyz", "on", "off",
         "left", "\u00e91\u2028"]
CODES = ["\u00e91", "\u00e92", "\U0001f600x"]
SCALARS = ["true", "false", "null", "{}", '{"b":1}', "[1, 1.0]"]


# The same number in one of its spellings, or one close to it.
def number():
    value = Decimal(str(random.choice(NUMBERS)))
    kind = random.randrange(8)
    if kind == 0:
        value += random.choice([1, -1]) * Decimal(10) ** -random.choice(
            [1, 2, 3, 18, 30])
    if kind == 1:
        return "%sE%d" % (value * 10 ** 3, -3)
    if kind == 2:
        return "%s.000" % int(value)
    if kind == 3:
        return "%de2" % value
    return format(value, "f")


def text(texts=TEXTS):
    return json.dumps(random.choice(texts), ensure_ascii=random.random() < 0.3)


# Often with an element that is there twice.
def array():
    texts = random.choice([TEXTS, CODES, CODES])
    return "[%s]" % ", ".join(text(texts) for _ in range(random.randint(0, 4)))


def value():
    kind = random.randrange(10)
    if kind < 4:
        return number()
    if kind < 6:
        return text()
    return array() if kind < 9 else random.choice(SCALARS)


# What only records refuse: text that is no time, and times before 2004.
properties = sorted(set(schema["properties"]) - {"start"})
lines = []
for _ in range(20000):
    record = {"above": "1", "fixed": "true"}
    record[random.choice(properties)] = value()
    lines.append("{%s}" % ", ".join(
        '"%s": %s' % member for member in record.items()))
expected = ["1" if validator.is_valid(json.loads(line, parse_float=exact))
            else "0" for line in lines]
answer = subprocess.run([sys.argv[1]], input="\n".join(lines).encode() + b"\n",
                        stdout=subprocess.PIPE, check=True).stdout.decode()
answer = answer.split()
assert len(answer) == len(lines), len(answer)
assert 0.05 < expected.count("1") / len(lines) < 0.95
wrong = [line for line, a, e in zip(lines, answer, expected) if a != e]
for line in wrong[:8]:
    print("not the same verdict: " + line)
sys.exit(bool(wrong))
END
