/* Members of a DENM in JER (X.697). */
#ifndef JER_H
#define JER_H

#include <json-c/json.h>
#include <stdint.h>

/* NULL if there is none. */
json_object *member(json_object *owner, const char *name);

/* Fails the test if there is none. */
int64_t number(json_object *owner, const char *name);

/* The place of the member's text in `texts`; fails the test without one. */
int place(json_object *owner, const char *name, const char *const *texts,
          int count);

#endif
