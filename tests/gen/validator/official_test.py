"""The official JSON-Schema-Test-Suite, draft 2020-12, against validators.

  official_test.py SCHEMAC LIBRARY CC...

Every group is compiled or is in refused.txt, with the reason; and the verdict
on all data of a group that is compiled is the suite's.
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
DRAFT = "draft2020-12"
BASE = "https://json-schema.org/draft/2020-12/"
DIALECT = BASE + "schema"

# What is looked at of the optional parts: of formats, the one that is known.
OPTIONAL = ["bignum.json", "cross-draft.json", "dependencies-compatibility.json",
            "ecmascript-regex.json", "float-overflow.json", "no-schema.json",
            "non-bmp-regex.json", "refOfUnknownKeyword.json", "unicode.json",
            "format/date-time.json"]


REFUSED = """# The groups of the official suite that schemac does not compile, and why.
"""


def root():
    given = os.environ.get("JSON_SCHEMA_TEST_SUITE")
    if given:
        return pathlib.Path(given)
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


def save_metaschemas(work):
    """Returns the folder of what is below BASE."""
    for uri, schema in metaschemas().items():
        if uri.startswith(BASE):
            file = work / "metaschemas" / uri[len(BASE):]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(schema))
    return work / "metaschemas"


def main(schemac, library, *cc):
    folder = root()
    tests = folder / "tests" / DRAFT
    files = sorted(path.name for path in tests.glob("*.json"))
    files += [f"optional/{name}" for name in OPTIONAL]
    groups = suite.groups_of(tests, files)

    def options(group, work):
        yield "--map"
        yield f"http://localhost:1234={folder / 'remotes'}"
        yield "--map"
        yield f"{BASE[:-1]}={pathlib.Path(work) / 'metaschemas'}"
        if (group.name.startswith("format.json")
                or (not group.name.startswith("optional/")
                    and f'"$ref":"{DIALECT}"' in suite.dump(group.schema))):
            yield "--format-annotation"

    with tempfile.TemporaryDirectory() as work:
        save_metaschemas(pathlib.Path(work))
        validators = suite.Validators(schemac, cc, work)
        validators.build(groups, lambda group: options(group, work), [library])
        verdicts = validators.verdicts(groups)

    wrong = [f"{group.name}: {test['description']}: {verdict}"
             for group, test, verdict in verdicts
             if (verdict == "valid") != test["valid"]]
    refused = {group.name: group.refused.replace(f"{folder}/", "")
               for group in groups if group.refused}
    if os.environ.get("UPDATE_GOLDEN"):
        (HERE / "refused.txt").write_text(REFUSED + "".join(
            f"{name} | {reason}\n" for name, reason in refused.items()))
    expected = suite.listed(HERE / "refused.txt")
    for name in sorted(refused.keys() | expected.keys()):
        if refused.get(name) != expected.get(name):
            wrong.append(f"{name}: expected is {expected.get(name)}, "
                         f"found {refused.get(name)}")
    print("\n".join(wrong))
    print(f"{len(groups) - len(refused)} of {len(groups)} groups compiled, "
          f"{len(verdicts)} verdicts, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
