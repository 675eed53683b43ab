/*
 * When JSON values are equal: numbers by value, strings by their characters,
 * arrays element by element, objects with their members in any order. All that
 * is looked at has been checked before.
 */
#ifndef STEPDEN_JSON_EQUAL_H
#define STEPDEN_JSON_EQUAL_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/json_span.h>

#include "json/siphash.h"

bool stepden_json_equal(struct stepden_json_span a, struct stepden_json_span b);

/*
 * The key to hash what is in `whole` by. It depends on all of it, so that who
 * chooses one part after the hashes of others changes these.
 */
struct stepden_siphash_key
stepden_json_hash_key(struct stepden_json_span whole);

/* Values that are equal have the same under the same key. */
uint32_t stepden_json_hash(struct stepden_json_span value,
                           struct stepden_siphash_key key);

/*
 * The first element of `array` that is equal to one before it; NULL when all
 * differ. Takes 64 KiB of stack for any number of elements, and a time that
 * grows with their number up to 12 288, then with its square.
 */
const char *stepden_json_repeated(struct stepden_json_span array);

/* Likewise the first key of `object` that is there a second time. */
const char *stepden_json_repeated_key(struct stepden_json_span object);

#endif
