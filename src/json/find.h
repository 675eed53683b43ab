/* A look at a JSON text (RFC 8259) without a record for it. */
#ifndef STEPDEN_JSON_FIND_H
#define STEPDEN_JSON_FIND_H

#include <stddef.h>

#include <stepden/json_span.h>
#include <stepden/status.h>

/*
 * Whether the `size` bytes at `json` are one JSON text, within the limits of
 * <stepden/json/reader.h> and without duplicate keys; objects may have any
 * number of members.
 *
 * STEPDEN_ERR_TRUNCATED, _SYNTAX, _INVALID (duplicate key), _RANGE (limits)
 */
STEPDEN_CHECKED enum stepden_status
stepden_json_check(const char *json, size_t size, struct stepden_diag *diag);

/*
 * Finds members of the object that the text is: `spans[i]` becomes the value
 * of the member `keys[i]`, as it stands in `json`, or {NULL, 0} when there is
 * none. The whole text is checked as stepden_json_check does, but for the
 * number of other members: STEPDEN_JSON_UNKNOWN_MAX. `count` is at most 64, a
 * key has at most STEPDEN_JSON_KEY_MAX bytes.
 *
 * STEPDEN_ERR_INVALID also when the text is not an object
 */
STEPDEN_CHECKED enum stepden_status
stepden_json_find(const char *json, size_t size, const char *const keys[],
                  struct stepden_json_span spans[], size_t count,
                  struct stepden_diag *diag);

/*
 * The bytes of a valid text before the value at a JSON pointer whose keys have
 * nothing to be escaped, or else before the nearest that is there and would
 * hold it.
 */
size_t stepden_json_find_place(const char *json, size_t size,
                               const char *pointer);

#endif
