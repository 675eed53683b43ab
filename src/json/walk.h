/* Walks over a JSON text that has been checked: nothing here can fail. */
#ifndef STEPDEN_JSON_WALK_H
#define STEPDEN_JSON_WALK_H

#include <stdbool.h>

#include <stepden/json_span.h>

/* What is left of an object or of an array. */
struct stepden_json_walk {
    const char *at;
    const char *end;
};

/* The first value of a text: without what stands before and behind it. */
struct stepden_json_span stepden_json_walk_root(const char *json, size_t size);

/* Enters the object or the array that `value` is. */
struct stepden_json_walk stepden_json_walk_into(struct stepden_json_span value);

/* The next element, or false at the end. */
bool stepden_json_walk_element(struct stepden_json_walk *walk,
                               struct stepden_json_span *value);

/* The next member, or false at the end; a key has its quotation marks. */
bool stepden_json_walk_member(struct stepden_json_walk *walk,
                              struct stepden_json_span *key,
                              struct stepden_json_span *value);

#endif
