#include "codec/uper_put.h"

#include "codec/field_path.h"
#include "codec/grammar.h"

#define FRAGMENT 16384

void stepden_uper_put_octets(struct stepden_uper_encoder *encoder,
                             const uint8_t *octets, size_t size)
{
    uint32_t word;

    for (; size >= sizeof word; octets += sizeof word, size -= sizeof word) {
        memcpy(&word, octets, sizeof word);
        stepden_uper_put(encoder, be32toh(word), 32);
    }
    for (; size > 0; octets++, size--)
        stepden_uper_put(encoder, *octets, 8);
}

enum stepden_status
stepden_uper_put_length(struct stepden_uper_encoder *encoder, size_t length)
{
    if (length < 128) {
        stepden_uper_put(encoder, length, 8);
    } else if (length < FRAGMENT) {
        stepden_uper_put(encoder, 0x8000 | length, 16);
    } else {
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_SPACE, NULL,
                                   "a length of %zu is too long for a DENM",
                                   length);
    }
    return STEPDEN_OK;
}

enum stepden_status stepden_uper_put_count(struct stepden_uper_encoder *encoder,
                                           const struct stepden_type *type,
                                           size_t count)
{
    const struct stepden_limits *limits = &type->length;
    int64_t number = (int64_t)count;
    bool is_within = number >= limits->lower &&
                     (!limits->has_upper || number <= limits->upper);

    if (!is_within && !limits->is_extensible)
        return stepden_step_refuse_length(encoder->diag, NULL, type, count);
    if (limits->is_extensible)
        stepden_uper_put(encoder, !is_within, 1);
    if (!is_within || !limits->has_upper || limits->upper > UINT16_MAX)
        return stepden_uper_put_length(encoder, count);
    stepden_uper_put(encoder, (uint64_t)(number - limits->lower), limits->bits);
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

void stepden_uper_put_long_number(struct stepden_uper_encoder *encoder,
                                  uint64_t bits, bool is_signed)
{
    unsigned octets = octets_of(bits, is_signed);
    unsigned width = 8 * octets;

    stepden_uper_put(encoder, octets, 8);
    stepden_bits_put_wide(&encoder->bits,
                          width == 64 ? bits : bits & ((1ULL << width) - 1),
                          width);
}

/* A normally small number (X.691, clause 11.6). */
static void put_small(struct stepden_uper_encoder *encoder, unsigned number)
{
    if (number < 64) {
        stepden_uper_put(encoder, number, 7);
        return;
    }
    stepden_uper_put(encoder, 1, 1);
    stepden_uper_put_long_number(encoder, number, false);
}

void stepden_uper_put_index(struct stepden_uper_encoder *encoder,
                            const struct stepden_type *type, unsigned index)
{
    if (type->is_extensible)
        stepden_uper_put(encoder, index >= type->root_count, 1);
    if (index >= type->root_count)
        put_small(encoder, index - type->root_count);
    else
        stepden_uper_put(encoder, index, type->index_bits);
}
