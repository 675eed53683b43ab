/* Numbers, items and strings. */
#include <string.h>

#include "codec/grammar.h"
#include "support/random/generator.h"

#define STRING_MAX 512

bool generate_chance(struct generator *generator,
                     const struct stepden_type *type, size_t point,
                     unsigned percent)
{
    if (generator->is_seeking &&
        coverage_lacks(generator->coverage, type, point))
        percent = 50;
    return random_chance(&generator->state, percent);
}

void generate_put(struct generator *generator, const char *word)
{
    text_put(&generator->given, word);
    text_put(&generator->expected, word);
}

static int64_t sign_extended(uint64_t bits, unsigned width)
{
    return (int64_t)(bits << (64 - width)) >> (64 - width);
}

/* Outside the root of an extensible range, up to 64 bits (X.691, 13.1). */
static int64_t beyond(struct generator *generator,
                      const struct stepden_type *type)
{
    static const int64_t edges[] = {INT8_MIN,  INT16_MIN, INT32_MIN, INT64_MIN,
                                    INT64_MAX, INT32_MAX, INT16_MAX, 8388607};
    uint64_t *state = &generator->state;
    const struct stepden_limits *limits = &type->value;
    int64_t number = limits->lower;

    while (number >= limits->lower && number <= limits->upper) {
        unsigned kind = (unsigned)random_below(state, 12);
        unsigned width = 1 + (unsigned)random_below(state, 64);

        number = kind < 8 ? edges[kind] : limits->upper + 1;
        if (kind >= 9)
            number = kind == 9 ? limits->lower - 1
                               : sign_extended(random_next(state), width);
        if (type->storage == STEPDEN_STORAGE_UNSIGNED_LONG && number < 0)
            number = limits->lower;
    }
    return number;
}

static int64_t within(struct generator *generator,
                      const struct stepden_limits *limits)
{
    uint64_t width = (uint64_t)limits->upper - (uint64_t)limits->lower + 1;
    unsigned kind = (unsigned)random_below(&generator->state, 10);

    if (width > 1 && kind == 0)
        return limits->lower + 1;
    if (width > 1 && kind == 1)
        return limits->upper - 1;
    if (kind == 2 && limits->lower <= 0 && limits->upper >= 0)
        return 0;
    return limits->lower + (int64_t)random_below(&generator->state, width);
}

static int64_t integer(struct generator *generator,
                       const struct stepden_type *type)
{
    const struct stepden_limits *limits = &type->value;

    if (generate_chance(generator, type, EXTREME_LOWER, 17))
        return limits->lower;
    if (generate_chance(generator, type, EXTREME_UPPER, 20))
        return limits->upper;
    if (limits->is_extensible &&
        generate_chance(generator, type, EXTREME_BEYOND, 15))
        return beyond(generator, type);
    return within(generator, limits);
}

/* Any index below `count`, sooner one that was not seen. */
static size_t any_index(struct generator *generator,
                        const struct stepden_type *type, size_t count)
{
    size_t first = random_below(&generator->state, count);

    if (!generator->is_seeking || random_chance(&generator->state, 50))
        return first;
    for (size_t i = 0; i < count; i++)
        if (coverage_lacks(generator->coverage, type, (first + i) % count))
            return (first + i) % count;
    return first;
}

int64_t generate_number(struct generator *generator,
                        const struct stepden_type *type)
{
    if (type->kind == STEPDEN_KIND_INTEGER)
        return integer(generator, type);
    if (generator->future_count && type->is_extensible &&
        random_chance(&generator->state, generator->future_percent))
        return -1 - (int64_t)random_below(&generator->state, 2);
    return type->items[any_index(generator, type, type->count)].value;
}

static void mark_integer(struct generator *generator,
                         const struct stepden_type *type, int64_t number)
{
    const struct stepden_limits *limits = &type->value;

    if (number == limits->lower)
        coverage_mark(generator->coverage, type, EXTREME_LOWER);
    if (number == limits->upper)
        coverage_mark(generator->coverage, type, EXTREME_UPPER);
    if (number < limits->lower || number > limits->upper)
        coverage_mark(generator->coverage, type, EXTREME_BEYOND);
}

static void put_item(struct generator *generator,
                     const struct stepden_type *type, int64_t value)
{
    const struct stepden_item *item = stepden_item(type, value);
    size_t index = item ? (size_t)(item - type->items)
                        : type->count + (size_t)(-1 - value);

    coverage_mark(generator->coverage, type, index);
    if (item) {
        generate_put(generator, "\"");
        generate_put(generator, item->name);
        generate_put(generator, "\"");
        return;
    }
    generator->unknown_count++;
    text_put(&generator->given, value == -1 ? "\"future1\"" : "\"future2\"");
    text_number(&generator->expected, -1 - value);
}

void generate_put_number(struct generator *generator,
                         const struct stepden_type *type, int64_t number)
{
    generator->bits += type->kind == STEPDEN_KIND_ENUMERATED ? 9
                       : type->value.is_extensible           ? 73
                                                   : (size_t)type->value.bits;
    if (type->kind == STEPDEN_KIND_ENUMERATED) {
        put_item(generator, type, number);
        return;
    }
    mark_integer(generator, type, number);
    text_number(&generator->given, number);
    text_number(&generator->expected, number);
}

static size_t pick_size(struct generator *generator,
                        const struct stepden_type *type)
{
    const struct stepden_limits *limits = &type->length;
    uint64_t width = (uint64_t)(limits->upper - limits->lower) + 1;
    size_t lower = (size_t)limits->lower;

    if (limits->is_extensible &&
        generate_chance(generator, type, EXTREME_BEYOND, 5))
        return (size_t)limits->upper + 1 + random_below(&generator->state, 4);
    if (generate_chance(generator, type, EXTREME_UPPER, 10))
        return (size_t)limits->upper;
    if (random_chance(&generator->state, 60) || width == 1)
        return lower;
    if (random_chance(&generator->state, 60))
        return lower + 1;
    return lower + random_below(&generator->state, width < 8 ? width : 8);
}

size_t generate_size(struct generator *generator,
                     const struct stepden_type *type)
{
    size_t size = pick_size(generator, type);

    if ((int64_t)size == type->length.lower)
        coverage_mark(generator->coverage, type, EXTREME_LOWER);
    if ((int64_t)size == type->length.upper)
        coverage_mark(generator->coverage, type, EXTREME_UPPER);
    if ((int64_t)size > type->length.upper)
        coverage_mark(generator->coverage, type, EXTREME_BEYOND);
    generator->bits += 17;
    return size;
}

static void clear_behind(uint8_t *octets, size_t count)
{
    if (count % 8)
        octets[count / 8] &= (uint8_t)(0xff << (8 - count % 8));
}

static void put_bits(struct text *text, const struct stepden_type *type,
                     const uint8_t *octets, size_t count)
{
    const struct stepden_limits *length = &type->length;
    size_t size = (count + 7) / 8;

    if (length->lower == length->upper && !length->is_extensible) {
        text_hexadecimal(text, octets, size);
        return;
    }
    text_put(text, "{\"value\":");
    text_hexadecimal(text, octets, size);
    text_put(text, ",\"length\":");
    text_number(text, (int64_t)count);
    text_put(text, "}");
}

/* Up to the last bit that is set. */
static size_t significant(const uint8_t *octets, size_t count)
{
    while (count > 0 && !(octets[(count - 1) / 8] & (0x80 >> (count - 1) % 8)))
        count--;
    return count;
}

/*
 * Named bits are given with trailing zeros, or without those that the root's
 * size needs, but expected with these alone (X.691, clause 16.3).
 */
static void generate_bits(struct generator *generator,
                          const struct stepden_type *type)
{
    size_t least = (size_t)type->length.lower;
    size_t count = generate_size(generator, type);
    bool has_names = type->note && type->note->name_count > 0;
    unsigned kind = (unsigned)random_below(&generator->state, 6);
    uint8_t octets[STRING_MAX] = {0};

    generator->bits += count;
    for (size_t i = 0; kind > 0 && i < (kind == 1 ? 1 : (count + 7) / 8); i++)
        octets[i] = kind == 2 ? 0xff : (uint8_t)random_next(&generator->state);
    clear_behind(octets, count);

    size_t needed = significant(octets, count);
    if (has_names && type->length.is_extensible &&
        random_chance(&generator->state, 30))
        put_bits(&generator->given, type, octets, needed);
    else
        put_bits(&generator->given, type, octets, count);
    if (has_names)
        count = needed > least ? needed : least;
    put_bits(&generator->expected, type, octets, count);
}

static void generate_octets(struct generator *generator,
                            const struct stepden_type *type)
{
    size_t size = generate_size(generator, type);
    uint8_t octets[STRING_MAX];

    generator->bits += 8 * size;
    for (size_t i = 0; i < size; i++)
        octets[i] = (uint8_t)random_next(&generator->state);
    text_hexadecimal(&generator->given, octets, size);
    text_hexadecimal(&generator->expected, octets, size);
}

/* What JSON treats specially, and the first and last of each UTF-8 size. */
static uint32_t any_character(struct generator *generator)
{
    static const uint32_t edges[] = {
        '"',  '\\',   '/',    '\b',   '\f',    '\n',    '\r',    '\t',   0,
        1,    0x1f,   ' ',    0x7f,   0x80,    0x7ff,   0x800,   0xd7ff, 0xe000,
        0xe9, 0x20ac, 0xfffd, 0xffff, 0x10000, 0x1f6a7, 0x10ffff};
    size_t count = sizeof edges / sizeof edges[0];

    return random_chance(&generator->state, 50)
               ? edges[random_below(&generator->state, count)]
               : 0x20 + (uint32_t)random_below(&generator->state, 95);
}

static uint32_t of_alphabet(struct generator *generator,
                            const struct stepden_type *type)
{
    const struct stepden_limits *codes = &type->value;
    uint64_t count = (uint64_t)(codes->upper - codes->lower) + 1;
    uint32_t code = (uint32_t)codes->lower +
                    (uint32_t)random_below(&generator->state, count);
    uint32_t special = any_character(generator);

    if (type->alphabet)
        return type->alphabet[code];
    return special <= codes->upper ? special : code;
}

void generate_string(struct generator *generator,
                     const struct stepden_type *type)
{
    if (type->kind == STEPDEN_KIND_BITS) {
        generate_bits(generator, type);
        return;
    }
    if (type->kind == STEPDEN_KIND_OCTETS) {
        generate_octets(generator, type);
        return;
    }
    size_t size = generate_size(generator, type);

    generate_put(generator, "\"");
    for (size_t i = 0; i < size; i++) {
        uint32_t character = type->kind == STEPDEN_KIND_UTF8
                                 ? any_character(generator)
                                 : of_alphabet(generator, type);

        text_character(&generator->given, character,
                       random_chance(&generator->state, 10));
        text_character(&generator->expected, character, false);
        generator->bits += 32;
    }
    generate_put(generator, "\"");
}
