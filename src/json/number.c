#include "json/number.h"

enum { DIGITS_MAX = 18, EXPONENT_MAX = 100000000 };

/* Digits d[0..count) without leading zeros, the value 0.ddd * 10^point. */
struct digits {
    const char *at;
    const char *end; /* of digits and point */
    int64_t point;
};

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

static struct digits find_digits(const char *at, const char *end)
{
    struct digits digits = {0};
    const char *here = at;

    while (here < end && is_digit(*here))
        here++;
    digits.point = here - at;
    if (here < end && *here == '.')
        here++;
    while (here < end && is_digit(*here))
        here++;
    digits.at = at;
    digits.end = here;
    if (here < end)
        digits.point += parse_exponent(here + 1, end);
    for (; digits.at < digits.end; digits.at++) {
        if (*digits.at == '.')
            continue;
        if (*digits.at != '0')
            break;
        digits.point--;
    }
    return digits;
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
    const char *end = text + size;
    bool negative = *text == '-';
    struct digits digits = find_digits(text + negative, end);
    const char *at = digits.at;
    int64_t left = digits.point + exponent;

    *decimal = (struct stepden_json_decimal){0};
    if (at == digits.end)
        return;
    decimal->negative = negative;
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
}

int64_t stepden_json_decimal_round(const struct stepden_json_decimal *decimal)
{
    int64_t whole = (int64_t)(decimal->whole + decimal->half);

    return decimal->negative ? -whole : whole;
}

bool stepden_json_decimal_within(const struct stepden_json_decimal *decimal,
                                 int64_t minimum, int64_t maximum)
{
    int64_t whole = (int64_t)decimal->whole;

    if (decimal->huge)
        return false;
    if (decimal->negative)
        return -whole <= maximum &&
               (-whole > minimum || (-whole == minimum && !decimal->inexact));
    return whole >= minimum &&
           (whole < maximum || (whole == maximum && !decimal->inexact));
}
