#include "framer.h"

#include <stdio.h>
#include <string.h>

#include <stepden/json/reader.h>

#include "base/diag.h"
#include "bytes_read.h"
#include "json/find.h"

static bool pass_on(struct denm_framer *framer, struct denm_item *item)
{
    item->number = ++framer->number;
    return framer->sink->take(framer->sink->ctx, item);
}

/* The string that a JSON text is, without its escapes. */
static enum stepden_status take_string(struct denm_framer *framer,
                                       struct stepden_json_span span,
                                       struct stepden_diag *diag)
{
    struct stepden_json_reader reader;

    stepden_json_reader_begin(&reader, span.at, span.size, diag, NULL, NULL);
    if (!stepden_json_take_string(&reader, framer->string, 0,
                                  2 * DENM_BYTES_MAX, false, NULL))
        return reader.status;
    return STEPDEN_OK;
}

/* An error of the program before in a pipe is one here, too. */
static enum stepden_status refuse_again(struct denm_framer *framer,
                                        struct stepden_json_span error,
                                        struct stepden_diag *diag)
{
    static const char *const keys[] = {"reason", "field"};
    struct stepden_json_span spans[2];
    enum stepden_status status =
        stepden_json_find(error.at, error.size, keys, spans, 2, diag);

    if (status != STEPDEN_OK)
        return status;
    if (!spans[0].at || take_string(framer, spans[0], diag) != STEPDEN_OK)
        framer->string[0] = '\0';
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                            "has failed before: %s", framer->string);
}

enum { KEY_MESSAGE, KEY_ERROR, KEY_HEADER, KEY_COUNT };

/* The member of a JSON object where the message is; {NULL, 0}: there is none.
 */
static enum stepden_status find_message(struct denm_framer *framer,
                                        struct stepden_json_span *found,
                                        const char *text, size_t size,
                                        struct stepden_diag *diag)
{
    const char *keys[] = {framer->of_jer ? "jer" : "uper", "error", "header"};
    struct stepden_json_span spans[KEY_COUNT];
    enum stepden_status status =
        stepden_json_find(text, size, keys, spans, KEY_COUNT, diag);

    if (status != STEPDEN_OK)
        return status;
    *found = spans[KEY_MESSAGE];
    if (found->at)
        return STEPDEN_OK;
    if (spans[KEY_ERROR].at)
        return refuse_again(framer, spans[KEY_ERROR], diag);
    if (framer->of_jer && framer->format != DENM_FORMAT_NDJSON)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "", "no member %s%s",
                            keys[KEY_MESSAGE],
                            spans[KEY_HEADER].at ? "; JER is for encode" : "");
}

/* ---- UPER ---- */

static bool take_text(struct denm_framer *framer, struct denm_item *item,
                      enum denm_format format, const char *text, size_t size)
{
    if (format == DENM_FORMAT_BASE64)
        item->status = denm_base64_read(framer->bytes, DENM_BYTES_MAX,
                                        &item->size, text, size, &item->diag);
    else
        item->status = denm_hex_read(framer->bytes, DENM_BYTES_MAX, &item->size,
                                     text, size, &item->diag);
    item->bytes = framer->bytes;
    return pass_on(framer, item);
}

/* base64 of the protocolVersion and messageId, 2 and 1, begins with this. */
static enum denm_format format_of(const struct denm_framer *framer,
                                  const char *text, size_t size)
{
    if (framer->format == DENM_FORMAT_HEX ||
        framer->format == DENM_FORMAT_BASE64)
        return framer->format;
    return size >= 2 && memcmp(text, "Ag", 2) == 0 ? DENM_FORMAT_BASE64
                                                   : DENM_FORMAT_HEX;
}

static bool take_entry(struct denm_framer *framer, struct denm_item *item,
                       const char *text, size_t size)
{
    struct stepden_json_span found = {0};

    item->status = find_message(framer, &found, text, size, &item->diag);
    if (item->status != STEPDEN_OK)
        return pass_on(framer, item);
    item->status = take_string(framer, found, &item->diag);
    if (item->status != STEPDEN_OK) {
        snprintf(item->diag.where, sizeof item->diag.where, "uper");
        return pass_on(framer, item);
    }
    size = strlen(framer->string);
    return take_text(framer, item, format_of(framer, framer->string, size),
                     framer->string, size);
}

static bool take_uper(struct denm_framer *framer, struct denm_item *item,
                      const char *text, size_t size)
{
    if (framer->format == DENM_FORMAT_NDJSON ||
        (framer->format == DENM_FORMAT_AUTO && text[0] == '{'))
        return take_entry(framer, item, text, size);
    return take_text(framer, item, format_of(framer, text, size), text, size);
}

/* ---- JER ---- */

static bool take_jer(struct denm_framer *framer, struct denm_item *item,
                     const char *text, size_t size)
{
    struct stepden_json_span found = {0};

    if (framer->format != DENM_FORMAT_JER)
        item->status = find_message(framer, &found, text, size, &item->diag);
    item->bytes = (const uint8_t *)(found.at ? found.at : text);
    item->size = found.at ? found.size : size;
    return pass_on(framer, item);
}

bool denm_framer_line(struct denm_framer *framer,
                      const struct denm_origin *origin, const char *text,
                      size_t size)
{
    struct denm_item item = {.origin = origin};

    for (; size > 0 && (*text == ' ' || *text == '\t'); size--)
        text++;
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    if (size == 0)
        return true;
    return framer->of_jer ? take_jer(framer, &item, text, size)
                          : take_uper(framer, &item, text, size);
}

bool denm_framer_bytes(struct denm_framer *framer,
                       const struct denm_origin *origin, const char *bytes,
                       size_t size)
{
    struct denm_item item = {
        .origin = origin,
        .bytes = (const uint8_t *)bytes,
        .size = size,
    };

    return pass_on(framer, &item);
}

bool denm_framer_refuse(struct denm_framer *framer,
                        const struct denm_origin *origin, const char *reason)
{
    struct denm_item item = {.origin = origin};

    item.status =
        stepden_diag_set(&item.diag, STEPDEN_ERR_RANGE, "", "%s", reason);
    return pass_on(framer, &item);
}

bool denm_framer_is_binary(const struct denm_framer *framer, int first)
{
    if (framer->of_jer || framer->format != DENM_FORMAT_AUTO)
        return framer->format == DENM_FORMAT_BINARY;
    return first >= 0 && first < ' ' && !strchr("\t\r\n", first);
}

static bool begins(const char *text, size_t size, const char *with)
{
    return size >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static const char *misfit_of_jer(const char *text, size_t size)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    static const char hint[] = "looks like UPER: denm decode reads it";

    if (begins(text, size, "Ag") || text[0] == 2)
        return hint;
    for (size_t i = 0; i < size && i < 4; i++)
        if (!text[i] || !strchr(digits, text[i]))
            return NULL;
    return size >= 4 ? hint : NULL;
}

const char *denm_framer_misfit(const struct denm_framer *framer,
                               const char *text, size_t size)
{
    if (size > 0 && text[0] == '<')
        return "looks like XER, which is only written";
    if (begins(text, size, "\xd4\xc3\xb2\xa1") ||
        begins(text, size, "\xa1\xb2\xc3\xd4"))
        return "a capture: take the UPER out of it with tshark";
    if (framer->of_jer)
        return size > 0 ? misfit_of_jer(text, size) : NULL;
    return size == 1 && text[0] == '{'
               ? "looks like indented JER: denm encode reads it"
               : NULL;
}
