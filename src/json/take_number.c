/* Numbers. */
#include <stdio.h>

#include "json/number.h"
#include "json/scan.h"

enum { QUICK_DIGITS = 18, NUMBER_SIZE = 32, LIST_SIZE = 160 };

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

bool stepden_json_at_number(struct stepden_json_reader *reader)
{
    if (stepden_json_is_number(reader))
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

/* Any integer; STEPDEN_ERR_SYNTAX when the reading has ended. */
static inline enum stepden_status
take_any_integer(struct stepden_json_reader *reader, int64_t *value)
{
    struct stepden_json_decimal decimal;

    if (take_quick(reader, 0, value))
        return STEPDEN_OK;
    if (!stepden_json_is_number(reader))
        return stepden_json_skip(reader) ? STEPDEN_ERR_INVALID
                                         : STEPDEN_ERR_SYNTAX;
    if (!take_decimal(reader, 0, &decimal))
        return STEPDEN_ERR_SYNTAX;
    if (decimal.huge)
        return STEPDEN_ERR_RANGE;
    *value = stepden_json_decimal_round(&decimal);
    return decimal.inexact ? STEPDEN_ERR_INVALID : STEPDEN_OK;
}

bool stepden_json_take_integer(struct stepden_json_reader *reader,
                               int64_t *value, int64_t minimum, int64_t maximum)
{
    const char *at = reader->at;
    enum stepden_status status = take_any_integer(reader, value);

    if (status == STEPDEN_OK && *value >= minimum && *value <= maximum)
        return true;
    return status != STEPDEN_ERR_SYNTAX &&
           refuse_integer(reader,
                          status == STEPDEN_OK ? STEPDEN_ERR_RANGE : status, at,
                          minimum, maximum);
}

bool stepden_json_take_multiple(struct stepden_json_reader *reader,
                                int64_t *value, int64_t minimum,
                                int64_t maximum, int64_t step)
{
    const char *at = reader->at;
    enum stepden_status status = take_any_integer(reader, value);

    if (status == STEPDEN_OK && (*value < minimum || *value > maximum))
        status = STEPDEN_ERR_RANGE;
    else if (status == STEPDEN_OK && *value % step == 0)
        return true;
    else if (status == STEPDEN_OK)
        status = STEPDEN_ERR_INVALID;
    return status != STEPDEN_ERR_SYNTAX &&
           stepden_json_refuse_value(
               reader, status, at, "a multiple of %lld in %lld..%lld",
               (long long)step, (long long)minimum, (long long)maximum);
}

/* All the numbers as far as they fit. */
static bool refuse_listed(struct stepden_json_reader *reader, const char *at,
                          const int64_t *listed, size_t count)
{
    char list[LIST_SIZE] = "";
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        size += (size_t)snprintf(list + size, sizeof(list) - size, "%s%lld",
                                 i == 0 ? "" : ", ", (long long)listed[i]);
        if (size > sizeof(list) - NUMBER_SIZE && i + 1 < count) {
            snprintf(list + size, sizeof(list) - size, ", ...");
            break;
        }
    }
    return stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at, "%s",
                                     list);
}

bool stepden_json_take_listed(struct stepden_json_reader *reader,
                              int64_t *value, const int64_t *listed,
                              size_t count)
{
    const char *at = reader->at;
    enum stepden_status status = take_any_integer(reader, value);

    for (size_t i = 0; status == STEPDEN_OK && i < count; i++)
        if (listed[i] == *value)
            return true;
    return status != STEPDEN_ERR_SYNTAX &&
           refuse_listed(reader, at, listed, count);
}

/* `value` times 10 to the -exponent, without trailing zeros. */
static const char *decimal_text(char text[NUMBER_SIZE], int64_t value,
                                int exponent)
{
    unsigned long long unit = 1, whole;

    while (exponent > 0 && value % 10 == 0) {
        value /= 10;
        exponent--;
    }
    for (int i = 0; i < exponent; i++)
        unit *= 10;
    whole =
        value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    if (exponent == 0)
        snprintf(text, NUMBER_SIZE, "%lld", (long long)value);
    else
        snprintf(text, NUMBER_SIZE, "%s%llu.%0*llu", value < 0 ? "-" : "",
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
    if (!stepden_json_is_number(reader)) {
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

static bool refuse_between(struct stepden_json_reader *reader,
                           enum stepden_status status, const char *at,
                           const char *low, const char *high,
                           unsigned exclusive)
{
    return stepden_json_refuse_value(
        reader, status, at, "a number %s %s, %s %s",
        (exclusive & STEPDEN_JSON_ABOVE) != 0 ? "above" : "from", low,
        (exclusive & STEPDEN_JSON_BELOW) != 0 ? "below" : "up to", high);
}

/* Moves a limit that is not allowed to the unit next to it. */
static bool round_between(const struct stepden_json_decimal *decimal,
                          int64_t *value, int64_t minimum, int64_t maximum,
                          unsigned exclusive)
{
    if (!stepden_json_decimal_within(decimal, minimum, maximum))
        return false;
    *value = stepden_json_decimal_round(decimal);
    if ((exclusive & STEPDEN_JSON_ABOVE) != 0 && *value == minimum) {
        *value = minimum + 1;
        return decimal->inexact;
    }
    if ((exclusive & STEPDEN_JSON_BELOW) != 0 && *value == maximum) {
        *value = maximum - 1;
        return decimal->inexact;
    }
    return true;
}

bool stepden_json_take_between(struct stepden_json_reader *reader,
                               int64_t *value, int64_t minimum, int64_t maximum,
                               int exponent, unsigned exclusive)
{
    const char *at = reader->at;
    enum stepden_status status = STEPDEN_ERR_INVALID;
    char low[NUMBER_SIZE], high[NUMBER_SIZE];
    struct stepden_json_decimal decimal;

    if (stepden_json_is_number(reader)) {
        if (!take_decimal(reader, exponent, &decimal))
            return false;
        if (round_between(&decimal, value, minimum, maximum, exclusive))
            return true;
        status = STEPDEN_ERR_RANGE;
    } else if (!stepden_json_skip(reader)) {
        return false;
    }
    return refuse_between(reader, status, at,
                          decimal_text(low, minimum, exponent),
                          decimal_text(high, maximum, exponent), exclusive);
}

bool stepden_json_take_class(struct stepden_json_reader *reader, int64_t *value,
                             const int64_t *classes, size_t count)
{
    const char *at = reader->at;
    struct stepden_json_decimal decimal;
    size_t i = 0;

    if (!stepden_json_is_number(reader))
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
