/* A slice of a JSON text. */
#ifndef STEPDEN_JSON_SPAN_H
#define STEPDEN_JSON_SPAN_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One JSON value as it stands in its text, which it borrows: not
 * NUL-terminated. `at` is NULL when there is none.
 */
struct stepden_json_span {
    const char *at;
    size_t size;
};

#ifdef __cplusplus
}
#endif

#endif
