/* The strings of JER: BIT STRING, OCTET STRING and character strings. */
#include <assert.h>
#include <string.h>

#include <BIT_STRING.h>
#include <OCTET_STRING.h>

#include "base/utf8.h"
#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/jer_parts.h"

/* The text of a string, in the arena. */
struct text {
    uint8_t *bytes;
    size_t size;
    const char *at; /* its opening quote */
};

static enum stepden_status refuse_length(struct stepden_jer_reader *reader,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         const char *at, size_t length)
{
    return stepden_jer_locate(
        reader, at,
        stepden_step_refuse_length(reader->diag, step, type, length));
}

/* The string from `at` to the reader, without its escapes. */
static void unescape(struct text *text, const char *end)
{
    const char *inside = text->at + 1;
    char utf8[4];
    size_t size;

    while ((size = stepden_json_next_character(&inside, end, utf8)) != 0) {
        memcpy(text->bytes + text->size, utf8, size);
        text->size += size;
    }
}

static enum stepden_status take_text(struct stepden_jer_reader *reader,
                                     const struct stepden_step *step,
                                     const char *allowed, struct text *text)
{
    struct stepden_json_reader *json = &reader->json;
    struct stepden_json_word word;

    *text = (struct text){.at = json->at};
    if (stepden_json_peek(json) != '"') {
        (void)stepden_json_refuse_type(json, "%s", allowed);
        return stepden_jer_end(reader, step);
    }
    if (!stepden_json_scan_string(json, &word))
        return stepden_jer_end(reader, step);
    text->bytes =
        stepden_arena_take(reader->arena, (size_t)(json->at - text->at));
    if (!text->bytes)
        return stepden_jer_no_memory(reader, step);
    if (word.at) {
        memcpy(text->bytes, word.at, word.size);
        text->size = word.size;
    } else {
        unescape(text, json->end);
    }
    return STEPDEN_OK;
}

static bool has_character(const struct stepden_type *type, uint8_t code)
{
    if (!type->alphabet)
        return code < 0x80 && stepden_limits_hold(&type->value, code);
    return memchr(type->alphabet, code, (size_t)type->value.upper + 1);
}

static enum stepden_status read_characters(struct stepden_jer_reader *reader,
                                           const struct stepden_step *step,
                                           const struct stepden_type *type,
                                           OCTET_STRING_t *value)
{
    struct text text;
    enum stepden_status status = take_text(reader, step, "a string", &text);

    if (status != STEPDEN_OK)
        return status;
    for (size_t i = 0; i < text.size; i++)
        if (!has_character(type, text.bytes[i]))
            return stepden_jer_locate(
                reader, text.at,
                stepden_step_refuse(reader->diag, STEPDEN_ERR_RANGE, step,
                                    "character %zu is not one of %s", i + 1,
                                    type->name));
    if (!stepden_limits_hold(&type->length, (int64_t)text.size))
        return refuse_length(reader, step, type, text.at, text.size);
    value->buf = text.bytes;
    value->size = (int)text.size;
    return STEPDEN_OK;
}

static enum stepden_status read_utf8(struct stepden_jer_reader *reader,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     OCTET_STRING_t *value)
{
    struct text text;
    size_t characters = 0;
    enum stepden_status status = take_text(reader, step, "a string", &text);

    if (status != STEPDEN_OK)
        return status;
    /* The text is JSON, and thereby UTF-8. */
    (void)stepden_utf8_count(&characters, text.bytes, text.size);
    if (!stepden_limits_hold(&type->length, (int64_t)characters))
        return refuse_length(reader, step, type, text.at, characters);
    value->buf = text.bytes;
    value->size = (int)text.size;
    return STEPDEN_OK;
}

static int digit_of(uint8_t character)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *found = memchr(digits, character, sizeof digits - 1);

    if (!found)
        return -1;
    return found - digits < 16 ? (int)(found - digits)
                               : (int)(found - digits) - 6;
}

/* Hexadecimal digits, in either case, become octets in their place. */
static enum stepden_status read_octets(struct stepden_jer_reader *reader,
                                       const struct stepden_step *step,
                                       struct text *text)
{
    static const char allowed[] = "a string of hexadecimal digits in pairs";
    enum stepden_status status = take_text(reader, step, allowed, text);
    bool is_hexadecimal = text->size % 2 == 0;

    if (status != STEPDEN_OK)
        return status;
    for (size_t i = 0; is_hexadecimal && i < text->size; i += 2) {
        int high = digit_of(text->bytes[i]);
        int low = digit_of(text->bytes[i + 1]);

        is_hexadecimal = high >= 0 && low >= 0;
        text->bytes[i / 2] = (uint8_t)(16 * high + low);
    }
    if (!is_hexadecimal) {
        (void)stepden_json_refuse_value(&reader->json, STEPDEN_ERR_INVALID,
                                        text->at, "%s", allowed);
        return stepden_jer_end(reader, step);
    }
    text->size /= 2;
    return STEPDEN_OK;
}

/* {"value":"fff8","length":13} (X.697, clause 24.3). */
static enum stepden_status read_sized_bits(struct stepden_jer_reader *reader,
                                           const struct stepden_step *step,
                                           struct text *text, int64_t *length)
{
    static const struct stepden_json_key keys[] = {{"value", 5}, {"length", 6}};
    static const struct stepden_json_members members = {
        .key = keys, .count = 2, .required = 3};
    struct stepden_json_reader *json = &reader->json;
    struct stepden_json_object object;
    enum stepden_status status = STEPDEN_OK;
    int next;

    stepden_json_object_begin(json, &object, &members);
    while ((next = stepden_json_object_next(json, &object)) >= 0) {
        if (next == 0)
            status = read_octets(reader, step, text);
        else if (!stepden_json_take_integer(json, length, 0, INT32_MAX))
            status = stepden_jer_end(reader, step);
        if (status != STEPDEN_OK)
            return status;
    }
    return next == STEPDEN_JSON_END ? STEPDEN_OK
                                    : stepden_jer_end(reader, step);
}

/* `length` bits are in as many octets as they need, filled up with zeros. */
static enum stepden_status check_bits(struct stepden_jer_reader *reader,
                                      const struct stepden_step *step,
                                      const char *at, const struct text *text,
                                      int64_t length)
{
    enum stepden_status status = STEPDEN_OK;

    assert(length >= 0);
    if ((int64_t)text->size != (length + 7) / 8)
        status = stepden_step_refuse(reader->diag, STEPDEN_ERR_INVALID, step,
                                     "%zu octets, not the %lld of %lld bits",
                                     text->size, (long long)(length + 7) / 8,
                                     (long long)length);
    /* There is an octet: NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    else if (length % 8 && text->bytes[text->size - 1] & 0xff >> length % 8)
        status = stepden_step_refuse(reader->diag, STEPDEN_ERR_INVALID, step,
                                     "bits are set behind the last of %lld",
                                     (long long)length);
    return stepden_jer_locate(reader, at, status);
}

static enum stepden_status read_bits(struct stepden_jer_reader *reader,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     BIT_STRING_t *value)
{
    const char *at = reader->json.at;
    int64_t length = type->length.lower;
    struct text text = {0};
    enum stepden_status status =
        stepden_jer_is_fixed(type)
            ? read_octets(reader, step, &text)
            : read_sized_bits(reader, step, &text, &length);

    if (status == STEPDEN_OK)
        status = check_bits(reader, step, at, &text, length);
    if (status != STEPDEN_OK)
        return status;
    if (!stepden_limits_hold(&type->length, length))
        return refuse_length(reader, step, type, at, (size_t)length);
    value->buf = text.bytes;
    value->size = (int)text.size;
    value->bits_unused = (int)(8 * (int64_t)text.size - length);
    return STEPDEN_OK;
}

static enum stepden_status read_octet_string(struct stepden_jer_reader *reader,
                                             const struct stepden_step *step,
                                             const struct stepden_type *type,
                                             OCTET_STRING_t *value)
{
    struct text text = {0};
    enum stepden_status status = read_octets(reader, step, &text);

    if (status != STEPDEN_OK)
        return status;
    if (!stepden_limits_hold(&type->length, (int64_t)text.size))
        return refuse_length(reader, step, type, text.at, text.size);
    value->buf = text.bytes;
    value->size = (int)text.size;
    return STEPDEN_OK;
}

enum stepden_status stepden_jer_read_string(struct stepden_jer_reader *reader,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BITS:
        return read_bits(reader, step, type, value);
    case STEPDEN_KIND_OCTETS:
        return read_octet_string(reader, step, type, value);
    case STEPDEN_KIND_UTF8:
        return read_utf8(reader, step, type, value);
    default:
        return read_characters(reader, step, type, value);
    }
}
