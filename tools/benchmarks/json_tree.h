/* What json-c is for: a text as a tree, and back. */
#ifndef BENCH_JSON_TREE_H
#define BENCH_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include <json-c/json.h>

/* Freed with json_object_put. Reuses `tokener`. */
struct json_object *bench_tree_read(struct json_tokener *tokener,
                                    const char *json, size_t size);

/*
 * Whether all of `wanted` is in `tree`: takes each member out by its name, and
 * each value, as a program does that knows what it looks for.
 */
bool bench_tree_holds(struct json_object *tree, struct json_object *wanted);

/*
 * The same tree again, made by the calls of a program that has the values, and
 * constant names that differ. Freed with json_object_put.
 */
struct json_object *bench_tree_build(struct json_object *model);

/* As text, owned by `tree`. */
const char *bench_tree_write(struct json_object *tree, size_t *size);

#endif
