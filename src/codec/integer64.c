#include "codec/integer64.h"

/* Whether the octet at `at` only repeats the sign of the next one. */
static bool is_redundant(const uint8_t *at)
{
    return (at[0] == 0x00 && at[1] < 0x80) || (at[0] == 0xff && at[1] >= 0x80);
}

void stepden_integer64_set(INTEGER_t *integer, uint8_t storage[8],
                           int64_t value)
{
    uint64_t rest = (uint64_t)value;
    int first = 0;

    for (int i = 7; i >= 0; i--) {
        storage[i] = (uint8_t)rest;
        rest >>= 8;
    }
    while (first < 7 && is_redundant(storage + first))
        first++;
    *integer = (INTEGER_t){.buf = storage + first, .size = 8 - first};
}

bool stepden_integer64_get(int64_t *value, const INTEGER_t *integer)
{
    const uint8_t *at = integer->buf;
    int size = integer->size;

    if (size < 1)
        return false;
    while (size > 1 && is_redundant(at)) {
        at++;
        size--;
    }
    if (size > 8)
        return false;

    uint64_t bits = at[0] >= 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < size; i++)
        bits = bits << 8 | at[i];
    *value = (int64_t)bits;
    return true;
}
