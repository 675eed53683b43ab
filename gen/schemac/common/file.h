/* Schemas as they lie on disk. */
#ifndef SCHEMAC_FILE_H
#define SCHEMAC_FILE_H

#include "common/place.h"
#include "common/text.h"

/* "denm_data" of "../schemas/denm_data.v1.schema.json". */
const char *schema_stem(const char *path);

/*
 * The file at `path`, which must be JSON without duplicate keys. `from` refers
 * to it; NULL: the command line.
 */
void schema_load_text(struct text *text, const struct place *from,
                      const char *path);

#endif
