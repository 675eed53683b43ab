/* The fields of a message, kept. */
#ifndef DENM_ROWS_H
#define DENM_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/codec.h>

struct denm_row {
    char *path;
    char *value;
    char *meaning;
    int *order; /* owns the texts, too: one piece of memory */
    size_t order_count;
    bool is_value; /* no other bits */
    size_t bit;
    size_t width;
};

/* All zero is empty. */
struct denm_rows {
    struct denm_row *rows;
    size_t count;
    size_t room;
    bool failed; /* without memory */
};

/* For stepden_message_walk and stepden_uper_explain. */
struct stepden_field_sink denm_rows_sink(struct denm_rows *rows);

/* The row of that path, or NULL. */
const struct denm_row *denm_rows_find(const struct denm_rows *rows,
                                      const char *path);

/* Back to none, with the room that there is. */
void denm_rows_reset(struct denm_rows *rows);

void denm_rows_free(struct denm_rows *rows);

#endif
