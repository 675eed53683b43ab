/* The values of JER that are no strings and have no members; errors. */
#include <string.h>

#include <BOOLEAN.h>

#include "codec/field_path.h"
#include "codec/jer_parts.h"
#include "json/number.h"

enum stepden_status stepden_jer_end(struct stepden_jer_reader *reader,
                                    const struct stepden_step *step)
{
    if (reader->diag)
        stepden_step_path(reader->diag->where, sizeof reader->diag->where,
                          step);
    return reader->json.status;
}

enum stepden_status stepden_jer_locate(struct stepden_jer_reader *reader,
                                       const char *at,
                                       enum stepden_status status)
{
    if (status != STEPDEN_OK && reader->diag)
        reader->diag->offset = (size_t)(at - reader->json.begin);
    return status;
}

enum stepden_status stepden_jer_no_memory(struct stepden_jer_reader *reader,
                                          const struct stepden_step *step)
{
    return stepden_jer_locate(reader, reader->json.at,
                              stepden_step_refuse(reader->diag,
                                                  STEPDEN_ERR_MEMORY, step,
                                                  "no memory left"));
}

static bool is_number(const struct stepden_json_reader *json)
{
    int c = stepden_json_peek(json);

    return c == '-' || (c >= '0' && c <= '9');
}

/* A number in digits only; false if it needs more than 64 bits. */
static bool parse_digits(int64_t *number, struct stepden_json_span token)
{
    bool is_negative = token.at[0] == '-';
    uint64_t limit = (uint64_t)INT64_MAX + is_negative;
    uint64_t magnitude = 0;

    for (size_t i = is_negative; i < token.size; i++) {
        unsigned digit = (unsigned)(token.at[i] - '0');

        if (magnitude > (limit - digit) / 10)
            return false;
        magnitude = 10 * magnitude + digit;
    }
    *number = is_negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

static bool has_digits_only(struct stepden_json_span token)
{
    for (size_t i = 0; i < token.size; i++)
        if (strchr(".eE", token.at[i]))
            return false;
    return true;
}

/* The status for 1.5 is another one than for 1e99. */
static enum stepden_status parse_number(int64_t *number,
                                        struct stepden_json_span token)
{
    struct stepden_json_decimal decimal;

    if (has_digits_only(token))
        return parse_digits(number, token) ? STEPDEN_OK : STEPDEN_ERR_RANGE;
    stepden_json_decimal_parse(&decimal, token.at, token.size, 0);
    if (decimal.huge)
        return STEPDEN_ERR_RANGE;
    *number = stepden_json_decimal_round(&decimal);
    return decimal.inexact ? STEPDEN_ERR_INVALID : STEPDEN_OK;
}

static enum stepden_status take_number(struct stepden_jer_reader *reader,
                                       const struct stepden_step *step,
                                       int64_t *number)
{
    struct stepden_json_reader *json = &reader->json;
    struct stepden_json_span token;

    if (!is_number(json)) {
        (void)stepden_json_refuse_type(json, "an integer");
        return stepden_jer_end(reader, step);
    }
    if (!stepden_json_scan_number(json, &token))
        return stepden_jer_end(reader, step);
    enum stepden_status status = parse_number(number, token);
    if (status == STEPDEN_OK)
        return STEPDEN_OK;
    (void)stepden_json_refuse_value(
        json, status, token.at, "%s",
        status == STEPDEN_ERR_RANGE ? "an integer of 64 bits" : "an integer");
    return stepden_jer_end(reader, step);
}

static enum stepden_status read_integer(struct stepden_jer_reader *reader,
                                        const struct stepden_step *step,
                                        const struct stepden_type *type,
                                        void *value)
{
    const char *at = reader->json.at;
    int64_t number = 0;
    enum stepden_status status = take_number(reader, step, &number);

    if (status != STEPDEN_OK)
        return status;
    if (!stepden_limits_hold(&type->value, number))
        status = stepden_step_refuse_value(reader->diag, step, type, number);
    else if (!stepden_number_set(value, type, number, reader->arena))
        status =
            type->storage == STEPDEN_STORAGE_OCTETS
                ? stepden_jer_no_memory(reader, step)
                : stepden_step_refuse(reader->diag, STEPDEN_ERR_RANGE, step,
                                      "%lld does not fit", (long long)number);
    return stepden_jer_locate(reader, at, status);
}

static const char *item_name(const void *type, size_t i)
{
    return ((const struct stepden_type *)type)->items[i].name;
}

static enum stepden_status refuse_item(struct stepden_jer_reader *reader,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       const char *at,
                                       const struct stepden_json_word *word)
{
    const char *nearest =
        stepden_json_nearest(word, item_name, type, type->count);

    if (nearest)
        (void)stepden_json_refuse_value(&reader->json, STEPDEN_ERR_INVALID, at,
                                        "an item of %s as \"%s\"", type->name,
                                        nearest);
    else
        (void)stepden_json_refuse_value(&reader->json, STEPDEN_ERR_INVALID, at,
                                        "an item of %s", type->name);
    return stepden_jer_end(reader, step);
}

static enum stepden_status read_item(struct stepden_jer_reader *reader,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     long *value)
{
    const char *at = reader->json.at;
    struct stepden_json_word word;

    if (stepden_json_peek(&reader->json) != '"') {
        (void)stepden_json_refuse_type(&reader->json, "an item of %s",
                                       type->name);
        return stepden_jer_end(reader, step);
    }
    if (!stepden_json_scan_string(&reader->json, &word))
        return stepden_jer_end(reader, step);
    for (unsigned i = 0; i < type->count; i++) {
        if (stepden_jer_is_name(type->items[i].name, &word)) {
            *value = type->items[i].value;
            return STEPDEN_OK;
        }
    }
    return refuse_item(reader, step, type, at, &word);
}

static enum stepden_status read_boolean(struct stepden_jer_reader *reader,
                                        const struct stepden_step *step,
                                        BOOLEAN_t *value)
{
    bool is_true;

    if (!stepden_json_take_bool(&reader->json, &is_true))
        return stepden_jer_end(reader, step);
    *value = is_true;
    return STEPDEN_OK;
}

static enum stepden_status read_null(struct stepden_jer_reader *reader,
                                     const struct stepden_step *step)
{
    if (stepden_json_take_null(&reader->json))
        return STEPDEN_OK;
    reader->json.nullable = NULL;
    (void)stepden_json_refuse_type(&reader->json, "null");
    return stepden_jer_end(reader, step);
}

enum stepden_status stepden_jer_read_simple(struct stepden_jer_reader *reader,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        return read_boolean(reader, step, value);
    case STEPDEN_KIND_INTEGER:
        return read_integer(reader, step, type, value);
    case STEPDEN_KIND_ENUMERATED:
        return read_item(reader, step, type, value);
    default:
        return read_null(reader, step);
    }
}
