"""The official JSON-Schema-Test-Suite, draft 2020-12, against validators.

  official_test.py SCHEMAC LIBRARY CC...

Every group is compiled or is in refused.txt, with the reason; and the verdict
on all data of a group that is compiled is the suite's, also when schema and
data are spelt in another way.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import suite

HERE = pathlib.Path(__file__).parent
PACKAGE = "libtest-json-schema-acceptance-perl"
BASE = "https://json-schema.org/draft/2020-12/"
DIALECT = BASE + "schema"

# What is looked at of the optional parts: of formats, the one that is known.
OPTIONAL = ["bignum.json", "cross-draft.json",
            "dependencies-compatibility.json", "ecmascript-regex.json",
            "float-overflow.json", "no-schema.json", "non-bmp-regex.json",
            "refOfUnknownKeyword.json", "unicode.json",
            "format/date-time.json"]

REFUSED = "# Groups of the official suite that are not compiled, and why.\n"


def find_suite():
    files = subprocess.run(["dpkg", "-L", PACKAGE], stdout=subprocess.PIPE,
                           text=True, check=True).stdout.splitlines()
    return next(pathlib.Path(file).parent for file in files
                if file.endswith("/remotes"))


def metaschemas():
    """The schemas of schemas by their URIs, which python3-jsonschema has."""
    try:
        import jsonschema_specifications
        known = jsonschema_specifications.REGISTRY
        return {uri: known.contents(uri) for uri in known}
    except ImportError:
        import jsonschema
        data = pathlib.Path(jsonschema.__file__).parent / "schemas"
        known = json.loads((data / "vocabularies.json").read_text())
        known[DIALECT] = json.loads((data / "draft2020-12.json").read_text())
        return known


def save_metaschemas(folder):
    for uri, schema in metaschemas().items():
        if uri.startswith(BASE):
            file = folder / uri[len(BASE):]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(schema))


def options(group, folder):
    """Formats are not looked at where the suite says so."""
    yield from ("--map", f"http://localhost:1234={folder / 'remotes'}")
    yield from ("--map", f"{BASE[:-1]}=metaschemas")
    if group.name.startswith("format.json") or (
            not group.name.startswith("optional/")
            and f'"$ref":"{DIALECT}"' in suite.dump(group.schema)):
        yield "--format-annotation"


def main(schemac, library, *cc):
    folder = find_suite()
    tests = folder / "tests" / "draft2020-12"
    files = sorted(path.name for path in tests.glob("*.json"))
    files += [f"optional/{name}" for name in OPTIONAL]
    functions = [suite.Function(group, options(group, folder))
                 for spell in (suite.dump, suite.respell)
                 for group in suite.groups_of(tests, files, spell)]

    with tempfile.TemporaryDirectory() as work:
        save_metaschemas(pathlib.Path(work) / "metaschemas")
        program = suite.Program(work, schemac, cc, library)
        program.build(functions)
        verdicts = program.verdicts()

    wrong = [f"{function.group.name}: {test['description']}: {verdict}"
             for function, test, verdict in verdicts
             if (verdict == "valid") != test["valid"]]
    half = len(functions) // 2
    refused = {function.group.name: function.refused.replace(f"{folder}/", "")
               for function in functions[:half] if function.refused}
    if os.environ.get("UPDATE_GOLDEN"):
        (HERE / "refused.txt").write_text(REFUSED + "".join(
            f"{name} | {reason}\n" for name, reason in refused.items()))
    wrong += suite.compare(refused, suite.listed(HERE / "refused.txt"))
    wrong += [f"{function.group.name}: {function.refused}"
              for function in functions[half:]
              if function.refused and function.group.name not in refused]
    print("\n".join(wrong))
    print(f"{half - len(refused)} of {half} groups compiled, "
          f"{len(verdicts)} verdicts, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
