#include "base/digits.h"

const char stepden_digit_pairs[] = "00010203040506070809"
                                   "10111213141516171819"
                                   "20212223242526272829"
                                   "30313233343536373839"
                                   "40414243444546474849"
                                   "50515253545556575859"
                                   "60616263646566676869"
                                   "70717273747576777879"
                                   "80818283848586878889"
                                   "90919293949596979899";

const uint64_t stepden_powers_of_ten[STEPDEN_DIGITS_MAX] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

char *stepden_digits_put_last(char *at, uint64_t number, int count)
{
    char *end = at + count;

    for (at = end; count >= 2; count -= 2, number /= 100)
        stepden_digits_put_pair(at -= 2, (unsigned)(number % 100));
    if (count == 1)
        at[-1] = (char)('0' + number % 10);
    return end;
}

/* Of a number above 0: its bits times log10(2), rounded down, or one more. */
static int count_of(uint64_t number)
{
    int bits = 64 - __builtin_clzll(number);
    int count = bits * 1233 / 4096;

    return count + (number >= stepden_powers_of_ten[count]);
}

char *stepden_digits_put(char *at, uint64_t number)
{
    if (number >= 10)
        return stepden_digits_put_last(at, number, count_of(number));
    *at++ = (char)('0' + number);
    return at;
}
