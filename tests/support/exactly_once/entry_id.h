/* Ids of stream entries, "<ms>-<seq>". */
#ifndef EXACTLY_ONCE_ENTRY_ID_H
#define EXACTLY_ONCE_ENTRY_ID_H

#include <stdbool.h>
#include <stdint.h>

/* Room for an id as text. */
#define ENTRY_ID_SIZE 44

struct entry_id {
    uint64_t ms;
    uint64_t seq;
};

/* Reads an id at the start of `text`; `*end` is what follows it. */
bool entry_id_read(struct entry_id *id, const char *text, const char **end);

/* Below, at or above zero, as `a` is before, at or after `b`. */
int entry_id_compare(struct entry_id a, struct entry_id b);

#endif
