/* Null, booleans, numbers, names and times. */
#include <stdio.h>
#include <string.h>

#include <stepden/its_time.h>

#include "json/number.h"
#include "json/scan.h"

enum { QUICK_DIGITS = 18, LIST_SIZE = 160, NUMBER_SIZE = 32 };

static bool has_literal(const struct stepden_json_reader *reader,
                        const char *literal, size_t size)
{
    return (size_t)(reader->end - reader->at) >= size &&
           memcmp(reader->at, literal, size) == 0;
}

bool stepden_json_take_null(struct stepden_json_reader *reader)
{
    if (has_literal(reader, "null", 4)) {
        reader->at += 4;
        return true;
    }
    reader->nullable = reader->at;
    return false;
}

bool stepden_json_take_bool(struct stepden_json_reader *reader, bool *value)
{
    *value = has_literal(reader, "true", 4);
    if (*value || has_literal(reader, "false", 5)) {
        reader->at += *value ? 4 : 5;
        return true;
    }
    return stepden_json_refuse_type(reader, "true or false");
}

static inline bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool skip_digits(struct stepden_json_reader *reader)
{
    if (!is_digit(stepden_json_peek(reader)))
        return stepden_json_expect(reader, "a digit");
    while (is_digit(stepden_json_peek(reader)))
        reader->at++;
    return true;
}

bool stepden_json_scan_number(struct stepden_json_reader *reader,
                              struct stepden_json_span *token)
{
    int c;

    token->at = reader->at;
    reader->at += *reader->at == '-';
    if (stepden_json_peek(reader) == '0')
        reader->at++;
    else if (!skip_digits(reader))
        return false;
    if (stepden_json_peek(reader) == '.') {
        reader->at++;
        if (!skip_digits(reader))
            return false;
    }
    c = stepden_json_peek(reader);
    if (c == 'e' || c == 'E') {
        reader->at++;
        c = stepden_json_peek(reader);
        reader->at += c == '-' || c == '+';
        if (!skip_digits(reader))
            return false;
    }
    token->size = (size_t)(reader->at - token->at);
    return true;
}

static inline bool is_number(const struct stepden_json_reader *reader)
{
    int c = stepden_json_peek(reader);

    return c == '-' || is_digit(c);
}

bool stepden_json_at_number(struct stepden_json_reader *reader)
{
    if (is_number(reader))
        return true;
    reader->numeric = reader->at;
    return false;
}

/*
 * The common spelling of a number, at most 18 digits of which `exponent` are
 * behind the point. False for any other, with the reader where it was.
 */
static inline bool take_quick(struct stepden_json_reader *reader, int exponent,
                              int64_t *value)
{
    const char *at = reader->at, *end = reader->end, *first;
    bool negative = at < end && *at == '-';
    uint64_t number = 0; /* enough for the 19 digits that are looked at */

    at += negative;
    if (end - at > QUICK_DIGITS + 1)
        end = at + QUICK_DIGITS + 1;
    first = at;
    while (at < end && is_digit(*at))
        number = 10 * number + (uint64_t)(*at++ - '0');
    if (at == first || at == end || (*first == '0' && at - first > 1))
        return false;
    if (*at == '.') {
        first = ++at - 1;
        while (at < end && is_digit(*at) && exponent > 0) {
            number = 10 * number + (uint64_t)(*at++ - '0');
            exponent--;
        }
        if (at == first + 1 || at == end || is_digit(*at))
            return false;
    }
    if (*at == 'e' || *at == 'E' || *at == '.' ||
        at - reader->at + exponent > QUICK_DIGITS)
        return false;
    for (; exponent > 0; exponent--)
        number *= 10;
    reader->at = at;
    *value = negative ? -(int64_t)number : (int64_t)number;
    return true;
}

static bool refuse_integer(struct stepden_json_reader *reader,
                           enum stepden_status status, const char *at,
                           int64_t minimum, int64_t maximum)
{
    if (minimum == maximum)
        return stepden_json_refuse_value(reader, status, at, "%lld",
                                         (long long)minimum);
    return stepden_json_refuse_value(reader, status, at,
                                     "an integer %lld..%lld",
                                     (long long)minimum, (long long)maximum);
}

static bool take_decimal(struct stepden_json_reader *reader, int exponent,
                         struct stepden_json_decimal *decimal)
{
    struct stepden_json_span token;

    if (!stepden_json_scan_number(reader, &token))
        return false;
    stepden_json_decimal_parse(decimal, token.at, token.size, exponent);
    return true;
}

bool stepden_json_take_integer(struct stepden_json_reader *reader,
                               int64_t *value, int64_t minimum, int64_t maximum)
{
    const char *at = reader->at;
    struct stepden_json_decimal decimal;

    if (take_quick(reader, 0, value)) {
        if (*value >= minimum && *value <= maximum)
            return true;
        return refuse_integer(reader, STEPDEN_ERR_RANGE, at, minimum, maximum);
    }
    if (!is_number(reader)) {
        if (!stepden_json_skip(reader))
            return false;
        return refuse_integer(reader, STEPDEN_ERR_INVALID, at, minimum,
                              maximum);
    }
    if (!take_decimal(reader, 0, &decimal))
        return false;
    if (decimal.inexact && !decimal.huge)
        return refuse_integer(reader, STEPDEN_ERR_INVALID, at, minimum,
                              maximum);
    if (!stepden_json_decimal_within(&decimal, minimum, maximum))
        return refuse_integer(reader, STEPDEN_ERR_RANGE, at, minimum, maximum);
    *value = stepden_json_decimal_round(&decimal);
    return true;
}

/* `value` times 10 to the -exponent, without trailing zeros. */
static const char *decimal_text(char text[NUMBER_SIZE], int64_t value,
                                int exponent)
{
    long long unit = 1, whole;

    while (exponent > 0 && value % 10 == 0) {
        value /= 10;
        exponent--;
    }
    for (int i = 0; i < exponent; i++)
        unit *= 10;
    whole = value < 0 ? -value : value;
    if (exponent == 0)
        snprintf(text, NUMBER_SIZE, "%lld", (long long)value);
    else
        snprintf(text, NUMBER_SIZE, "%s%lld.%0*lld", value < 0 ? "-" : "",
                 whole / unit, exponent, whole % unit);
    return text;
}

static bool refuse_scaled(struct stepden_json_reader *reader,
                          enum stepden_status status, const char *at,
                          int64_t minimum, int64_t maximum, int exponent)
{
    char low[NUMBER_SIZE], high[NUMBER_SIZE];

    return stepden_json_refuse_value(reader, status, at, "a number %s..%s",
                                     decimal_text(low, minimum, exponent),
                                     decimal_text(high, maximum, exponent));
}

bool stepden_json_take_scaled(struct stepden_json_reader *reader,
                              int64_t *value, int64_t minimum, int64_t maximum,
                              int exponent)
{
    const char *at = reader->at;
    struct stepden_json_decimal decimal;

    if (take_quick(reader, exponent, value)) {
        if (*value >= minimum && *value <= maximum)
            return true;
        return refuse_scaled(reader, STEPDEN_ERR_RANGE, at, minimum, maximum,
                             exponent);
    }
    if (!is_number(reader)) {
        if (!stepden_json_skip(reader))
            return false;
        return refuse_scaled(reader, STEPDEN_ERR_INVALID, at, minimum, maximum,
                             exponent);
    }
    if (!take_decimal(reader, exponent, &decimal))
        return false;
    if (!stepden_json_decimal_within(&decimal, minimum, maximum))
        return refuse_scaled(reader, STEPDEN_ERR_RANGE, at, minimum, maximum,
                             exponent);
    *value = stepden_json_decimal_round(&decimal);
    return true;
}

bool stepden_json_take_class(struct stepden_json_reader *reader, int64_t *value,
                             const int64_t *classes, size_t count)
{
    const char *at = reader->at;
    struct stepden_json_decimal decimal;
    size_t i = 0;

    if (!is_number(reader))
        return stepden_json_refuse_type(reader, "a number from 0");
    if (!take_decimal(reader, 0, &decimal))
        return false;
    if (decimal.negative)
        return stepden_json_refuse_value(reader, STEPDEN_ERR_RANGE, at,
                                         "a number from 0");
    while (i < count - 1 &&
           !stepden_json_decimal_within(&decimal, 0, classes[i]))
        i++;
    *value = classes[i];
    return true;
}

bool stepden_json_take_time(struct stepden_json_reader *reader, int64_t *its_ms)
{
    const char *at = reader->at;
    struct stepden_json_word word;
    enum stepden_status status = STEPDEN_ERR_SYNTAX;

    if (stepden_json_peek(reader) != '"')
        return stepden_json_refuse_type(reader, "an RFC 3339 date-time");
    if (!stepden_json_scan_string(reader, &word))
        return false;
    if (word.at != NULL)
        status = stepden_its_parse(its_ms, word.at, word.size);
    if (status == STEPDEN_OK)
        return true;
    return stepden_json_refuse_value(
        reader,
        status == STEPDEN_ERR_RANGE ? STEPDEN_ERR_RANGE : STEPDEN_ERR_INVALID,
        at, "an RFC 3339 date-time from 2004 on");
}

static const char *name_at(const void *ctx, size_t i)
{
    return ((const struct stepden_json_names *)ctx)->name[i].at;
}

/* All names if they are few, else the nearest one. */
static bool refuse_name(struct stepden_json_reader *reader, const char *at,
                        const struct stepden_json_word *word,
                        const struct stepden_json_names *names)
{
    char list[LIST_SIZE] = "a known name", numbers[NUMBER_SIZE] = "";
    const char *nearest =
        stepden_json_nearest(word, name_at, names, names->count);
    size_t size = 0;

    if (names->open)
        snprintf(numbers, sizeof(numbers), " or %lld..%lld",
                 (long long)names->minimum, (long long)names->maximum);
    for (unsigned i = 0; names->count <= 7 && i < names->count; i++)
        if (size < sizeof(list))
            size +=
                (size_t)snprintf(list + size, sizeof(list) - size, "%s\"%s\"",
                                 i == 0 ? "" : ", ", names->name[i].at);
    if (nearest != NULL && names->count > 7)
        snprintf(list, sizeof(list), "a name as \"%s\"", nearest);
    return stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at, "%s%s",
                                     list, numbers);
}

bool stepden_json_take_name(struct stepden_json_reader *reader, int64_t *value,
                            const struct stepden_json_names *names)
{
    const char *at = reader->at;
    struct stepden_json_word word = {NULL, 0};

    if (names->open && is_number(reader))
        return stepden_json_take_integer(reader, value, names->minimum,
                                         names->maximum);
    if (stepden_json_peek(reader) != '"') {
        if (!stepden_json_skip(reader))
            return false;
        return refuse_name(reader, at, &word, names);
    }
    if (!stepden_json_scan_string(reader, &word))
        return false;
    for (unsigned i = 0; i < names->count && word.at != NULL; i++) {
        if (names->name[i].size == word.size &&
            stepden_json_same(names->name[i].at, word.at, word.size)) {
            *value = names->name[i].value;
            return true;
        }
    }
    return refuse_name(reader, at, &word, names);
}

bool stepden_json_take_text(struct stepden_json_reader *reader,
                            const char *text, size_t size)
{
    const char *at = reader->at;
    struct stepden_json_word word;

    if (stepden_json_peek(reader) != '"')
        return stepden_json_refuse_type(reader, "\"%s\"", text);
    if (!stepden_json_scan_string(reader, &word))
        return false;
    return (word.at != NULL && word.size == size &&
            memcmp(word.at, text, size) == 0) ||
           stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at, "\"%s\"",
                                     text);
}
