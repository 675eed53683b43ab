/* The files of a run, and where the documents of URIs are. */
#ifndef SCHEMAC_LIBRARY_H
#define SCHEMAC_LIBRARY_H

#include <stddef.h>

#include "common/options.h"
#include "common/place.h"
#include "common/text.h"

struct library {
    const struct options *options;
    struct uri_map {
        const char *uri;
        const char *path;
    } * map;
    size_t map_count;
    const char **path; /* of the files that were loaded */
    size_t path_count;
};

/* Begins with the maps of the options. Returns the URI of the main file. */
const char *library_begin(struct library *library,
                          const struct options *options);

/*
 * The file at `path` has the URI `uri`: what is in the same folder of URIs is
 * looked for in its folder.
 */
void library_map(struct library *library, const char *uri, const char *path);

/* The path of the document `uri`, NULL when there is no such file. */
const char *library_find(const struct library *library, const char *uri);

/*
 * Ends the run: there is no document `uri`, which is that of `reference`, found
 * at `from`.
 */
_Noreturn void library_refuse(const struct library *library,
                              const struct place *from, const char *reference,
                              const char *uri);

/* The file at `path`, which must be JSON without duplicate keys. */
void library_load(struct library *library, const char *path, struct text *text);

/* Writes what make and ninja read, if that is asked for. */
void library_save_depfile(const struct library *library);

/* Ends the run when `found`, a $schema at `place`, is not the one we know. */
void library_check_draft(const struct place *place, const char *found);

/* What stands behind the last '/' of `path`. */
const char *library_name(const char *path);

/* "denm_data" of "../schemas/denm_data.v1.schema.json". */
const char *library_stem(const char *path);

#endif
