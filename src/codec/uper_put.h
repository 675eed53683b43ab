/*
 * What every encoder of UPER puts into a message: bits, lengths, indexes. Who
 * refuses does not say where: the callers put the way to it before, each his
 * part (stepden_step_prepend).
 */
#ifndef STEPDEN_CODEC_UPER_PUT_H
#define STEPDEN_CODEC_UPER_PUT_H

#include "codec/bits.h"
#include "codec/uper.h"

struct stepden_uper_encoder {
    struct stepden_bit_writer bits;
    struct stepden_diag *diag;
};

/* The lowest `width` bits of `bits`, the others being 0; at most 32. */
static inline void stepden_uper_put(struct stepden_uper_encoder *encoder,
                                    uint64_t bits, unsigned width)
{
    stepden_bits_put(&encoder->bits, bits, width);
}

void stepden_uper_put_octets(struct stepden_uper_encoder *encoder,
                             const uint8_t *octets, size_t size);

/* A length determinant without limits (X.691, clause 11.9.3.5 to 11.9.3.8). */
enum stepden_status
stepden_uper_put_length(struct stepden_uper_encoder *encoder, size_t length);

/* How many elements, bits, octets or characters there are. */
enum stepden_status stepden_uper_put_count(struct stepden_uper_encoder *encoder,
                                           const struct stepden_type *type,
                                           size_t count);

/* A number behind its length, as two's complement if it `is_signed`. */
void stepden_uper_put_long_number(struct stepden_uper_encoder *encoder,
                                  uint64_t bits, bool is_signed);

/* The index of an item or alternative. */
void stepden_uper_put_index(struct stepden_uper_encoder *encoder,
                            const struct stepden_type *type, unsigned index);

/* A value of a type without members (uper_encode_simple.c). */
enum stepden_status
stepden_uper_encode_simple(struct stepden_uper_encoder *encoder,
                           const struct stepden_type *type, const void *value);

#endif
