/*
 * What every decoder of UPER takes from a message: bits, lengths, indexes, and
 * the words for what is wrong with them.
 */
#ifndef STEPDEN_CODEC_UPER_TAKE_H
#define STEPDEN_CODEC_UPER_TAKE_H

#include "codec/bits.h"
#include "codec/uper.h"

struct stepden_uper_decoder {
    struct stepden_bit_reader bits; /* up to the end of the addition */
    size_t size;                    /* of the message, in bits */
    struct stepden_arena *arena;
    const struct stepden_bits_sink *sink;
    struct stepden_diag *diag;
    unsigned additions; /* that the bits are inside of */
    unsigned unknown;   /* additions, items and alternatives so far */
    size_t value_at;    /* the first bit of the value that is being taken */
};

/* Adds to the diag the byte in which the bit `at` is. */
enum stepden_status stepden_uper_located(struct stepden_uper_decoder *decoder,
                                         size_t at, enum stepden_status status);

enum stepden_status stepden_uper_no_memory(struct stepden_uper_decoder *decoder,
                                           const struct stepden_step *step);

/* stepden_uper_tell with a sink. */
void stepden_uper_tell_sink(const struct stepden_uper_decoder *decoder,
                            enum stepden_bits_role role, size_t offset,
                            const struct stepden_step *step,
                            const struct stepden_type *type, const void *value);

/* Tells the sink, if there is one, of the bits from `offset` to here. */
static inline void stepden_uper_tell(const struct stepden_uper_decoder *decoder,
                                     enum stepden_bits_role role, size_t offset,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     const void *value)
{
    if (decoder->sink && decoder->bits.at > offset)
        stepden_uper_tell_sink(decoder, role, offset, step, type, value);
}

/* What is wrong when there are fewer bits than needed. */
enum stepden_status stepden_uper_too_few(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *step);

/* STEPDEN_OK if there are `count` bits more. */
static inline enum stepden_status
stepden_uper_need(struct stepden_uper_decoder *decoder,
                  const struct stepden_step *step, uint64_t count)
{
    return count <= decoder->bits.end - decoder->bits.at
               ? STEPDEN_OK
               : stepden_uper_too_few(decoder, step);
}

static inline enum stepden_status
stepden_uper_take_bits(struct stepden_uper_decoder *decoder,
                       const struct stepden_step *step, unsigned width,
                       uint64_t *bits)
{
    enum stepden_status status = stepden_uper_need(decoder, step, width);

    if (status == STEPDEN_OK)
        *bits = stepden_bits_get(&decoder->bits, width);
    return status;
}

/* A length determinant without limits (X.691, clause 11.9.3.5 to 11.9.3.8). */
enum stepden_status
stepden_uper_take_length(struct stepden_uper_decoder *decoder,
                         const struct stepden_step *step, uint64_t *length);

/* An extension bit; 0 without. */
enum stepden_status stepden_uper_take_extension(
    struct stepden_uper_decoder *decoder, const struct stepden_step *step,
    const struct stepden_type *type, bool is_extensible, uint64_t *is_extended);

/* How many elements, bits, octets or characters there are. */
enum stepden_status
stepden_uper_take_count(struct stepden_uper_decoder *decoder,
                        const struct stepden_step *step,
                        const struct stepden_type *type, uint64_t *count);

/*
 * The index of an item or alternative; `type->count` for the first unknown
 * one, and so on.
 */
enum stepden_status
stepden_uper_take_index(struct stepden_uper_decoder *decoder,
                        const struct stepden_step *step,
                        const struct stepden_type *type, uint64_t *index);

/* A value of a type without members (uper_decode_simple.c). */
enum stepden_status
stepden_uper_decode_simple(struct stepden_uper_decoder *decoder,
                           const struct stepden_step *step,
                           const struct stepden_type *type, void *value);

#endif
