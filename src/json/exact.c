#include "json/exact.h"

#include "json/number.h"

enum { DIVISOR_DIGITS_MAX = 18 };

static struct stepden_json_digits digits_of(struct stepden_json_span number)
{
    struct stepden_json_digits digits;

    stepden_json_digits_find(&digits, number.at, number.size);
    return digits;
}

static bool is_zero(const struct stepden_json_digits *digits)
{
    return digits->at == digits->end;
}

/* The next digit, -1 behind the last. */
static int next_digit(struct stepden_json_digits *digits)
{
    if (digits->at < digits->end && *digits->at == '.')
        digits->at++;
    return digits->at < digits->end ? *digits->at++ - '0' : -1;
}

static int64_t count_digits(struct stepden_json_digits digits)
{
    int64_t count = 0;

    while (next_digit(&digits) >= 0)
        count++;
    return count;
}

/* Without the signs. */
static int compare_sizes(struct stepden_json_digits a,
                         struct stepden_json_digits b)
{
    int digit_a, digit_b;

    if (is_zero(&a) || is_zero(&b))
        return is_zero(&b) - is_zero(&a);
    if (a.point != b.point)
        return a.point < b.point ? -1 : 1;
    do {
        digit_a = next_digit(&a);
        digit_b = next_digit(&b);
    } while (digit_a == digit_b && digit_a >= 0);
    return digit_a - digit_b;
}

int stepden_json_number_compare(struct stepden_json_span a,
                                struct stepden_json_span b)
{
    struct stepden_json_digits digits_a = digits_of(a), digits_b = digits_of(b);

    if (digits_a.negative != digits_b.negative)
        return digits_b.negative - digits_a.negative;
    return digits_a.negative ? compare_sizes(digits_b, digits_a)
                             : compare_sizes(digits_a, digits_b);
}

void stepden_json_number_hash(struct stepden_siphash *hash,
                              struct stepden_json_span number)
{
    struct stepden_json_digits digits = digits_of(number);
    int digit;

    stepden_siphash_add(hash, digits.negative ? "-" : "+", 1);
    if (!is_zero(&digits))
        stepden_siphash_add(hash, &digits.point, sizeof(digits.point));
    do {
        char byte;

        digit = next_digit(&digits);
        byte = (char)digit;
        stepden_siphash_add(hash, &byte, 1);
    } while (digit >= 0);
}

bool stepden_json_number_is_integer(struct stepden_json_span number)
{
    struct stepden_json_digits digits = digits_of(number);

    return is_zero(&digits) || count_digits(digits) <= digits.point;
}

bool stepden_json_divisor_parse(struct stepden_json_divisor *divisor,
                                struct stepden_json_span number)
{
    struct stepden_json_digits digits = digits_of(number);
    int64_t count = count_digits(digits);
    int digit;

    if (digits.negative || count == 0 || count > DIVISOR_DIGITS_MAX)
        return false;
    *divisor = (struct stepden_json_divisor){.exponent = digits.point - count};
    while ((digit = next_digit(&digits)) >= 0)
        divisor->coefficient = 10 * divisor->coefficient + (uint64_t)digit;
    return true;
}

/* Divides by `factor` as often as that goes, at most `times`. */
static uint64_t divide_out(uint64_t value, uint64_t factor, int64_t times)
{
    for (; times > 0 && value % factor == 0; times--)
        value /= factor;
    return value;
}

/*
 * Both are an integer times a power of ten, the number's integer m not ending
 * in 0. With `shift` the difference of the powers: m * 10^shift has to be a
 * multiple of the coefficient. Below 0 it is not, since m is no multiple of
 * 10; else the tens can pay for factors 2 and 5 of the coefficient, and m has
 * to be a multiple of what is left.
 */
bool stepden_json_number_is_multiple(struct stepden_json_span number,
                                     struct stepden_json_divisor divisor)
{
    struct stepden_json_digits digits = digits_of(number);
    int64_t shift = digits.point - count_digits(digits) - divisor.exponent;
    uint64_t left = divisor.coefficient, rest = 0;
    int digit;

    if (is_zero(&digits))
        return true;
    if (shift < 0)
        return false;
    left = divide_out(left, 2, shift);
    left = divide_out(left, 5, shift);
    while ((digit = next_digit(&digits)) >= 0)
        rest = (10 * rest + (uint64_t)digit) % left;
    return rest == 0;
}
