"""Our own cases, beside those of the official suite.

  cases_test.py SCHEMAC LIBRARY FOLDER CC...

What the cases say is what a validator says, and the reader of a record where
the schema is one, in two spellings; what python3-jsonschema says; and what ajv
says, which is installed by npm in FOLDER, if that can be. Differences are
explained in differences.txt.
"""

import decimal
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema

import suite

HERE = pathlib.Path(__file__).parent
OTHER = "https://example.com/more/other.json"


def exact(text):
    value = decimal.Decimal(text)
    if value and abs(value.adjusted()) > 1000:
        return value
    return int(value) if value == value.to_integral_value() else value


def not_known(uri):
    raise LookupError(uri)


def by_python(groups):
    decimal.getcontext().prec = 1000
    other = json.loads((HERE / "more/other.json").read_text())
    for group in groups:
        schema = json.loads(suite.dump(group.schema), parse_float=exact)
        validator = jsonschema.Draft202012Validator(
            schema, resolver=jsonschema.RefResolver.from_schema(
                schema, store={OTHER: other}, handlers={"https": not_known}))
        for test in group.tests:
            data = json.loads(suite.dump(test["data"]), parse_float=exact)
            try:
                yield group, test, validator.is_valid(data)
            except jsonschema.RefResolutionError:
                yield group, test, "a reference is not known"


def by_ajv(groups, modules):
    other = json.loads((HERE / "more/other.json").read_text())
    question = '{"schemas":{"%s":%s},"groups":[%s]}' % (
        OTHER, json.dumps(other), ",".join(
            '{"schema":%s,"data":[%s]}' % (
                suite.dump(group.schema),
                ",".join(suite.dump(test["data"]) for test in group.tests))
            for group in groups))
    answer = subprocess.run(["node", HERE / "oracle.js"], input=question,
                            env={**os.environ, "NODE_PATH": modules},
                            stdout=subprocess.PIPE, text=True, check=True)
    for group, verdicts in zip(groups, json.loads(answer.stdout)):
        for test, verdict in zip(group.tests, verdicts):
            yield group, test, verdict


def by_schemac(functions, work, *tools):
    program = suite.Program(work, *tools)
    program.build(functions)
    for function, test, verdict in program.verdicts():
        yield function, test, verdict == "valid"


def install_ajv(folder):
    """Returns its folder of modules, or None and says so."""
    modules = pathlib.Path(folder) / "node_modules"
    modules.parent.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    try:
        if not (modules / "ajv-formats").is_dir():
            subprocess.run(["npm", "ci", "--silent", "--fetch-retries=0"],
                           cwd=folder, check=True, timeout=60)
        subprocess.run(["node", "--version"], check=True,
                       stdout=subprocess.DEVNULL)
        return modules
    except (OSError, subprocess.SubprocessError) as error:
        print(f"SKIPPED: what ajv says of the cases: {error}")
        return None


def main(schemac, library, folder, *cc):
    files = sorted(path.name for path in (HERE / "cases").glob("*.json"))
    groups = suite.groups_of(HERE / "cases", files)
    spellings = groups + suite.groups_of(HERE / "cases", files, suite.respell)
    options = ["--map", f"https://example.com/more={HERE / 'more'}"]
    functions = [suite.Function(group, options) for group in spellings]
    functions += [suite.Function(group, [], True) for group in spellings
                  if group.record]

    found = {}

    def differ(oracle, group, test, verdict):
        if verdict != test["valid"]:
            name = f"{oracle}: {group.name}: {test['description']}"
            found[name] = verdict

    with tempfile.TemporaryDirectory() as work:
        for function, test, verdict in by_schemac(functions, work, schemac, cc,
                                                  library):
            differ("record" if function.record else "validator",
                   function.group, test, verdict)
    for function in functions:
        if function.refused:
            found[f"refused: {function.group.name}"] = function.refused
    for group, test, verdict in by_python(groups):
        differ("python", group, test, verdict)
    expected = suite.listed(HERE / "differences.txt")
    modules = install_ajv(folder)
    if modules:
        for group, test, verdict in by_ajv(groups, modules):
            differ("ajv", group, test, verdict)
    else:
        expected = {name: why for name, why in expected.items()
                    if not name.startswith("ajv: ")}

    wrong = [f"{name}: found {found.get(name, 'no difference')}"
             for name in sorted(found.keys() ^ expected.keys())]
    print("\n".join(wrong))
    print(f"{len(groups)} groups, {sum(len(g.tests) for g in groups)} cases, "
          f"{len(expected)} known differences, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
