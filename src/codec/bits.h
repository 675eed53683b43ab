/*
 * Rows of bits, the first one the most significant of the first octet
 * (X.691, clause 11.1).
 */
#ifndef STEPDEN_CODEC_BITS_H
#define STEPDEN_CODEC_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes into the octets from `at` to `end`; more makes it full. */
struct stepden_bit_writer {
    uint8_t *at;
    uint8_t *end;
    uint64_t pending; /* the last `pending_count` bits, less than an octet */
    unsigned pending_count;
    bool full;
};

/* The lowest `width` bits of `bits`, at most 56. */
static inline void stepden_bits_put(struct stepden_bit_writer *writer,
                                    uint64_t bits, unsigned width)
{
    writer->pending = writer->pending << width | bits;
    writer->pending_count += width;
    while (writer->pending_count >= 8) {
        writer->pending_count -= 8;
        if (writer->at == writer->end) {
            writer->full = true;
            writer->pending_count = 0;
            break;
        }
        *writer->at++ = (uint8_t)(writer->pending >> writer->pending_count);
    }
    writer->pending &= (1u << writer->pending_count) - 1;
}

/* At most 64 bits. */
static inline void stepden_bits_put_wide(struct stepden_bit_writer *writer,
                                         uint64_t bits, unsigned width)
{
    if (width > 32) {
        stepden_bits_put(writer, bits >> 32, width - 32);
        bits &= UINT32_MAX;
        width = 32;
    }
    stepden_bits_put(writer, bits, width);
}

/* Fills up the last octet with zeros. */
static inline void stepden_bits_pad(struct stepden_bit_writer *writer)
{
    if (writer->pending_count > 0)
        stepden_bits_put(writer, 0, 8 - writer->pending_count);
}

/* Reads the bits from `at` to `end`, counted from the start of `octets`. */
struct stepden_bit_reader {
    const uint8_t *octets;
    size_t at;
    size_t end;
};

/* The next `width` bits, at most 64; the caller knows that they are there. */
static inline uint64_t stepden_bits_get(struct stepden_bit_reader *reader,
                                        unsigned width)
{
    if (width == 0)
        return 0;
    const uint8_t *octet = reader->octets + reader->at / 8;
    unsigned have = 8 - reader->at % 8;
    uint64_t bits = *octet & (0xffu >> reader->at % 8);

    reader->at += width;
    if (width <= have)
        return bits >> (have - width);
    for (width -= have; width >= 8; width -= 8)
        bits = bits << 8 | *++octet;
    return width == 0 ? bits : bits << width | octet[1] >> (8 - width);
}

#endif
