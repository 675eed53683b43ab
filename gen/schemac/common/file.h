/* Schemas as they lie on disk. */
#ifndef SCHEMAC_FILE_H
#define SCHEMAC_FILE_H

#include "common/text.h"

/* "denm_data" of "../schemas/denm_data.v1.schema.json". */
const char *schema_stem(const char *path);

/* The file at `path`, which must be JSON without duplicate keys. */
void schema_load_text(struct text *text, const char *path);

#endif
