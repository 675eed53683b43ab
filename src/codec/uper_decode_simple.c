#include <inttypes.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include "base/utf8.h"
#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper_take.h"

/* Two's complement behind its length, or if there is a `lower`, from that. */
static enum stepden_status take_long_number(
    struct stepden_uper_decoder *decoder, const struct stepden_step *step,
    const struct stepden_type *type, bool has_lower, int64_t *number)
{
    size_t start = decoder->bits.at;
    uint64_t octets = 0;
    uint64_t bits = 0;
    enum stepden_status status =
        stepden_uper_take_length(decoder, step, &octets);

    if (status != STEPDEN_OK)
        return status;
    stepden_uper_tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    if (octets == 0 || octets > 8)
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_RANGE, step,
                                "a number of %" PRIu64 " bytes, outside 1..8",
                                octets));
    unsigned width = 8 * (unsigned)octets;
    decoder->value_at = decoder->bits.at;
    status = stepden_uper_take_bits(decoder, step, width, &bits);
    if (has_lower)
        *number = (int64_t)((uint64_t)type->value.lower + bits);
    else
        *number = (int64_t)(bits << (64 - width)) >> (64 - width);
    if (status == STEPDEN_OK && has_lower && *number < type->value.lower)
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_RANGE, step,
                                "a number of more than 64 bits"));
    return status;
}

static enum stepden_status take_number(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       int64_t *number)
{
    const struct stepden_limits *limits = &type->value;
    uint64_t is_extended = 0;
    uint64_t bits = 0;
    enum stepden_status status = stepden_uper_take_extension(
        decoder, step, type, limits->is_extensible, &is_extended);

    if (status != STEPDEN_OK)
        return status;
    if (is_extended || !limits->has_upper)
        return take_long_number(decoder, step, type,
                                limits->has_lower && !is_extended, number);
    decoder->value_at = decoder->bits.at;
    status = stepden_uper_take_bits(decoder, step, limits->bits, &bits);
    *number = (int64_t)((uint64_t)limits->lower + bits);
    if (status == STEPDEN_OK &&
        (*number < limits->lower || *number > limits->upper))
        return stepden_uper_located(
            decoder, decoder->value_at,
            stepden_step_refuse_value(decoder->diag, step, type, *number));
    return status;
}

static enum stepden_status decode_integer(struct stepden_uper_decoder *decoder,
                                          const struct stepden_step *step,
                                          const struct stepden_type *type,
                                          void *value)
{
    int64_t number = 0;
    enum stepden_status status = take_number(decoder, step, type, &number);

    if (status != STEPDEN_OK)
        return status;
    if (stepden_number_set(value, type, number, decoder->arena))
        return STEPDEN_OK;
    if (type->storage == STEPDEN_STORAGE_OCTETS)
        return stepden_uper_no_memory(decoder, step);
    return stepden_uper_located(
        decoder, decoder->value_at,
        stepden_step_refuse(decoder->diag, STEPDEN_ERR_RANGE, step,
                            "%" PRId64 " does not fit", number));
}

static enum stepden_status
decode_enumerated(struct stepden_uper_decoder *decoder,
                  const struct stepden_step *step,
                  const struct stepden_type *type, long *value)
{
    uint64_t index = 0;
    enum stepden_status status =
        stepden_uper_take_index(decoder, step, type, &index);

    if (status != STEPDEN_OK)
        return status;
    if (index < type->count) {
        *value = type->items[index].value;
    } else {
        *value = -1 - (long)(index - type->count);
        decoder->unknown++;
    }
    return STEPDEN_OK;
}

static enum stepden_status decode_boolean(struct stepden_uper_decoder *decoder,
                                          const struct stepden_step *step,
                                          BOOLEAN_t *value)
{
    uint64_t bit = 0;
    enum stepden_status status = stepden_uper_take_bits(decoder, step, 1, &bit);

    *value = (BOOLEAN_t)bit;
    return status;
}

/* `count` units of `width` bits each, which are there, into new octets. */
static enum stepden_status take_octets(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       uint64_t count, unsigned width,
                                       uint8_t **octets, int *size)
{
    enum stepden_status status =
        stepden_uper_need(decoder, step, count * width);

    if (status != STEPDEN_OK)
        return status;
    *size = (int)count;
    *octets = stepden_arena_take(decoder->arena, (size_t)count + 1);
    if (!*octets)
        return stepden_uper_no_memory(decoder, step);
    for (uint64_t i = 0; i < count; i++)
        (*octets)[i] = (uint8_t)stepden_bits_get(&decoder->bits, width);
    return STEPDEN_OK;
}

static enum stepden_status decode_bits(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       BIT_STRING_t *value)
{
    uint64_t count = 0;
    enum stepden_status status =
        stepden_uper_take_count(decoder, step, type, &count);
    unsigned rest = (unsigned)count % 8;

    if (status == STEPDEN_OK)
        status = stepden_uper_need(decoder, step, count);
    if (status == STEPDEN_OK)
        status =
            take_octets(decoder, step, count / 8, 8, &value->buf, &value->size);
    if (status != STEPDEN_OK || rest == 0)
        return status;
    value->buf[value->size++] =
        (uint8_t)(stepden_bits_get(&decoder->bits, rest) << (8 - rest));
    value->bits_unused = 8 - (int)rest;
    return STEPDEN_OK;
}

static enum stepden_status decode_octets(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         OCTET_STRING_t *value)
{
    uint64_t count = 0;
    enum stepden_status status =
        stepden_uper_take_count(decoder, step, type, &count);

    if (status == STEPDEN_OK)
        status =
            take_octets(decoder, step, count, 8, &value->buf, &value->size);
    return status;
}

static enum stepden_status
decode_characters(struct stepden_uper_decoder *decoder,
                  const struct stepden_step *step,
                  const struct stepden_type *type, OCTET_STRING_t *value)
{
    const struct stepden_limits *codes = &type->value;
    uint64_t count = 0;
    enum stepden_status status =
        stepden_uper_take_count(decoder, step, type, &count);

    if (status == STEPDEN_OK)
        status = take_octets(decoder, step, count, codes->bits, &value->buf,
                             &value->size);
    for (int i = 0; status == STEPDEN_OK && i < value->size; i++) {
        if (value->buf[i] < codes->lower || value->buf[i] > codes->upper)
            return stepden_uper_located(
                decoder, decoder->value_at + (size_t)i * codes->bits,
                stepden_step_refuse(decoder->diag, STEPDEN_ERR_RANGE, step,
                                    "character code %u is outside %" PRId64
                                    "..%" PRId64,
                                    value->buf[i], codes->lower, codes->upper));
        if (type->alphabet)
            value->buf[i] = type->alphabet[value->buf[i]];
    }
    return status;
}

static enum stepden_status decode_utf8(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       OCTET_STRING_t *value)
{
    size_t start = decoder->bits.at;
    size_t characters = 0;
    uint64_t count = 0;
    enum stepden_status status =
        stepden_uper_take_length(decoder, step, &count);

    if (status != STEPDEN_OK)
        return status;
    stepden_uper_tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    decoder->value_at = decoder->bits.at;
    status = take_octets(decoder, step, count, 8, &value->buf, &value->size);
    if (status != STEPDEN_OK)
        return status;
    if (!stepden_utf8_count(&characters, value->buf, (size_t)count))
        return stepden_uper_located(decoder, decoder->value_at,
                                    stepden_step_refuse(decoder->diag,
                                                        STEPDEN_ERR_INVALID,
                                                        step, "is not UTF-8"));
    if (!stepden_limits_hold(&type->length, (int64_t)characters))
        return stepden_uper_located(
            decoder, decoder->value_at,
            stepden_step_refuse_length(decoder->diag, step, type, characters));
    return STEPDEN_OK;
}

enum stepden_status
stepden_uper_decode_simple(struct stepden_uper_decoder *decoder,
                           const struct stepden_step *step,
                           const struct stepden_type *type, void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        return decode_boolean(decoder, step, value);
    case STEPDEN_KIND_INTEGER:
        return decode_integer(decoder, step, type, value);
    case STEPDEN_KIND_ENUMERATED:
        return decode_enumerated(decoder, step, type, value);
    case STEPDEN_KIND_BITS:
        return decode_bits(decoder, step, type, value);
    case STEPDEN_KIND_OCTETS:
        return decode_octets(decoder, step, type, value);
    case STEPDEN_KIND_CHARACTERS:
        return decode_characters(decoder, step, type, value);
    case STEPDEN_KIND_UTF8:
        return decode_utf8(decoder, step, type, value);
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_SEQUENCE:
    case STEPDEN_KIND_CHOICE:
    case STEPDEN_KIND_LIST:
        break;
    }
    return STEPDEN_OK; /* NULL has no bits */
}
