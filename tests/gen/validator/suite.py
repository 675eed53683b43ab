"""Schemas with data that is valid or not, in the form of the official
JSON-Schema-Test-Suite, and the validators that schemac makes of them."""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess


class Number(float):
    """A number with its spelling."""


def number(text):
    value = Number(text)
    value.text = text
    return value


def load(path):
    return json.loads(path.read_text(), parse_float=number)


def dump(value):
    """JSON in which numbers are spelt as they were."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{%s}" % ",".join(
            f"{dump(key)}:{dump(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(map(dump, value))
    return json.dumps(value, ensure_ascii=False)


class Group:
    """A schema and its data; `refused` is why schemac did not compile it."""

    def __init__(self, file, group):
        self.name = f"{file}: {group['description']}"
        self.schema = group["schema"]
        self.tests = group["tests"]
        self.record = group.get("record", False)
        self.refused = None


def groups_of(folder, files):
    return [Group(file, group) for file in files
            for group in load(folder / file)]


MAIN = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/status.h>

%s
static enum stepden_status (*const validate[])(const char *json, size_t size,
    struct stepden_diag *diag) = {
%s};

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, stdin)) > 0) {
        char *json;
        unsigned long group = strtoul(line, &json, 10);
        size_t length = (size_t)(line + size - 1 - json);
        char *copy = malloc(length);
        struct stepden_diag diag;
        enum stepden_status status;

        memcpy(copy, json, length);
        status = validate[group](copy, length, &diag);
        free(copy);
        puts(status == STEPDEN_OK ? "valid" : stepden_status_text(status));
    }
    free(line);
    return 0;
}
"""


class Validators:
    """One program with all validators of the groups."""

    def __init__(self, schemac, cc, work):
        self.schemac, self.cc, self.work = schemac, cc, pathlib.Path(work)

    def _compile(self, job):
        index, group, options = job
        stem = self.work / f"group_{index}"
        schema = stem.with_suffix(".json")
        schema.write_text(dump(group.schema))
        made = subprocess.run(
            [self.schemac, "--validator", *options,
             "--header", f"{stem}.h", "--source", f"{stem}.c", schema],
            stderr=subprocess.PIPE, text=True, check=False)
        if made.returncode != 0:
            group.refused = made.stderr.strip().replace(
                f"{schema.parent}/", "").replace(schema.name, "schema")
            return None
        subprocess.run([*self.cc, "-c", f"{stem}.c", "-o", f"{stem}.o"],
                       check=True)
        return f"{stem}.o"

    def build(self, groups, options, libraries):
        """`options` of schemac are made of a group by a function."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(self._compile, (
                (i, group, options(group)) for i, group in enumerate(groups))))
        built = [i for i, file in enumerate(objects) if file]
        main = self.work / "main.c"
        main.write_text(MAIN % (
            "".join(f'#include "group_{i}.h"\n' for i in built),
            "".join(f"    [{i}] = stepden_group_{i}_validate,\n"
                    for i in built)))
        subprocess.run(
            [*self.cc, main, *filter(None, objects), *libraries,
             "-o", self.work / "validators"], check=True)

    def verdicts(self, groups):
        """Of each group that was compiled: (test, verdict) of each test."""
        asked = [(group, test, f"{i} {dump(test['data'])}\n")
                 for i, group in enumerate(groups) if not group.refused
                 for test in group.tests]
        answer = subprocess.run(
            [self.work / "validators"], stdout=subprocess.PIPE, text=True,
            input="".join(line for _, _, line in asked), check=True)
        lines = answer.stdout.splitlines()
        assert len(lines) == len(asked)
        return [(group, test, line)
                for (group, test, _), line in zip(asked, lines)]


def listed(path):
    """The lines of a list, without comments: what is before and behind " | ".
    """
    lines = (line for line in path.read_text().splitlines()
             if line and not line.startswith("#"))
    return dict(line.split(" | ", 1) for line in lines)
