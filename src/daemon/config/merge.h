/* What a running service makes of another configuration. */
#ifndef STEPDEN_DAEMON_CONFIG_MERGE_H
#define STEPDEN_DAEMON_CONFIG_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/json_span.h>

/* JSON pointers with commas between them; what is too much is left out. */
#define STEPDEN_MERGE_NAMES_MAX 3072

struct stepden_merge {
    char *text; /* the JSON text that comes of it, not NUL-terminated */
    size_t size;
    size_t used; /* bytes of it */
    char
        changed[STEPDEN_MERGE_NAMES_MAX]; /* as in the other one, from now on */
    char kept[STEPDEN_MERGE_NAMES_MAX];   /* differ there, and stay */
};

/*
 * Makes one configuration of two, which the same writer has written: of `next`
 * it has the members at the pointers `reload`, the last of which is NULL, and
 * all below them; the others are those of `running`. An array changes as a
 * whole. The text has room for as much as the two have together.
 */
void stepden_merge_make(struct stepden_merge *merge,
                        struct stepden_json_span running,
                        struct stepden_json_span next,
                        const char *const *reload);

#endif
