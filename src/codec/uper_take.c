#include "codec/uper_take.h"

#include <inttypes.h>

#include "codec/field_path.h"
#include "codec/grammar.h"

enum stepden_status stepden_uper_located(struct stepden_uper_decoder *decoder,
                                         size_t at, enum stepden_status status)
{
    if (decoder->diag)
        decoder->diag->offset = at / 8;
    return status;
}

enum stepden_status stepden_uper_no_memory(struct stepden_uper_decoder *decoder,
                                           const struct stepden_step *step)
{
    return stepden_step_refuse(decoder->diag, STEPDEN_ERR_MEMORY, step,
                               "no memory left");
}

void stepden_uper_tell_sink(const struct stepden_uper_decoder *decoder,
                            enum stepden_bits_role role, size_t offset,
                            const struct stepden_step *step,
                            const struct stepden_type *type, const void *value)
{
    struct stepden_bit_reader bits = decoder->bits;
    struct stepden_bits told = {
        .role = role,
        .offset = offset,
        .width = bits.at - offset,
        .step = step,
        .type = type,
        .value = value,
    };

    bits.at = offset;
    if (told.width <= 64)
        told.number = stepden_bits_get(&bits, (unsigned)told.width);
    decoder->sink->take(decoder->sink->ctx, &told);
}

enum stepden_status stepden_uper_too_few(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *step)
{
    if (decoder->additions > 0)
        return stepden_uper_located(
            decoder, decoder->bits.at,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_INVALID, step,
                                "the addition is too short for it"));
    return stepden_uper_located(
        decoder, decoder->bits.at,
        stepden_step_refuse(decoder->diag, STEPDEN_ERR_TRUNCATED, step,
                            "ends after %zu bytes, early", decoder->size / 8));
}

enum stepden_status
stepden_uper_take_length(struct stepden_uper_decoder *decoder,
                         const struct stepden_step *step, uint64_t *length)
{
    size_t start = decoder->bits.at;
    enum stepden_status status =
        stepden_uper_take_bits(decoder, step, 8, length);

    if (status != STEPDEN_OK || *length < 0x80)
        return status;
    if (*length >= 0xc0)
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_INVALID, step,
                                "fragments of 16384 are too long for a DENM"));
    uint64_t low = 0;
    status = stepden_uper_take_bits(decoder, step, 8, &low);
    *length = (*length & 0x3f) << 8 | low;
    return status;
}

enum stepden_status stepden_uper_take_extension(
    struct stepden_uper_decoder *decoder, const struct stepden_step *step,
    const struct stepden_type *type, bool is_extensible, uint64_t *is_extended)
{
    size_t start = decoder->bits.at;

    *is_extended = 0;
    if (!is_extensible)
        return STEPDEN_OK;
    enum stepden_status status =
        stepden_uper_take_bits(decoder, step, 1, is_extended);
    if (status == STEPDEN_OK)
        stepden_uper_tell(decoder, STEPDEN_BITS_EXTENSION, start, step, type,
                          NULL);
    return status;
}

/* A normally small number (X.691, clause 11.6). */
static enum stepden_status take_small(struct stepden_uper_decoder *decoder,
                                      const struct stepden_step *step,
                                      uint64_t *number)
{
    uint64_t is_large = 0;
    uint64_t octets = 0;
    enum stepden_status status =
        stepden_uper_take_bits(decoder, step, 1, &is_large);

    if (status != STEPDEN_OK || !is_large)
        return status == STEPDEN_OK
                   ? stepden_uper_take_bits(decoder, step, 6, number)
                   : status;
    status = stepden_uper_take_length(decoder, step, &octets);
    if (status == STEPDEN_OK && (octets == 0 || octets > 4))
        return stepden_uper_located(
            decoder, decoder->bits.at,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_INVALID, step,
                                "an index of %" PRIu64 " bytes", octets));
    if (status == STEPDEN_OK)
        status =
            stepden_uper_take_bits(decoder, step, 8 * (unsigned)octets, number);
    return status;
}

enum stepden_status
stepden_uper_take_count(struct stepden_uper_decoder *decoder,
                        const struct stepden_step *step,
                        const struct stepden_type *type, uint64_t *count)
{
    const struct stepden_limits *limits = &type->length;
    uint64_t is_extended = 0;
    enum stepden_status status = stepden_uper_take_extension(
        decoder, step, type, limits->is_extensible, &is_extended);
    size_t start = decoder->bits.at;

    if (status != STEPDEN_OK)
        return status;
    if (is_extended || !limits->has_upper || limits->upper > UINT16_MAX) {
        status = stepden_uper_take_length(decoder, step, count);
    } else {
        status = stepden_uper_take_bits(decoder, step, limits->bits, count);
        *count += (uint64_t)limits->lower;
    }
    if (status == STEPDEN_OK && !is_extended &&
        ((int64_t)*count < limits->lower ||
         (limits->has_upper && (int64_t)*count > limits->upper)))
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse_length(decoder->diag, step, type, *count));
    if (status == STEPDEN_OK)
        stepden_uper_tell(decoder, STEPDEN_BITS_LENGTH, start, step, type,
                          NULL);
    decoder->value_at = decoder->bits.at;
    return status;
}

enum stepden_status
stepden_uper_take_index(struct stepden_uper_decoder *decoder,
                        const struct stepden_step *step,
                        const struct stepden_type *type, uint64_t *index)
{
    uint64_t is_extended = 0;
    enum stepden_status status = stepden_uper_take_extension(
        decoder, step, type, type->is_extensible, &is_extended);

    decoder->value_at = decoder->bits.at;
    if (status == STEPDEN_OK && is_extended) {
        status = take_small(decoder, step, index);
        *index += type->root_count;
    } else if (status == STEPDEN_OK) {
        status = stepden_uper_take_bits(decoder, step, type->index_bits, index);
        if (status == STEPDEN_OK && *index >= type->root_count)
            return stepden_uper_located(
                decoder, decoder->value_at,
                stepden_step_refuse(
                    decoder->diag, STEPDEN_ERR_INVALID, step,
                    "%s %" PRIu64 " of %s, outside 0..%u",
                    type->kind == STEPDEN_KIND_CHOICE ? "alternative" : "item",
                    *index, type->name, type->root_count - 1));
    }
    return status;
}
