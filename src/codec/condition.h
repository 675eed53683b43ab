/* The conditions of the modules on trees: do they hold, and why not? */
#ifndef STEPDEN_CODEC_CONDITION_H
#define STEPDEN_CODEC_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "codec/grammar.h"

/* Is the value of type `type` as the condition says? */
bool stepden_condition_holds(const struct asn1_condition *condition,
                             const struct stepden_type *type,
                             const void *value);

/*
 * Writes what breaks the condition, and what it allows, into the `size` bytes
 * at `text`, at least one, NUL-terminated and cut to fit: "eventEnd is present,
 * eventZone is present; allowed: eventZone present, eventEnd absent; or ...".
 */
void stepden_condition_explain(char *text, size_t size,
                               const struct asn1_condition *condition,
                               const struct stepden_type *type,
                               const void *value);

/*
 * The component of that name, also in a [[ ]], or the alternative, and its
 * value: NULL if it is absent, or not chosen, or `owner` is NULL. NULL if there
 * is no such member.
 */
const struct stepden_member *stepden_component(const void **value,
                                               const struct stepden_type *type,
                                               const void *owner,
                                               const char *name);

#endif
