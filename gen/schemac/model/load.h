/* Schema files, each loaded once. */
#ifndef SCHEMAC_LOAD_H
#define SCHEMAC_LOAD_H

#include <stddef.h>

#include <json-c/json.h>

#include "common/place.h"

struct schema_file {
    const char *path;
    const char *stem; /* its name in C, without prefix */
    struct json_object *root;
};

/* All files of the run, in the order of their loading. */
struct schema_files {
    struct schema_file **item;
    size_t count;
};

/*
 * The file at `path`, which must be JSON without duplicate keys: anything else
 * ends the run with an error. `from` refers to it, or is NULL. It is called
 * `name` in C, or after its file if that is NULL.
 */
const struct schema_file *schema_load(struct schema_files *files,
                                      const struct place *from,
                                      const char *path, const char *name);

/* The file `name` in the folder of `beside`. */
const struct schema_file *schema_load_beside(struct schema_files *files,
                                             const struct place *from,
                                             const struct schema_file *beside,
                                             const char *name);

#endif
