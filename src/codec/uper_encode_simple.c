#include <inttypes.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include "base/utf8.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper_put.h"

static enum stepden_status put_number(struct stepden_uper_encoder *encoder,
                                      const struct stepden_type *type,
                                      int64_t number)
{
    const struct stepden_limits *limits = &type->value;
    bool is_within = (!limits->has_lower || number >= limits->lower) &&
                     (!limits->has_upper || number <= limits->upper);

    if (!is_within && !limits->is_extensible)
        return stepden_step_refuse_value(encoder->diag, NULL, type, number);
    if (limits->is_extensible)
        stepden_uper_put(encoder, !is_within, 1);

    uint64_t above = (uint64_t)number - (uint64_t)limits->lower;
    if (!is_within || !limits->has_lower)
        stepden_uper_put_long_number(encoder, (uint64_t)number, true);
    else if (!limits->has_upper)
        stepden_uper_put_long_number(encoder, above, false);
    else
        stepden_bits_put_wide(&encoder->bits, above, limits->bits);
    return STEPDEN_OK;
}

static enum stepden_status encode_integer(struct stepden_uper_encoder *encoder,
                                          const struct stepden_type *type,
                                          const void *value)
{
    int64_t number = 0;

    if (!stepden_number_get(&number, type, value))
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_RANGE, NULL,
                                   "not a number of 64 bits");
    return put_number(encoder, type, number);
}

static enum stepden_status
encode_enumerated(struct stepden_uper_encoder *encoder,
                  const struct stepden_type *type, const long *value)
{
    const struct stepden_item *item = stepden_item(type, *value);

    if (!item && type->is_extensible && *value < 0)
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, NULL,
                                   "an unknown item of %s", type->name);
    if (!item)
        return stepden_step_refuse(
            encoder->diag, STEPDEN_ERR_RANGE, NULL, "%ld is outside %ld..%ld",
            *value, type->items[0].value, type->items[type->count - 1].value);
    stepden_uper_put_index(encoder, type, (unsigned)(item - type->items));
    return STEPDEN_OK;
}

/*
 * Of named bits as few as hold the last one that is set, but not fewer than the
 * root's size has: zeros are left out or added (X.691, clause 16.3).
 */
static size_t bit_count(const struct stepden_type *type,
                        const BIT_STRING_t *value)
{
    size_t count = 8 * (size_t)value->size - (size_t)value->bits_unused;
    size_t least = (size_t)type->length.lower;

    if (!type->note || type->note->name_count == 0)
        return count;
    while (count > least &&
           !(value->buf[(count - 1) / 8] & (0x80 >> (count - 1) % 8)))
        count--;
    return count < least ? least : count;
}

/* Zero behind the end of the value. */
static uint8_t octet_of_bits(const BIT_STRING_t *value, size_t index)
{
    size_t size = (size_t)value->size;
    unsigned unused = index + 1 == size ? (unsigned)value->bits_unused : 0;

    if (index >= size)
        return 0;
    return (uint8_t)(value->buf[index] >> unused << unused);
}

static enum stepden_status encode_bits(struct stepden_uper_encoder *encoder,
                                       const struct stepden_type *type,
                                       const BIT_STRING_t *value)
{
    size_t count = bit_count(type, value);
    enum stepden_status status = stepden_uper_put_count(encoder, type, count);
    unsigned rest = count % 8;

    for (size_t i = 0; i < count / 8; i++)
        stepden_uper_put(encoder, octet_of_bits(value, i), 8);
    if (rest > 0)
        stepden_uper_put(
            encoder, (uint64_t)octet_of_bits(value, count / 8) >> (8 - rest),
            rest);
    return status;
}

static enum stepden_status encode_octets(struct stepden_uper_encoder *encoder,
                                         const struct stepden_type *type,
                                         const OCTET_STRING_t *value)
{
    enum stepden_status status =
        stepden_uper_put_count(encoder, type, (size_t)value->size);

    stepden_uper_put_octets(encoder, value->buf, (size_t)value->size);
    return status;
}

/* The code of a character, or -1. */
static int code_of(const struct stepden_type *type, uint8_t character)
{
    int last = (int)type->value.upper;

    if (!type->alphabet)
        return character >= type->value.lower && character <= last ? character
                                                                   : -1;
    for (int code = 0; code <= last; code++)
        if (type->alphabet[code] == character)
            return code;
    return -1;
}

static enum stepden_status
encode_characters(struct stepden_uper_encoder *encoder,
                  const struct stepden_type *type, const OCTET_STRING_t *value)
{
    enum stepden_status status =
        stepden_uper_put_count(encoder, type, (size_t)value->size);

    for (int i = 0; status == STEPDEN_OK && i < value->size; i++) {
        int code = code_of(type, value->buf[i]);

        if (code < 0)
            return stepden_step_refuse(encoder->diag, STEPDEN_ERR_RANGE, NULL,
                                       "character %u is not in the alphabet",
                                       value->buf[i]);
        stepden_uper_put(encoder, (unsigned)code, type->value.bits);
    }
    return status;
}

static enum stepden_status encode_utf8(struct stepden_uper_encoder *encoder,
                                       const struct stepden_type *type,
                                       const OCTET_STRING_t *value)
{
    size_t characters = 0;

    if (!stepden_utf8_count(&characters, value->buf, (size_t)value->size))
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, NULL,
                                   "is not UTF-8");
    if (!stepden_limits_hold(&type->length, (int64_t)characters))
        return stepden_step_refuse_length(encoder->diag, NULL, type,
                                          characters);
    enum stepden_status status =
        stepden_uper_put_length(encoder, (size_t)value->size);
    stepden_uper_put_octets(encoder, value->buf, (size_t)value->size);
    return status;
}

enum stepden_status
stepden_uper_encode_simple(struct stepden_uper_encoder *encoder,
                           const struct stepden_type *type, const void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_INTEGER:
        return encode_integer(encoder, type, value);
    case STEPDEN_KIND_ENUMERATED:
        return encode_enumerated(encoder, type, value);
    case STEPDEN_KIND_BITS:
        return encode_bits(encoder, type, value);
    case STEPDEN_KIND_OCTETS:
        return encode_octets(encoder, type, value);
    case STEPDEN_KIND_CHARACTERS:
        return encode_characters(encoder, type, value);
    case STEPDEN_KIND_UTF8:
        return encode_utf8(encoder, type, value);
    case STEPDEN_KIND_BOOLEAN:
        stepden_uper_put(encoder, *(const BOOLEAN_t *)value != 0, 1);
        break;
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_SEQUENCE:
    case STEPDEN_KIND_CHOICE:
    case STEPDEN_KIND_LIST:
        break;
    }
    return STEPDEN_OK; /* NULL has no bits */
}
