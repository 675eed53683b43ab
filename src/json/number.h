/* JSON numbers (RFC 8259, clause 6) as exact decimals. */
#ifndef STEPDEN_JSON_NUMBER_H
#define STEPDEN_JSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The digits of a number, without zeros at either end; the decimal point may
 * stand among them. The value is 0.ddd times 10 to the `point`.
 */
struct stepden_json_digits {
    const char *at;
    const char *end; /* == at: zero */
    int64_t point;   /* beyond 10^17 not exact */
    bool negative;   /* -0 is not */
};

void stepden_json_digits_find(struct stepden_json_digits *digits,
                              const char *text, size_t size);

/*
 * A number in units of a grid: `whole` units and, when `inexact`, a rest of
 * less than one.
 */
struct stepden_json_decimal {
    uint64_t whole; /* up to 2^63 when negative, else below */
    bool negative;  /* -0 is not */
    bool inexact;
    bool half; /* the rest is half a unit or more */
    bool huge; /* beyond int64_t: `whole` means nothing */
};

/*
 * The number that the `size` bytes at `text` spell, which must be a JSON
 * number, in units of 10 to the -exponent (0..18). Any exponent is fine.
 */
void stepden_json_decimal_parse(struct stepden_json_decimal *decimal,
                                const char *text, size_t size, int exponent);

/*
 * The nearest multiple of the unit, half away from zero. Only for what is exact
 * or within limits.
 */
int64_t stepden_json_decimal_round(const struct stepden_json_decimal *decimal);

/*
 * Whether the exact number, before rounding, lies within minimum..maximum
 * units.
 */
bool stepden_json_decimal_within(const struct stepden_json_decimal *decimal,
                                 int64_t minimum, int64_t maximum);

#endif
