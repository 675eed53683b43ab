/* Strings against regular expressions that schemac has made tables of. */
#ifndef STEPDEN_JSON_PATTERN_H
#define STEPDEN_JSON_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The code points from `first` up to that of the next range. */
struct stepden_json_range {
    uint32_t first;
    unsigned column;
};

/* A deterministic automaton over code points; it starts in state 0. */
struct stepden_json_pattern {
    const char *text; /* the regular expression */
    const struct stepden_json_range *range;
    size_t range_count;
    const uint16_t *next; /* the next state, by [state][column] */
    size_t column_count;
    const bool *accepts; /* by state */
    size_t state_count;
};

/*
 * Whether the string fits the pattern. The `size` bytes at `string` are a JSON
 * string with its quotes, which has been read before; its escapes count as
 * what they stand for. Takes a step a character.
 */
bool stepden_json_matches(const struct stepden_json_pattern *pattern,
                          const char *string, size_t size);

#ifdef __cplusplus
}
#endif

#endif
