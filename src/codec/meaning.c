#include "codec/meaning.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <BIT_STRING.h>

#include <stepden/its_time.h>

#include "codec/grammar.h"

/* digits * 10^exponent of what `word` says: of "0.4 metre", 4, -1, "metre". */
struct unit {
    int64_t digits;
    int exponent;
    const char *word;
};

/* How a unit is written for people. */
struct symbol {
    const char *word;
    const char *text; /* with the blank before it */
    int exponent;
};

static const struct symbol symbols[] = {
    {"Percent", " %", 0},
    {"degree", "\u00b0", 0},
    {"degree Celsius", " \u00b0C", 0},
    {"degree/s", "\u00b0/s", 0},
    {"degrees", "\u00b0", 0},
    {"degrees Celsius", " \u00b0C", 0},
    {"gramm", " g", 0},
    {"m/s^2", " m/s\u00b2", 0},
    {"metre", " m", 0},
    {"metres", " m", 0},
    {"microdegree", "\u00b0", -6},
    {"percent", " %", 0},
    {"person", " persons", 0},
    {"second", " s", 0},
    {"seconds", " s", 0},
};

/* "100", "0.01" or, as some write it, "0,01"; what stands behind it. */
static const char *read_decimal(struct unit *unit, const char *text)
{
    bool is_fraction = false;

    for (; isdigit((unsigned char)*text) || *text == '.' || *text == ',';
         text++) {
        if (!isdigit((unsigned char)*text)) {
            is_fraction = true;
            continue;
        }
        if (unit->digits > (INT64_MAX - 9) / 10)
            return text;
        unit->digits = unit->digits * 10 + (*text - '0');
        unit->exponent -= is_fraction;
    }
    return text;
}

static struct unit read_unit(const char *text)
{
    struct unit unit = {.digits = 0};
    const char *behind = read_decimal(&unit, text);
    char *end;

    if (unit.digits == 10 && behind[0] == '^') {
        long power = strtol(behind + 1, &end, 10);

        behind = end;
        unit.digits = 1;
        unit.exponent = (int)power;
    }
    if (behind == text || *behind != ' ' || unit.digits == 0 ||
        abs(unit.exponent) > 18)
        return (struct unit){.digits = 1, .word = text};
    unit.word = behind + 1;
    return unit;
}

static const struct symbol *find_symbol(const char *word)
{
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        if (strcmp(symbols[i].word, word) == 0)
            return &symbols[i];
    return NULL;
}

/* All of its places are written, so that the resolution can be seen. */
static void put_decimal(char *text, size_t size, int64_t number, int exponent)
{
    char digits[64];
    int places = exponent < 0 ? -exponent : 0;
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int count =
        snprintf(digits, sizeof digits, "%0*" PRIu64, places + 1, magnitude);
    const char *sign = number < 0 ? "-" : "";

    if (places > 0)
        snprintf(text, size, "%s%.*s.%s", sign, count - places, digits,
                 digits + count - places);
    else
        snprintf(text, size, "%s%s%.*s", sign, digits, number ? exponent : 0,
                 "000000000000000000000000");
}

static size_t put(char *text, size_t size, const char *first,
                  const char *second)
{
    int wanted = snprintf(text, size, "%s%s", first, second);

    return (size_t)wanted < size ? (size_t)wanted : size - 1;
}

static size_t put_measure(char *text, size_t size, int64_t number,
                          const char *unit_text)
{
    const struct unit unit = read_unit(unit_text);
    const struct symbol *symbol = find_symbol(unit.word);
    char decimal[96];
    char other[64];

    if (number > INT64_MAX / unit.digits || number < -INT64_MAX / unit.digits)
        return put(text, size, "", "");
    put_decimal(decimal, sizeof decimal, number * unit.digits,
                unit.exponent + (symbol ? symbol->exponent : 0));
    if (symbol)
        return put(text, size, decimal,
                   number == 1 && strcmp(symbol->word, "person") == 0
                       ? " person"
                       : symbol->text);
    snprintf(other, sizeof other, " %s", unit.word);
    return put(text, size, decimal, other);
}

static const char *name_of(const struct asn1_note *note, int64_t number)
{
    for (size_t i = 0; note && i < note->name_count; i++)
        if (note->names[i].number == number)
            return note->names[i].name;
    return NULL;
}

static size_t put_integer(char *text, size_t size,
                          const struct stepden_type *type, const void *value)
{
    const struct asn1_note *note = type->note;
    int64_t number;

    if (!stepden_number_get(&number, type, value))
        return put(text, size, "", "");
    if (strcmp(type->name, "TimestampIts") == 0) {
        char time[STEPDEN_RFC3339_SIZE];

        stepden_its_format(time, number);
        return put(text, size, time, "");
    }
    const char *name = name_of(note, number);

    if (name)
        return put(text, size, name, "");
    if (!note || !note->unit || strcmp(note->unit, "n/a") == 0)
        return put(text, size, "", "");
    return put_measure(text, size, number, note->unit);
}

static size_t put_bits(char *text, size_t size, const struct stepden_type *type,
                       const void *value)
{
    const BIT_STRING_t *bits = value;
    int count = 8 * bits->size - bits->bits_unused;
    size_t length = put(text, size, "", "");

    for (int i = 0; i < count; i++) {
        bool is_set = bits->buf[i / 8] & (0x80 >> i % 8);
        const char *name = is_set ? name_of(type->note, i) : NULL;

        if (name)
            length +=
                put(text + length, size - length, length ? ", " : "", name);
    }
    return length;
}

size_t stepden_meaning_write(char *text, size_t size,
                             const struct stepden_type *type, const void *value)
{
    if (type->kind == STEPDEN_KIND_INTEGER)
        return put_integer(text, size, type, value);
    if (type->kind == STEPDEN_KIND_BITS)
        return put_bits(text, size, type, value);
    return put(text, size, "", "");
}
