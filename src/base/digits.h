/* Numbers as decimal digits, written to where they are to be. No NUL. */
#ifndef STEPDEN_BASE_DIGITS_H
#define STEPDEN_BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

/* The most that a number has. */
#define STEPDEN_DIGITS_MAX 20

/* "00" to "99". */
extern const char stepden_digit_pairs[];

/* 10 to the power 0 to 19. */
extern const uint64_t stepden_powers_of_ten[STEPDEN_DIGITS_MAX];

/* The two digits of `number`, which is below 100. */
static inline void stepden_digits_put_pair(char *at, unsigned number)
{
    memcpy(at, &stepden_digit_pairs[2 * number], 2);
}

/* The last `count` digits of `number`; returns their end. */
char *stepden_digits_put_last(char *at, uint64_t number, int count);

/* All digits of `number`, "0" for 0; returns their end. */
char *stepden_digits_put(char *at, uint64_t number);

#endif
