"""Schemas with data that is valid or not, in the form of the official
JSON-Schema-Test-Suite, and what schemac makes of them."""

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


def respell(value):
    """The same value, with all that may be spelt otherwise."""
    if isinstance(value, dict):
        return " { %s } " % " , ".join(
            f"{respell(key)} :\t{respell(item)}"
            for key, item in reversed(value.items()))
    if isinstance(value, list):
        return " [ %s ] " % " , ".join(map(respell, value))
    if isinstance(value, str):
        units = value.encode("utf-16-be", "surrogatepass").hex()
        return '"%s"' % re.sub("(....)", r"\\u\1", units)
    if value is None or isinstance(value, bool):
        return dump(value)
    text = dump(value)
    if text == "0" or "e" in text.lower():
        return text
    return text + ("0e-0" if "." in text else "0.0E-01")


class Group:
    """A schema and its data, in one spelling."""

    def __init__(self, file, group, spell=dump):
        self.name = f"{file}: {group['description']}"
        self.schema = group["schema"]
        self.tests = group["tests"]
        self.record = group.get("record", False)
        self.spell = spell


def groups_of(folder, files, spell=dump):
    return [Group(file, group, spell) for file in files
            for group in load(folder / file)]


class Function:
    """What schemac makes of a group; `refused` is why it makes nothing."""

    def __init__(self, group, options, record=False):
        self.group, self.options, self.record = group, list(options), record
        self.refused = None


MAIN = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/status.h>

%s
static enum stepden_status (*const functions[])(const char *json, size_t size,
    struct stepden_diag *diag) = {
%s};

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, stdin)) > 0) {
        char *json;
        unsigned long i = strtoul(line, &json, 10);
        size_t length = (size_t)(line + size - 1 - json);
        char *copy = malloc(length);
        struct stepden_diag diag;
        enum stepden_status status;

        memcpy(copy, json, length);
        status = functions[i](copy, length, &diag);
        free(copy);
        puts(status == STEPDEN_OK ? "valid" : stepden_status_text(status));
    }
    free(line);
    return 0;
}
"""

READ = """#include "name_%(i)d.h"
static enum stepden_status stepden_name_%(i)d_validate(const char *json,
    size_t size, struct stepden_diag *diag)
{
    static struct stepden_name_%(i)d value;

    return stepden_name_%(i)d_read(&value, json, size, diag);
}
"""


class Program:
    """All functions in one program."""

    def __init__(self, work, schemac, cc, library):
        self.work, self.schemac = pathlib.Path(work), schemac
        self.cc = [*cc, f"-I{work}"]
        self.library = library
        self.functions = []

    def _compile(self, i, function):
        schema = self.work / f"name_{i}.json"
        schema.write_text(function.group.spell(function.group.schema))
        kind = (["--include", "made"] if function.record
                else ["--validator", *function.options])
        made = subprocess.run(
            [self.schemac, *kind, "--header", f"name_{i}.h", "--source",
             f"name_{i}.c", schema.name],
            cwd=self.work, stderr=subprocess.PIPE, text=True, check=False)
        if made.returncode != 0:
            function.refused = made.stderr.strip().replace(
                schema.name, "schema")
            return None
        subprocess.run([*self.cc, "-c", f"name_{i}.c"], cwd=self.work,
                       check=True)
        return f"name_{i}.o"

    def build(self, functions):
        self.functions = functions
        (self.work / "made").symlink_to(".")
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(self._compile, *zip(*enumerate(functions))))
        built = [i for i, file in enumerate(objects) if file]
        (self.work / "main.c").write_text(MAIN % (
            "".join(READ % {"i": i} if functions[i].record
                    else f'#include "name_{i}.h"\n' for i in built),
            "".join(f"    [{i}] = stepden_name_{i}_validate,\n"
                    for i in built)))
        subprocess.run(
            [*self.cc, "main.c", *filter(None, objects), self.library,
             "-o", "program"], cwd=self.work, check=True)

    def verdicts(self):
        """(function, test, verdict) of each test of what was compiled."""
        asked = [(function, test) for function in self.functions
                 if not function.refused for test in function.group.tests]
        numbers = {function: i for i, function in enumerate(self.functions)}
        answer = subprocess.run(
            [self.work / "program"], stdout=subprocess.PIPE, text=True,
            input="".join(
                f"{numbers[function]} {function.group.spell(test['data'])}\n"
                for function, test in asked), check=True)
        lines = answer.stdout.splitlines()
        assert len(lines) == len(asked)
        return [(*both, line) for both, line in zip(asked, lines)]


def listed(path):
    """The lines of a list, without comments: what is before and behind " | ".
    """
    lines = (line for line in path.read_text().splitlines()
             if line and not line.startswith("#"))
    return dict(line.split(" | ", 1) for line in lines)


def compare(found, expected):
    """What two such lists differ in."""
    return [f"{name}: expected is {expected.get(name)}, found "
            f"{found.get(name)}" for name in sorted(found | expected)
            if found.get(name) != expected.get(name)]
