/* Members of a DENM in JSON, by their JSON pointer (RFC 6901). */
#ifndef DENM_CHECK_DATA_H
#define DENM_CHECK_DATA_H

#include <json-c/json.h>
#include <stdint.h>

/* NULL if absent or null. */
json_object *at(json_object *data, const char *pointer);

/* The number at `pointer`, or `absent`. */
int64_t number(json_object *data, const char *pointer, int64_t absent);

/* In 1e-7 degree. */
int64_t degrees_e7(json_object *data, const char *pointer);

/*
 * The number of a value that may be written as its name; -1 if absent. `text`
 * gives the names. Ends the program if it is none of them.
 */
int64_t named(json_object *data, const char *pointer,
              const char *text(unsigned));

#endif
