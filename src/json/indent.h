/* JSON for people. */
#ifndef STEPDEN_JSON_INDENT_H
#define STEPDEN_JSON_INDENT_H

#include <stddef.h>

/*
 * Writes the JSON text of `json_size` bytes at `json`, which must be valid,
 * with a line for each member and element, indented by two spaces a level,
 * into the `size` bytes at `text`, without a NUL. Returns its length, 0 when
 * it does not fit.
 */
size_t stepden_json_indent(char *text, size_t size, const char *json,
                           size_t json_size);

#endif
