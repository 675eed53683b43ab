/*
 * Regular expressions of `pattern`, as tables that match in linear time. The
 * dialect is that of ECMA-262 with the flag u, without what needs more than a
 * finite automaton; gen/README.md tells it.
 */
#ifndef SCHEMAC_PATTERN_H
#define SCHEMAC_PATTERN_H

#include "common/place.h"
#include "common/text.h"
#include <stepden/json/pattern.h>

/*
 * The automaton of the `size` bytes at `text`, UTF-8, found at `place`; ends
 * the run when they are no pattern, or one that is not supported. Like the
 * expression, it is not anchored unless it says so.
 */
const struct stepden_json_pattern *
pattern_compile(const struct place *place, const char *text, size_t size);

/* Defines `static const struct stepden_json_pattern` NAME, with its tables. */
void emit_pattern(struct text *text, const char *name,
                  const struct stepden_json_pattern *pattern);

#endif
