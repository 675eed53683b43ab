#include "json/number.h"

#define EXPONENT_MAX INT64_C(100000000000000000)

enum { DIGITS_MAX = 19 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int64_t parse_exponent(const char *at, const char *end)
{
    int64_t exponent = 0;
    bool negative = *at == '-';

    if (*at == '-' || *at == '+')
        at++;
    for (; at < end; at++)
        if (exponent < EXPONENT_MAX)
            exponent = 10 * exponent + (*at - '0');
    return negative ? -exponent : exponent;
}

static void cut_zeros(struct stepden_json_digits *digits)
{
    for (; digits->at < digits->end; digits->at++) {
        if (*digits->at == '.')
            continue;
        if (*digits->at != '0')
            break;
        digits->point--;
    }
    while (digits->end > digits->at &&
           (digits->end[-1] == '0' || digits->end[-1] == '.'))
        digits->end--;
}

void stepden_json_digits_find(struct stepden_json_digits *digits,
                              const char *text, size_t size)
{
    const char *end = text + size;
    bool negative = *text == '-';
    const char *at = text + negative, *here = at;

    while (here < end && is_digit(*here))
        here++;
    *digits = (struct stepden_json_digits){.at = at, .point = here - at};
    if (here < end && *here == '.')
        here++;
    while (here < end && is_digit(*here))
        here++;
    digits->end = here;
    if (here < end)
        digits->point += parse_exponent(here + 1, end);
    cut_zeros(digits);
    digits->negative = negative && digits->at < digits->end;
}

/* What follows the unit's digit. */
static void add_rest(struct stepden_json_decimal *decimal, const char *at,
                     const char *end, bool next)
{
    for (bool first = next; at < end; at++) {
        if (*at == '.')
            continue;
        if (*at != '0')
            decimal->inexact = true;
        if (first && *at >= '5')
            decimal->half = true;
        first = false;
    }
}

void stepden_json_decimal_parse(struct stepden_json_decimal *decimal,
                                const char *text, size_t size, int exponent)
{
    struct stepden_json_digits digits;
    const char *at;
    int64_t left;

    stepden_json_digits_find(&digits, text, size);
    at = digits.at;
    left = digits.point + exponent;
    *decimal = (struct stepden_json_decimal){.negative = digits.negative};
    if (at == digits.end)
        return;
    if (left > DIGITS_MAX) {
        decimal->huge = true;
        return;
    }
    if (left < 0) {
        add_rest(decimal, at, digits.end, false);
        return;
    }
    for (; left > 0; left--) {
        while (at < digits.end && *at == '.')
            at++;
        decimal->whole *= 10;
        if (at < digits.end)
            decimal->whole += (uint64_t)(*at++ - '0');
    }
    add_rest(decimal, at, digits.end, true);
    decimal->huge = decimal->whole > (uint64_t)INT64_MAX + decimal->negative;
}

static int64_t with_sign(const struct stepden_json_decimal *decimal,
                         uint64_t magnitude)
{
    return (int64_t)(decimal->negative ? 0 - magnitude : magnitude);
}

int64_t stepden_json_decimal_round(const struct stepden_json_decimal *decimal)
{
    return with_sign(decimal, decimal->whole + decimal->half);
}

bool stepden_json_decimal_within(const struct stepden_json_decimal *decimal,
                                 int64_t minimum, int64_t maximum)
{
    int64_t whole = with_sign(decimal, decimal->whole);

    if (decimal->huge)
        return false;
    if (decimal->negative)
        return whole <= maximum &&
               (whole > minimum || (whole == minimum && !decimal->inexact));
    return whole >= minimum &&
           (whole < maximum || (whole == maximum && !decimal->inexact));
}
