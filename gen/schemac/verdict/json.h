/* JSON texts that have been checked, taken apart. */
#ifndef SCHEMAC_VERDICT_JSON_H
#define SCHEMAC_VERDICT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/json_span.h>

#include "common/place.h"
#include "json/walk.h"

/* The characters of a string, NUL-terminated; `size` may be NULL. */
const char *json_decode(struct stepden_json_span string, size_t *size);

/* Likewise, of what must be a string without a NUL. */
const char *json_text(const struct place *place,
                      struct stepden_json_span value);

/* Below, at or above 0 as string `a` comes before, is or comes after `b`. */
int json_compare(struct stepden_json_span a, struct stepden_json_span b);

/* Ends the run when an element of an array is there twice. */
void json_expect_unique(const struct place *place,
                        struct stepden_json_span array);

/* What is between the quotation marks. */
struct stepden_json_span json_inside(struct stepden_json_span string);

/* The text without white space between its tokens. */
struct stepden_json_span json_compact(struct stepden_json_span value);

/* The value of the member `key` of an object; false without it. */
bool json_member(struct stepden_json_span object, const char *key,
                 struct stepden_json_span *value);

/* Also the element that has `key` as its index. */
bool json_child(struct stepden_json_span parent, const char *key,
                struct stepden_json_span *value);

/* How many elements or members there are. */
size_t json_size(struct stepden_json_span container);

/* Ends the run when `value` does not begin with one of the bytes `first`. */
void json_expect(const struct place *place, struct stepden_json_span value,
                 const char *first, const char *allowed);

/* A count; what is beyond all sizes is UINT64_MAX. */
uint64_t json_count(const struct place *place, struct stepden_json_span value);

#endif
