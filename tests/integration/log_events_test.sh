#!/bin/bash
# docs/log.md has every event of the source, with its levels and its keys, and
# no other; docs/operations.md says what to do about each that is no good news,
# in words that the source has; and only the daemon writes where a log goes.
source=$(dirname "$0")/../..
found=$(cd "$source/src" &&
    grep -rnE '\b(v?f?printf|puts|fputs|perror|v?dprintf|v?syslog) ?\(|\bstd(out|err)\b' \
        base json codec den denm redis --include='*.[ch]')
[[ -z $found ]] || { echo "FAILED: a library writes: $found"; exit 1; }

/usr/bin/python3 - "$source" <<'END'
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
RESERVED = {"time", "level", "name", "event", "message", "process", "module",
            "function", "line"}

# An event and where its level is: in the name of the call, or beside it.
CALLS = [re.compile(text) for text in (
    r'STEPDEN_LOG(?P<level>_[A-Z]+)?\((?P<beside>[^;"]*)"(?P<event>[a-z_]+)[ "%]',
    r'fault_tell\((?P<level>)(?P<beside>[^;"]*)"(?P<event>[a-z_]+)"',
    r'GATHER_NOTE\((?P<level>)(?P<beside>[^;"]*)"(?P<event>[a-z_]+)"',
    r'make_line\((?P<level>)(?P<beside>[^;"]*)"(?P<event>[a-z_]+) ',
)]
# In any text of the daemon, as words of a message come from elsewhere, too.
TAKEN = re.compile(rf'[ "]({"|".join(RESERVED)})=(?:%|\\")')
KEY = re.compile(r'[ "]([a-z_]+)=(?:%|\\")')

events = {}
faults = []
for path in sorted((root / "src/daemon").rglob("*.c")):
    text = path.read_text()
    faults += [f"{path.name}: {key} is a member of every JSON line"
               for key in TAKEN.findall(text)]
    for match in (match for call in CALLS for match in call.finditer(text)):
        levels, keys = events.setdefault(match["event"], (set(), set()))
        levels.update(re.findall("STEPDEN_LOG_LEVEL_([A-Z]+)", match["beside"])
                      or [(match["level"] or "_any")[1:]])
        call = text[match.start():text.index(";", match.end("event"))]
        keys.update(KEY.findall(re.sub(r'"\s*(?:PRI\w+\s*)?"', "", call)))

rows = re.findall(r"^\| `([a-z_]+)` \| ([^|]*) \| ([^|]*) \|",
                  (root / "docs/log.md").read_text().split("## All events")[1],
                  re.M)
documented = {event: (set(re.findall(r"[A-Z]{4,}|any", levels)),
                      set(re.findall(r"`([a-z_]+)`", keys)))
              for event, levels, keys in rows}

faults += [f"{event}: not documented" for event in events.keys() - documented]
faults += [f"{event}: not in the source" for event in documented.keys() - events]
for event in events.keys() & documented.keys():
    if events[event][0] != documented[event][0]:
        faults.append(f"{event}: found level {documented[event][0]}, "
                      f"the source has {events[event][0]}")
    missing = events[event][1] - documented[event][1]
    if missing:
        faults.append(f"{event}: without {missing}")
if [row[0] for row in rows] != sorted(documented):
    faults.append("the events are not in alphabetical order, or come twice")
# What to do: an event, a word of Redis', or a part of a text of src/redis.
page = (root / "docs/operations.md").read_text().split("## Troubleshooting")[1]
told = [word for cells in re.findall(r"^\| (`.*?) \|", page, re.M)
        for word in re.findall("`(.*?)`", cells)]
texts = "\n".join(re.sub(r'"\s*"', "", path.read_text())
                  for path in (root / "src/redis").glob("*.c"))
faults += [f"{word}: told of in docs/operations.md, not in the source"
           for word in told
           if word not in events and word not in texts and not word.isupper()]
faults += [f"{event}: not in docs/operations.md, Troubleshooting"
           for event, (levels, _) in documented.items()
           if levels & {"WARNING", "ERROR", "CRITICAL"} and event not in told]
if faults or not events:
    sys.exit("FAILED: " + "\n".join(sorted(faults)))
print(f"ok: {len(events)} events")
END
