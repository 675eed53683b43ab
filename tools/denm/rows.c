#include "rows.h"

#include <stdlib.h>
#include <string.h>

static bool make_room(struct denm_rows *rows)
{
    size_t room = rows->room ? 2 * rows->room : 256;
    struct denm_row *made;

    if (rows->count < rows->room)
        return true;
    made = realloc(rows->rows, room * sizeof *made);
    if (!made)
        return false;
    rows->rows = made;
    rows->room = room;
    return true;
}

static char *copy(char **to, const char *text)
{
    size_t size = strlen(text) + 1;
    char *at = *to;

    memcpy(at, text, size);
    *to += size;
    return at;
}

static bool keep(struct denm_row *row, const struct stepden_field *field)
{
    size_t order_size = field->order_count * sizeof *field->order;
    size_t size =
        strlen(field->path) + strlen(field->value) + strlen(field->meaning) + 3;
    int *order = malloc(order_size + size);

    if (!order)
        return false;
    char *at = (char *)order + order_size;

    if (order_size)
        memcpy(order, field->order, order_size);
    *row = (struct denm_row){
        .order = order,
        .order_count = field->order_count,
        .is_value = field->type[0] != '\0',
        .bit = field->bit,
        .width = field->width,
    };
    row->path = copy(&at, field->path);
    row->value = copy(&at, field->value);
    row->meaning = copy(&at, field->meaning);
    return true;
}

static void take(void *ctx, const struct stepden_field *field)
{
    struct denm_rows *rows = ctx;

    if (!rows->failed && make_room(rows) &&
        keep(&rows->rows[rows->count], field))
        rows->count++;
    else
        rows->failed = true;
}

struct stepden_field_sink denm_rows_sink(struct denm_rows *rows)
{
    return (struct stepden_field_sink){.take = take, .ctx = rows};
}

const struct denm_row *denm_rows_find(const struct denm_rows *rows,
                                      const char *path)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->rows[i].path, path) == 0)
            return &rows->rows[i];
    return NULL;
}

void denm_rows_reset(struct denm_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->rows[i].order);
    rows->count = 0;
    rows->failed = false;
}

void denm_rows_free(struct denm_rows *rows)
{
    denm_rows_reset(rows);
    free(rows->rows);
}
