/*
 * Any lines as the input of denm, of UPER and of JER: every line that is not
 * blank gives one message or one reason, in order, and nothing faults.
 */
#include <stdlib.h>
#include <string.h>

#include "denm/framer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool take(void *ctx, const struct denm_item *item)
{
    uint64_t *number = ctx;
    uint8_t sum = 0;

    require(item->number == ++*number);
    if (item->status == STEPDEN_OK) {
        require(item->bytes != NULL);
        for (size_t i = 0; i < item->size; i++)
            sum ^= item->bytes[i];
        require(sum == 0 || item->size > 0);
    } else {
        require(item->diag.reason[0] != '\0');
    }
    return true;
}

/* A copy of the line's size, so that one byte more is a fault. */
static void give(struct denm_framer *framer, const uint8_t *line, size_t size)
{
    static const struct denm_origin origin = {
        .text = "file:1", .source = "file", .line = 1};
    char *copy = malloc(size > 0 ? size : 1);

    require(copy != NULL);
    if (size > 0)
        memcpy(copy, line, size);
    denm_framer_misfit(framer, copy, size);
    denm_framer_line(framer, &origin, copy, size);
    free(copy);
}

static void give_lines(bool of_jer, enum denm_format format,
                       const uint8_t *bytes, size_t size)
{
    static struct denm_framer framer;
    uint64_t number = 0;
    const struct denm_sink sink = {.take = take, .ctx = &number};
    const uint8_t *end = bytes + size;

    framer.of_jer = of_jer;
    framer.format = format;
    framer.sink = &sink;
    framer.number = 0;
    while (bytes < end) {
        const uint8_t *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        const uint8_t *line_end = newline ? newline : end;

        give(&framer, bytes, (size_t)(line_end - bytes));
        bytes = newline ? newline + 1 : end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    give_lines(false, DENM_FORMAT_AUTO, bytes, size);
    give_lines(false, DENM_FORMAT_BASE64, bytes, size);
    give_lines(true, DENM_FORMAT_AUTO, bytes, size);
    give_lines(true, DENM_FORMAT_NDJSON, bytes, size);
    return 0;
}
