#include "canonical.h"

#include <stdio.h>
#include <string.h>

/* The field that a bit of the message is of. */
struct search {
    size_t bit;
    char path[512];
};

static void look(void *ctx, const struct stepden_field *field)
{
    struct search *search = ctx;

    if (field->bit <= search->bit)
        snprintf(search->path, sizeof search->path, "%s", field->path);
}

static void find_field(struct search *search, const struct denm_item *item,
                       enum stepden_release release)
{
    struct stepden_field_sink sink = {.take = look, .ctx = search};
    struct stepden_diag diag;

    if (stepden_uper_explain(release, item->bytes, item->size, &sink, &diag) !=
        STEPDEN_OK)
        search->path[0] = '\0';
}

/* The first bit that differs; that of the shorter one's end if none does. */
static size_t first_difference(const uint8_t *left, size_t left_size,
                               const uint8_t *right, size_t right_size)
{
    size_t size = left_size < right_size ? left_size : right_size;
    size_t byte = 0;
    size_t bit = 0;

    while (byte < size && left[byte] == right[byte])
        byte++;
    while (byte < size && (left[byte] ^ right[byte]) >> (7 - bit) == 0)
        bit++;
    return 8 * byte + bit;
}

static unsigned tell(const struct stepden_finding_sink *sink, const char *path,
                     const char *reason)
{
    struct stepden_finding finding = {
        .rule = "canonical",
        .clause = "X.691",
        .path = path,
        .reason = reason,
    };

    sink->take(sink->ctx, &finding);
    return 1;
}

unsigned denm_canonical_check(const struct denm_item *item,
                              const struct stepden_message *message,
                              enum stepden_release release,
                              const struct stepden_finding_sink *sink)
{
    uint8_t again[STEPDEN_DENM_UPER_MAX];
    size_t size = 0;
    struct stepden_diag diag = {0};
    struct search search = {0};
    char reason[160];

    if (stepden_message_unknown_count(message) > 0)
        return 0;
    if (stepden_message_write_uper(again, sizeof again, &size, message,
                                   &diag) != STEPDEN_OK)
        return tell(sink, diag.where, diag.reason);
    if (size == item->size && memcmp(again, item->bytes, size) == 0)
        return 0;
    search.bit = first_difference(item->bytes, item->size, again, size);
    find_field(&search, item, release);
    int length = snprintf(reason, sizeof reason,
                          "not canonical: differs from bit %zu on", search.bit);
    if (item->size != size)
        snprintf(reason + length, sizeof reason - (size_t)length,
                 ", in %zu bytes instead of %zu", item->size, size);
    return tell(sink, search.path, reason);
}
