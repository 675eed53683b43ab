/* Schema files, each loaded once. */
#ifndef SCHEMAC_LOAD_H
#define SCHEMAC_LOAD_H

#include <stddef.h>

#include <json-c/json.h>

#include "common/library.h"
#include "common/place.h"

struct schema_file {
    const char *path;
    const char *uri;  /* that references in it start from */
    const char *stem; /* its name in C, without prefix */
    struct json_object *root;
};

/* All files of the run, in the order of their loading. */
struct schema_files {
    struct library library;
    struct schema_file **item;
    size_t count;
};

/*
 * The main file of the run. What is not JSON without duplicate keys, or not a
 * schema, ends the run with an error.
 */
const struct schema_file *schema_load_main(struct schema_files *files,
                                           const struct options *options);

/*
 * The file that `reference` leads to, which stands at `from` in `file`;
 * `*fragment` is what it says behind '#', or "".
 */
const struct schema_file *schema_load(struct schema_files *files,
                                      const struct schema_file *file,
                                      const struct place *from,
                                      const char *reference,
                                      const char **fragment);

#endif
