#include "base/utf8.h"

/* The bytes of a character, and the least code that needs so many. */
static size_t sequence_size(uint8_t first, uint32_t *code, uint32_t *least)
{
    if (first < 0x80) {
        *code = first;
        *least = 0;
        return 1;
    }
    if ((first & 0xe0) == 0xc0) {
        *code = first & 0x1f;
        *least = 0x80;
        return 2;
    }
    if ((first & 0xf0) == 0xe0) {
        *code = first & 0x0f;
        *least = 0x800;
        return 3;
    }
    *code = first & 0x07;
    *least = 0x10000;
    return (first & 0xf8) == 0xf0 ? 4 : 0;
}

size_t stepden_utf8_size(const uint8_t *bytes, size_t size)
{
    uint32_t code, least;
    size_t wanted = sequence_size(bytes[0], &code, &least);

    if (wanted > size)
        return 0;
    for (size_t i = 1; i < wanted; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (bytes[i] & 0x3f);
    }
    return code < least || code > 0x10ffff || (code & ~0x7ffu) == 0xd800
               ? 0
               : wanted;
}

bool stepden_utf8_is_control(const uint8_t *character, size_t size)
{
    return character[0] < 0x20 || character[0] == 0x7f ||
           (size == 2 && character[0] == 0xc2 && character[1] < 0xa0);
}

bool stepden_utf8_count(size_t *characters, const uint8_t *bytes, size_t size)
{
    *characters = 0;
    while (size > 0) {
        size_t taken = stepden_utf8_size(bytes, size);

        if (taken == 0)
            return false;
        bytes += taken;
        size -= taken;
        ++*characters;
    }
    return true;
}
