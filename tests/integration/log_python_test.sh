#!/bin/bash
# Random formats of the log give the text that Python's logging gives.
/usr/bin/python3 - "$1/tests/integration/log_lines" <<'END'
import logging
import random
import subprocess
import sys
import time

NUMBERS = ["msecs", "process", "thread", "lineno"]
TEXTS = ["asctime", "levelname", "name", "threadName", "module", "funcName",
         "message"]
LITERALS = [" ", "%%", "[", "]", ".", "ä", "{x}", "$", "a b", ""]


def placeholder():
    name = random.choice(NUMBERS + TEXTS)
    kind = random.choice("sd") if name in NUMBERS else "s"
    flags = "".join(random.choices("-0+ ", k=random.randrange(4)))
    width = random.choice(["", "", str(random.randrange(60))])
    return f"%({name}){flags}{width}{kind}"


def make_format():
    parts = []
    for _ in range(random.randrange(1, 12)):
        parts += [random.choice(LITERALS), placeholder()]
    return "".join(parts) + random.choice(LITERALS)


record = logging.LogRecord(
    "nördlich \U0001f697", logging.WARNING, "src/daemon/app.c", 42,
    'started instance="north" text="100 %"', (), None, "serve")
record.created = 1795208743.007
record.msecs = 7.0
record.process = record.thread = 1234
record.threadName = "MainThread"


def python_line(text):
    formatter = logging.Formatter(text, "%Y-%m-%d %H:%M:%S", validate=False)
    formatter.converter = time.gmtime
    return formatter.format(record)


seed = random.randrange(1 << 32)
random.seed(seed)
formats = [make_format() for _ in range(5000)]
ours = subprocess.run([sys.argv[1]], input="\n".join(formats) + "\n",
                      stdout=subprocess.PIPE, encoding="utf-8", check=True)
lines = ours.stdout.split("\n")[:-1]
if len(lines) != len(formats):
    sys.exit(f"FAILED: {len(lines)} lines of {len(formats)}")
for text, line in zip(formats, lines):
    if line != python_line(text):
        sys.exit(f"FAILED (seed {seed}): {text!r}\n"
                 f"found   {line!r}\nallowed {python_line(text)!r}")
print(f"ok: {len(formats)} formats")
END
