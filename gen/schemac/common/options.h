/* The command line of schemac. */
#ifndef SCHEMAC_OPTIONS_H
#define SCHEMAC_OPTIONS_H

#include <stddef.h>

enum { OPTIONS_MAPS_MAX = 16 };

/* What is not given is NULL; a flag that is given is its own name. */
struct options {
    const char *schema;
    const char *header;
    const char *source;
    const char *depfile;
    const char *prefix;
    const char *name;
    const char *include;
    const char *embed;
    const char *bundle;
    const char *template;
    const char *markdown;
    const char *man;
    const char *validator;
    const char *format_annotation;
    const char *map[OPTIONS_MAPS_MAX]; /* URI=PATH */
    size_t map_count;
};

/*
 * Takes the arguments of main apart. Help and a wrong command line end the
 * run.
 */
void options_parse(struct options *options, char **arg);

/* A file that is written, by which the run is known to make and ninja. */
const char *options_target(const struct options *options);

#endif
