#!/bin/sh
# Random patterns and random strings: the same verdict as Python's engine.
#
#   pattern_test.sh PROBE
set -eu

exec /usr/bin/python3 - "$1" <<'END'
import json, random, re, subprocess, sys

random.seed(20)
DEPTH = 1
LINE_ENDS = "\\n\\r\\u2028\\u2029"
SPACE = ("\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f"
         "\\u3000\\ufeff")
WORD = "0-9A-Z_a-z"
LETTERS = "ab0-_ \n\r\u00e9\u2028\u3000\U0001f600/"


# Each returns the expression for schemac, and one for Python that means the
# same: there \d, \s, \w, \Z and . have other meanings.
def character():
    c = random.choice(LETTERS)
    spellings = [c] if c not in "\n\r/-" else []
    spellings.append("\\u{%x}" % ord(c))
    if ord(c) < 0x100:
        spellings.append("\\x%02x" % ord(c))
    if ord(c) < 0x10000:
        spellings.append("\\u%04X" % ord(c))
    else:
        pair = c.encode("utf-16-be")
        spellings.append("\\u%s\\u%s" % (pair[:2].hex(), pair[2:].hex()))
    if c in "\n\r":
        spellings += [repr(c)[1:-1], "\\c" + chr(64 + ord(c))]
    return random.choice(spellings), re.escape(c)


def class_item():
    kind = random.randrange(6)
    if kind == 0:
        first, last = sorted(random.sample("\t +09AMZafz\u00e9\u2028\u3000", 2))
        text = first if first != "\t" else "\\t"
        return (text + "-" + last,
                re.escape(first) + "-" + re.escape(last))
    if kind == 1:
        return random.choice([("\\d", "0-9"), ("\\s", SPACE), ("\\w", WORD)])
    return character()


def atom(depth):
    kind = random.randrange(12)
    if kind < 4:
        return character()
    if kind == 4:
        return ".", "[^%s]" % LINE_ENDS
    if kind == 5:
        letter, inside = random.choice(
            [("d", "0-9"), ("s", SPACE), ("w", WORD)])
        return random.choice([("\\" + letter, "[%s]" % inside),
                              ("\\" + letter.upper(), "[^%s]" % inside)])
    if kind < 9:
        items = [class_item() for _ in range(random.randint(1, 3))]
        caret = random.choice(["", "", "^"])
        return tuple("[%s%s]" % (caret, "".join(i)) for i in zip(*items))
    if depth == 0:
        return character()
    ours, theirs = choice(depth - 1)
    return "%s%s)" % (random.choice(["(", "(?:"]), ours), "(?:%s)" % theirs


def term(depth):
    anchor = random.randrange(14)
    if anchor == 0:
        return "^", "\\A"
    if anchor == 1:
        return "$", "\\Z"
    ours, theirs = atom(depth)
    low = random.randint(0, 3)
    quantifier = random.choice(
        ["", "", "", "*", "+", "?", "{%d}" % low, "{%d,}" % low,
         "{%d,%d}" % (low, low + random.randint(0, 2))])
    if depth < DEPTH:  # Python's engine tries all ways to match
        quantifier = random.choice(["", "", quantifier])
    lazy = random.choice(["", "?"]) if quantifier else ""
    return ours + quantifier + lazy, theirs + quantifier


def choice(depth):
    branches = []
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        terms = [term(depth) for _ in range(random.randint(0, 4))]
        branches.append(["".join(t) for t in zip(*terms)] or ["", ""])
    return tuple("|".join(b) for b in zip(*branches))


def string():
    text = "".join(random.choice(LETTERS)
                   for _ in range(random.choice([0, 1, 2, 3, 4, 5])))
    return text, json.dumps(text, ensure_ascii=random.random() < 0.5)


lines, expected, cases = [], [], []
for _ in range(3000):
    ours, theirs = choice(DEPTH)
    compiled = re.compile(theirs)
    lines.append("p" + ours)
    for _ in range(20):
        text, spelled = string()
        lines.append("s" + spelled)
        expected.append("1" if compiled.search(text) else "0")
        cases.append((ours, theirs, spelled))
answer = subprocess.run([sys.argv[1]], input="\n".join(lines).encode(),
                        stdout=subprocess.PIPE, check=True).stdout.decode()
answer = answer.split()
assert len(answer) == len(expected), len(answer)
assert 0.2 < expected.count("1") / len(expected) < 0.8
wrong = [case for case, a, e in zip(cases, answer, expected) if a != e]
for case in wrong[:5]:
    print("pattern %r, for Python %r: not the same for %s" % case)
sys.exit(bool(wrong))
END
