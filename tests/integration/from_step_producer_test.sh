#!/bin/bash
# docs/from_step_producer.md: what --check says of the old configuration is what
# is told there, the new one can be started with, and each key of the table has
# the name of today that the program knows, none missing.
#
#   from_step_producer_test.sh BUILD_DIR
set -u

/usr/bin/python3 - "$1/bin/stepden" "$(dirname "$0")/../.." <<'END'
import json, pathlib, re, subprocess, sys, tempfile

stepden, root = sys.argv[1], pathlib.Path(sys.argv[2])
page = (root / "docs/from_step_producer.md").read_text()


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S)


def check(text):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(text)
        file.flush()
        run = subprocess.run([stepden, "--check", "--config", file.name],
                             capture_output=True, text=True)
        return run.returncode, run.stderr.replace(f"stepden: {file.name}:", "")


def expect(what, said, wanted):
    if said != wanted:
        sys.exit(f"FAILED: {what}:\n{said}\nand not\n{wanted}")


before, after = blocks("json")
status, faults = check(before)
expect("the old one's status", status, 78)
expect("the old one's faults", faults.split(), blocks("text")[0].split())
expect("the new one", check(after), (0, ""))

rows = re.findall(r"^\| `([\w.]+)` \| `(\w+)` \|", page, re.M)
for old, new in rows:
    *path, key = old.split(".")
    config = {"stationId": 1}
    place = config
    for name in path:
        place[name] = {}
        place = place[name]
        if name == "handlers":
            place["type"] = "file"
    place[key] = None
    if "log" in config:
        config["log"]["handlers"] = [config["log"]["handlers"]]
    _, faults = check(json.dumps(config))
    if not re.search(rf'/{key}: .*; it is (now|written) "{new}"', faults):
        sys.exit(f"FAILED: {old} is {new}: {faults}")

schema = (root / "schemas/config.v1.schema.json").read_text()
for names in re.findall(r'"x-formerly": (\{.*?\})', schema, re.S):
    for name in json.loads(names):
        if not any(old.endswith(f".{name}") for old, _ in rows):
            sys.exit(f"FAILED: {name} is not in the table")
print("ok: keys:", len(rows))
END
