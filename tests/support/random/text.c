#include "support/random/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9e3779b97f4a7c15;

    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

uint64_t random_below(uint64_t *state, uint64_t count)
{
    return random_next(state) % count;
}

bool random_chance(uint64_t *state, unsigned percent)
{
    return random_below(state, 100) < percent;
}

void text_put(struct text *text, const char *word)
{
    size_t size = strlen(word);

    assert(text->size + size < TEXT_SIZE);
    memcpy(text->bytes + text->size, word, size + 1);
    text->size += size;
}

void text_next(struct text *text)
{
    if (text->size > 0 && !strchr("{[:", text->bytes[text->size - 1]))
        text_put(text, ",");
}

void text_name(struct text *text, const char *name)
{
    text_put(text, "\"");
    text_put(text, name);
    text_put(text, "\":");
}

void text_number(struct text *text, int64_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%" PRId64, number);
    text_put(text, digits);
}

void text_hexadecimal(struct text *text, const uint8_t *octets, size_t size)
{
    text_put(text, "\"");
    for (size_t i = 0; i < size; i++) {
        char pair[3];

        snprintf(pair, sizeof pair, "%02x", octets[i]);
        text_put(text, pair);
    }
    text_put(text, "\"");
}

static void put_unit(struct text *text, uint32_t unit)
{
    char escape[8];

    snprintf(escape, sizeof escape, "\\u%04x", unit & 0xffff);
    text_put(text, escape);
}

static void put_escape(struct text *text, uint32_t character)
{
    if (character < 0x10000) {
        put_unit(text, character);
        return;
    }
    put_unit(text, 0xd800 + ((character - 0x10000) >> 10));
    put_unit(text, 0xdc00 + ((character - 0x10000) & 0x3ff));
}

static void put_utf8(struct text *text, uint32_t character)
{
    int more = character < 0x80      ? 0
               : character < 0x800   ? 1
               : character < 0x10000 ? 2
                                     : 3;
    static const uint32_t heads[] = {0, 0xc0, 0xe0, 0xf0};
    char bytes[5] = "";

    bytes[0] = (char)(heads[more] | character >> 6 * more);
    for (int i = 1; i <= more; i++)
        bytes[i] = (char)(0x80 | (character >> 6 * (more - i) & 0x3f));
    text_put(text, bytes);
}

void text_character(struct text *text, uint32_t character, bool always)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found =
        character && character < 0x80 ? strchr(plain, (char)character) : NULL;

    if (always) {
        put_escape(text, character);
    } else if (found) {
        char escape[] = {'\\', letters[found - plain], '\0'};

        text_put(text, escape);
    } else if (character < 0x20) {
        put_escape(text, character);
    } else {
        put_utf8(text, character);
    }
}
