#include <assert.h>
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include <stepden/json/writer.h>

#include "codec/jer.h"
#include "codec/jer_parts.h"

static void put_word(struct stepden_json_writer *writer, const char *word)
{
    stepden_json_put(writer, word, strlen(word));
}

static void put_hexadecimal(struct stepden_json_writer *writer,
                            const uint8_t *octets, int size)
{
    static const char digits[] = "0123456789abcdef";

    stepden_json_put(writer, "\"", 1);
    for (int i = 0; i < size; i++) {
        char pair[] = {digits[octets[i] >> 4], digits[octets[i] & 15]};

        stepden_json_put(writer, pair, sizeof pair);
    }
    stepden_json_put(writer, "\"", 1);
}

/* A size that is not fixed is written too (X.697, clause 24). */
static void put_bits(struct stepden_json_writer *writer,
                     const struct stepden_type *type, const BIT_STRING_t *bits)
{
    if (stepden_jer_is_fixed(type)) {
        put_hexadecimal(writer, bits->buf, bits->size);
        return;
    }
    put_word(writer, "{\"value\":");
    put_hexadecimal(writer, bits->buf, bits->size);
    put_word(writer, ",\"length\":");
    stepden_json_put_integer(writer,
                             8 * (int64_t)bits->size - bits->bits_unused);
    put_word(writer, "}");
}

static void put_characters(struct stepden_json_writer *writer,
                           const OCTET_STRING_t *characters)
{
    if (characters->size == 0)
        put_word(writer, "\"\"");
    else
        stepden_json_put_text(writer, (const char *)characters->buf,
                              (size_t)characters->size);
}

static void put_integer(struct stepden_json_writer *writer,
                        const struct stepden_type *type, const void *value)
{
    int64_t number = 0;

    /* All that a DENM has fit. */
    (void)stepden_number_get(&number, type, value);
    stepden_json_put_integer(writer, number);
}

/* Unknown items are -1, -2, ... in a tree. */
static void put_item(struct stepden_json_writer *writer,
                     const struct stepden_type *type, long value)
{
    const struct stepden_item *item = stepden_item(type, value);

    stepden_json_put_name(writer, item ? item->name : NULL, -1 - value);
}

static void put_member(struct stepden_json_writer *writer,
                       const struct stepden_member *member, const void *value)
{
    put_word(writer, ",\"");
    put_word(writer, member->name);
    put_word(writer, "\":");
    stepden_jer_write(writer, member->type, value);
}

static void put_members(struct stepden_json_writer *writer,
                        const struct stepden_type *type, const void *owner)
{
    assert(owner != NULL);
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const void *value = stepden_member_value(member, owner);

        if (!value || stepden_member_is_default(member, value))
            continue;
        if (member->is_group)
            put_members(writer, member->type, value);
        else
            put_member(writer, member, value);
    }
}

static void put_alternative(struct stepden_json_writer *writer,
                            const struct stepden_type *type, const void *value)
{
    const struct stepden_member *alternative = stepden_alternative(type, value);

    if (alternative)
        put_member(writer, alternative,
                   stepden_member_value(alternative, value));
}

static void put_elements(struct stepden_json_writer *writer,
                         const struct stepden_type *type, const void *list)
{
    for (int i = 0; i < stepden_list_count(list); i++) {
        put_word(writer, ",");
        stepden_jer_write(writer, type->members[0].type,
                          stepden_list_element(list, i));
    }
}

void stepden_jer_write(struct stepden_json_writer *writer,
                       const struct stepden_type *type, const void *value)
{
    char *start = writer->at;

    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        stepden_json_put_bool(writer, *(const BOOLEAN_t *)value);
        break;
    case STEPDEN_KIND_NULL:
        put_word(writer, "null");
        break;
    case STEPDEN_KIND_INTEGER:
        put_integer(writer, type, value);
        break;
    case STEPDEN_KIND_ENUMERATED:
        put_item(writer, type, *(const long *)value);
        break;
    case STEPDEN_KIND_BITS:
        put_bits(writer, type, value);
        break;
    case STEPDEN_KIND_OCTETS:
        put_hexadecimal(writer, ((const OCTET_STRING_t *)value)->buf,
                        ((const OCTET_STRING_t *)value)->size);
        break;
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        put_characters(writer, value);
        break;
    case STEPDEN_KIND_SEQUENCE:
        put_members(writer, type, value);
        stepden_json_enclose(writer, start, "{}");
        break;
    case STEPDEN_KIND_CHOICE:
        put_alternative(writer, type, value);
        stepden_json_enclose(writer, start, "{}");
        break;
    case STEPDEN_KIND_LIST:
        put_elements(writer, type, value);
        stepden_json_enclose(writer, start, "[]");
        break;
    }
}
