"""Bundles are schemas for any tool in its strictest mode, without keywords of
our own, and templates are valid.

    bundle_test.py SCHEMAC FOLDER SCHEMA...

FOLDER keeps what npm installs; without npm ajv is not asked.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import jsonschema

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "validator"))
from cases_test import install_ajv  # noqa: E402


def compiled(schemac, schema, work):
    """The bundle and the template."""
    files = work / "bundle", work / "template"
    subprocess.run([schemac, "--bundle", files[0], "--template", files[1],
                    schema], check=True)
    bundle, template = (json.loads(file.read_text()) for file in files)
    return {"name": schema.name, "schema": bundle, "template": template}


def own_keywords(schema):
    if isinstance(schema, list):
        return [key for inner in schema for key in own_keywords(inner)]
    if not isinstance(schema, dict):
        return []
    return ([key for key in schema if key.startswith("x-")] +
            own_keywords(list(schema.values())))


def faults_by_python(case):
    judge = jsonschema.Draft202012Validator
    try:
        judge.check_schema(case["schema"])
        judge(case["schema"]).validate(case["template"])
    except (jsonschema.SchemaError, jsonschema.ValidationError) as error:
        return [f"python: {case['name']}: {error.message}"]
    return [f"{case['name']}: {key}" for key in own_keywords(case["schema"])]


def faults_by_ajv(cases, folder):
    modules = install_ajv(folder)
    if modules is None:
        return []
    run = subprocess.run(["node", HERE / "strict.js"], text=True, check=True,
                         input=json.dumps(cases), stdout=subprocess.PIPE,
                         env={**os.environ, "NODE_PATH": modules})
    return run.stdout.splitlines()


def main(schemac, folder, *schemas):
    with tempfile.TemporaryDirectory() as work:
        cases = [compiled(schemac, pathlib.Path(schema), pathlib.Path(work))
                 for schema in schemas]
    faults = [fault for case in cases for fault in faults_by_python(case)]
    faults += faults_by_ajv(cases, folder)
    print("\n".join(faults))
    print(f"{len(cases)} bundles, {len(faults)} faults")
    return 1 if faults or not cases else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
