#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "commands.h"
#include "input.h"
#include "report.h"
#include "rows.h"

enum {
    BITS_MAX = 8,    /* up to so many are shown one by one, more as digits */
    DIGITS_MAX = 12, /* more end with ... */
    PATH_MAX_WIDTH = 72, /* longer ones move their line */
};

struct explainer {
    const struct denm_options *options;
    struct denm_rows rows;
    bool failed;
};

static unsigned bit_at(const uint8_t *bytes, size_t bit)
{
    return (unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1u;
}

/* Bits, or as a number in hexadecimal. */
static void write_bits(char text[DIGITS_MAX + 4], const uint8_t *bytes,
                       const struct denm_row *row)
{
    size_t step = row->width <= BITS_MAX ? 1 : 4;
    size_t count = (row->width + step - 1) / step;
    size_t lead = count * step - row->width; /* zeros before the first bit */
    size_t length = 0;

    for (size_t i = 0; i < count && i < DIGITS_MAX; i++) {
        unsigned digit = 0;

        for (size_t j = i * step; j < (i + 1) * step; j++)
            digit = digit << 1 |
                    (j < lead ? 0 : bit_at(bytes, row->bit + j - lead));
        text[length++] = "0123456789abcdef"[digit];
    }
    strcpy(text + length, count > DIGITS_MAX ? "..." : "");
}

static int path_width(const struct denm_rows *rows)
{
    size_t width = strlen("field");

    for (size_t i = 0; i < rows->count; i++) {
        size_t length = strlen(rows->rows[i].path);

        width = length > width ? length : width;
    }
    return (int)(width < PATH_MAX_WIDTH ? width : PATH_MAX_WIDTH);
}

static void put_row(const struct denm_row *row, const uint8_t *bytes,
                    int path_width_max)
{
    char bits[DIGITS_MAX + 4];
    const char *separator = row->is_value ? " = " : ": ";

    write_bits(bits, bytes, row);
    if (!row->meaning[0])
        separator = "";
    printf("%6zu %5zu  %-15s  %-*s  %s%s%s\n", row->bit, row->width, bits,
           path_width_max, row->path[0] ? row->path : "-", row->value,
           separator, row->meaning);
}

static void put_rows(const struct explainer *explainer,
                     const struct denm_item *item)
{
    const struct denm_rows *rows = &explainer->rows;
    int width = path_width(rows);

    printf("message %" PRIu64 ": %zu bytes\n%6s %5s  %-15s  %-*s  %s\n",
           item->number, item->size, "bit", "width", "bits", width, "field",
           "value = meaning");
    for (size_t i = 0; i < rows->count; i++)
        put_row(&rows->rows[i], item->bytes, width);
}

static void put_error(const struct denm_rows *rows,
                      const struct stepden_diag *diag)
{
    size_t end = 0;

    if (rows->count > 0)
        end =
            rows->rows[rows->count - 1].bit + rows->rows[rows->count - 1].width;
    printf("%6zu     -  stopped: %s%s%s\n", end, diag->where,
           diag->where[0] ? ": " : "", diag->reason);
}

static bool take(void *ctx, const struct denm_item *item)
{
    struct explainer *explainer = ctx;
    struct stepden_field_sink sink = denm_rows_sink(&explainer->rows);
    struct stepden_diag diag = item->diag;
    enum stepden_status status = item->status;

    denm_rows_reset(&explainer->rows);
    if (status == STEPDEN_OK)
        status = stepden_uper_explain(explainer->options->release, item->bytes,
                                      item->size, &sink, &diag);
    if (item->number > 1)
        putchar('\n');
    put_rows(explainer, item);
    if (status != STEPDEN_OK) {
        put_error(&explainer->rows, &diag);
        denm_report(item, &diag);
        explainer->failed = true;
    }
    explainer->failed |= explainer->rows.failed;
    return !ferror(stdout) && !explainer->rows.failed;
}

int denm_explain(const struct denm_options *options)
{
    struct explainer explainer = {.options = options};
    struct denm_sink sink = {.take = take, .ctx = &explainer};
    int code = denm_input_run(options, &sink);

    if (explainer.rows.failed)
        code = EX_OSERR;
    denm_rows_free(&explainer.rows);
    return denm_exit(code, explainer.failed);
}
