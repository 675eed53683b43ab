#include <inttypes.h>
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include <stepden/denm.h>

#include "codec/bits.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "codec/utf8.h"

#define FRAGMENT 16384

struct encoder {
    struct stepden_bit_writer bits;
    struct stepden_diag *diag;
};

static enum stepden_status encode(struct encoder *encoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type,
                                  const void *value);

static inline void put(struct encoder *encoder, uint64_t bits, unsigned width)
{
    stepden_bits_put(&encoder->bits, bits, width);
}

/* A length determinant without limits (X.691, clause 11.9.3.5 to 11.9.3.8). */
static enum stepden_status put_length(struct encoder *encoder,
                                      const struct stepden_step *step,
                                      size_t length)
{
    if (length < 128) {
        put(encoder, length, 8);
    } else if (length < FRAGMENT) {
        put(encoder, 0x8000 | length, 16);
    } else {
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_SPACE, step,
                                   "a length of %zu is too long for a DENM",
                                   length);
    }
    return STEPDEN_OK;
}

/* How many elements, bits, octets, characters there are. */
static enum stepden_status put_count(struct encoder *encoder,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     size_t count)
{
    const struct stepden_limits *limits = &type->length;
    int64_t number = (int64_t)count;
    bool is_within = number >= limits->lower &&
                     (!limits->has_upper || number <= limits->upper);

    if (!is_within && !limits->is_extensible)
        return stepden_step_refuse_length(encoder->diag, step, type, count);
    if (limits->is_extensible)
        put(encoder, !is_within, 1);
    if (!is_within || !limits->has_upper || limits->upper > UINT16_MAX)
        return put_length(encoder, step, count);
    put(encoder, (uint64_t)(number - limits->lower), limits->bits);
    return STEPDEN_OK;
}

/* The octets that `bits` needs, as two's complement if it is `is_signed`. */
static unsigned octets_of(uint64_t bits, bool is_signed)
{
    unsigned octets = 1;

    if (is_signed) {
        int64_t number = (int64_t)bits;

        while (octets < 8 && number >> (8 * octets - 1) != 0 &&
               number >> (8 * octets - 1) != -1)
            octets++;
        return octets;
    }
    while (octets < 8 && bits >> (8 * octets) != 0)
        octets++;
    return octets;
}

static void put_long_number(struct encoder *encoder, uint64_t bits,
                            bool is_signed)
{
    unsigned octets = octets_of(bits, is_signed);
    unsigned width = 8 * octets;

    put(encoder, octets, 8);
    stepden_bits_put_wide(&encoder->bits,
                          width == 64 ? bits : bits & ((1ULL << width) - 1),
                          width);
}

static enum stepden_status put_number(struct encoder *encoder,
                                      const struct stepden_step *step,
                                      const struct stepden_type *type,
                                      int64_t number)
{
    const struct stepden_limits *limits = &type->value;
    bool is_within = (!limits->has_lower || number >= limits->lower) &&
                     (!limits->has_upper || number <= limits->upper);

    if (!is_within && !limits->is_extensible)
        return stepden_step_refuse_value(encoder->diag, step, type, number);
    if (limits->is_extensible)
        put(encoder, !is_within, 1);

    uint64_t above = (uint64_t)number - (uint64_t)limits->lower;
    if (!is_within || !limits->has_lower)
        put_long_number(encoder, (uint64_t)number, true);
    else if (!limits->has_upper)
        put_long_number(encoder, above, false);
    else
        stepden_bits_put_wide(&encoder->bits, above, limits->bits);
    return STEPDEN_OK;
}

static enum stepden_status encode_integer(struct encoder *encoder,
                                          const struct stepden_step *step,
                                          const struct stepden_type *type,
                                          const void *value)
{
    int64_t number = 0;

    if (!stepden_number_get(&number, type, value))
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_RANGE, step,
                                   "not a number of 64 bits");
    return put_number(encoder, step, type, number);
}

/* A normally small number (X.691, clause 11.6). */
static void put_small(struct encoder *encoder, unsigned number)
{
    if (number < 64) {
        put(encoder, number, 7);
        return;
    }
    put(encoder, 1, 1);
    put_long_number(encoder, number, false);
}

/* The index of an item or alternative. */
static void put_index(struct encoder *encoder, const struct stepden_type *type,
                      unsigned index)
{
    if (type->is_extensible)
        put(encoder, index >= type->root_count, 1);
    if (index >= type->root_count)
        put_small(encoder, index - type->root_count);
    else
        put(encoder, index, type->index_bits);
}

static enum stepden_status encode_enumerated(struct encoder *encoder,
                                             const struct stepden_step *step,
                                             const struct stepden_type *type,
                                             const long *value)
{
    const struct stepden_item *item = stepden_item(type, *value);

    if (!item)
        return stepden_step_refuse(
            encoder->diag, STEPDEN_ERR_RANGE, step, "%ld is outside %ld..%ld",
            *value, type->items[0].value, type->items[type->count - 1].value);
    put_index(encoder, type, (unsigned)(item - type->items));
    return STEPDEN_OK;
}

/* An open type (X.691, clause 11.2). */
static enum stepden_status encode_open(struct encoder *encoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       const void *value)
{
    uint8_t octets[STEPDEN_DENM_UPER_MAX];
    struct encoder inner = {
        .bits = {.at = octets, .end = octets + sizeof octets},
        .diag = encoder->diag,
    };
    enum stepden_status status = encode(&inner, step, type, value);

    if (status != STEPDEN_OK)
        return status;
    stepden_bits_pad(&inner.bits);
    if (inner.bits.at == octets)
        put(&inner, 0, 8); /* a value without bits */
    encoder->bits.full |= inner.bits.full;

    size_t size = (size_t)(inner.bits.at - octets);
    status = put_length(encoder, step, size);
    for (size_t i = 0; i < size; i++)
        put(encoder, octets[i], 8);
    return status;
}

static enum stepden_status encode_choice(struct encoder *encoder,
                                         const struct stepden_step *before,
                                         const struct stepden_type *type,
                                         const void *value)
{
    const struct stepden_member *member = stepden_alternative(type, value);
    const void *chosen = member ? stepden_member_value(member, value) : NULL;
    struct stepden_step step = {.before = before, .member = member};

    if (!chosen)
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, before,
                                   "no alternative of %s", type->name);
    put_index(encoder, type, (unsigned)(member - type->members));
    return member->is_addition
               ? encode_open(encoder, &step, member->type, chosen)
               : encode(encoder, &step, member->type, chosen);
}

static enum stepden_status encode_list(struct encoder *encoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       const void *list)
{
    int count = stepden_list_count(list);
    enum stepden_status status =
        put_count(encoder, before, type, (size_t)count);

    for (int i = 0; status == STEPDEN_OK && i < count; i++) {
        struct stepden_step step = {.before = before, .index = i};

        status = encode(encoder, &step, type->members[0].type,
                        stepden_list_element(list, i));
    }
    return status;
}

static bool is_empty_group(const struct stepden_type *type, const void *value)
{
    for (unsigned i = 0; i < type->count; i++)
        if (stepden_member_value(&type->members[i], value))
            return false;
    return true;
}

/* The value of a member if it is to be encoded, else NULL. */
static const void *to_encode(const struct stepden_member *member,
                             const void *owner)
{
    const void *value = stepden_member_value(member, owner);

    if (value &&
        ((member->is_group && is_empty_group(member->type, value)) ||
         (member->default_value && stepden_member_is_default(member, value))))
        return NULL;
    return value;
}

static enum stepden_status encode_root(struct encoder *encoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       const void *value)
{
    enum stepden_status status = STEPDEN_OK;

    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_optional && !type->members[i].is_addition)
            put(encoder, to_encode(&type->members[i], value) != NULL, 1);
    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        struct stepden_step step = {.before = before, .member = member};
        const void *field =
            member->is_addition ? NULL : to_encode(member, value);

        if (field)
            status = encode(encoder, &step, member->type, field);
        else if (!member->is_optional && !member->is_addition)
            status = stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID,
                                         &step, "missing");
    }
    return status;
}

static bool has_addition(const struct stepden_type *type, const void *value)
{
    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_addition && to_encode(&type->members[i], value))
            return true;
    return false;
}

/* The number of additions (X.691, clause 19.8). */
static enum stepden_status put_addition_count(struct encoder *encoder,
                                              const struct stepden_step *step,
                                              unsigned count)
{
    if (count <= 64) {
        put(encoder, count - 1, 7);
        return STEPDEN_OK;
    }
    put(encoder, 1, 1);
    return put_length(encoder, step, count);
}

static enum stepden_status encode_additions(struct encoder *encoder,
                                            const struct stepden_step *before,
                                            const struct stepden_type *type,
                                            const void *value)
{
    enum stepden_status status =
        put_addition_count(encoder, before, type->addition_count);

    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_addition)
            put(encoder, to_encode(&type->members[i], value) != NULL, 1);
    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        struct stepden_step step = {.before = before, .member = member};
        const void *field =
            member->is_addition ? to_encode(member, value) : NULL;

        if (field)
            status = encode_open(encoder, &step, member->type, field);
    }
    return status;
}

static enum stepden_status encode_sequence(struct encoder *encoder,
                                           const struct stepden_step *step,
                                           const struct stepden_type *type,
                                           const void *value)
{
    bool is_extended = type->is_extensible && has_addition(type, value);

    if (type->is_extensible)
        put(encoder, is_extended, 1);
    enum stepden_status status = encode_root(encoder, step, type, value);
    if (status == STEPDEN_OK && is_extended)
        status = encode_additions(encoder, step, type, value);
    return status;
}

/* Without the trailing zeros of a list of named bits (X.691, clause 16.2). */
static size_t bit_count(const struct stepden_type *type,
                        const BIT_STRING_t *value)
{
    size_t count = 8 * (size_t)value->size - (size_t)value->bits_unused;
    bool has_names = type->note && type->note->name_count > 0;

    while (has_names && (int64_t)count > type->length.lower &&
           !(value->buf[(count - 1) / 8] & (0x80 >> (count - 1) % 8)))
        count--;
    return count;
}

static enum stepden_status encode_bits(struct encoder *encoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       const BIT_STRING_t *value)
{
    size_t count = bit_count(type, value);
    enum stepden_status status = put_count(encoder, step, type, count);
    unsigned rest = count % 8;

    for (size_t i = 0; i < count / 8; i++)
        put(encoder, value->buf[i], 8);
    if (rest > 0)
        put(encoder, (uint64_t)value->buf[count / 8] >> (8 - rest), rest);
    return status;
}

static enum stepden_status encode_octets(struct encoder *encoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         const OCTET_STRING_t *value)
{
    enum stepden_status status =
        put_count(encoder, step, type, (size_t)value->size);

    for (int i = 0; i < value->size; i++)
        put(encoder, value->buf[i], 8);
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

static enum stepden_status encode_characters(struct encoder *encoder,
                                             const struct stepden_step *step,
                                             const struct stepden_type *type,
                                             const OCTET_STRING_t *value)
{
    enum stepden_status status =
        put_count(encoder, step, type, (size_t)value->size);

    for (int i = 0; status == STEPDEN_OK && i < value->size; i++) {
        int code = code_of(type, value->buf[i]);

        if (code < 0)
            return stepden_step_refuse(encoder->diag, STEPDEN_ERR_RANGE, step,
                                       "character %u is not in the alphabet",
                                       value->buf[i]);
        put(encoder, (unsigned)code, type->value.bits);
    }
    return status;
}

static enum stepden_status encode_utf8(struct encoder *encoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       const OCTET_STRING_t *value)
{
    size_t characters = 0;

    if (!stepden_utf8_count(&characters, value->buf, (size_t)value->size))
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, step,
                                   "is not UTF-8");
    if (!stepden_limits_hold(&type->length, (int64_t)characters))
        return stepden_step_refuse_length(encoder->diag, step, type,
                                          characters);
    enum stepden_status status = put_length(encoder, step, (size_t)value->size);
    for (int i = 0; i < value->size; i++)
        put(encoder, value->buf[i], 8);
    return status;
}

static enum stepden_status encode(struct encoder *encoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type,
                                  const void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_INTEGER:
        return encode_integer(encoder, step, type, value);
    case STEPDEN_KIND_SEQUENCE:
        return encode_sequence(encoder, step, type, value);
    case STEPDEN_KIND_CHOICE:
        return encode_choice(encoder, step, type, value);
    case STEPDEN_KIND_LIST:
        return encode_list(encoder, step, type, value);
    case STEPDEN_KIND_ENUMERATED:
        return encode_enumerated(encoder, step, type, value);
    case STEPDEN_KIND_BITS:
        return encode_bits(encoder, step, type, value);
    case STEPDEN_KIND_OCTETS:
        return encode_octets(encoder, step, type, value);
    case STEPDEN_KIND_CHARACTERS:
        return encode_characters(encoder, step, type, value);
    case STEPDEN_KIND_UTF8:
        return encode_utf8(encoder, step, type, value);
    case STEPDEN_KIND_BOOLEAN:
        put(encoder, *(const BOOLEAN_t *)value != 0, 1);
        break;
    case STEPDEN_KIND_NULL:
        break;
    }
    return STEPDEN_OK;
}

enum stepden_status stepden_uper_encode(uint8_t *bytes, size_t size,
                                        size_t *length,
                                        const struct stepden_type *type,
                                        const void *value,
                                        struct stepden_diag *diag)
{
    struct encoder encoder = {
        .bits = {.at = bytes, .end = bytes + size},
        .diag = diag,
    };
    enum stepden_status status =
        type ? encode(&encoder, NULL, type, value)
             : stepden_step_refuse(diag, STEPDEN_ERR_MEMORY, NULL,
                                   "no memory left");

    if (status != STEPDEN_OK)
        return status;
    stepden_bits_pad(&encoder.bits);
    if (encoder.bits.at == bytes)
        put(&encoder, 0, 8);
    if (encoder.bits.full)
        return stepden_step_refuse(diag, STEPDEN_ERR_SPACE, NULL,
                                   "longer than %zu bytes", size);
    *length = (size_t)(encoder.bits.at - bytes);
    return STEPDEN_OK;
}
