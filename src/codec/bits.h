/*
 * Rows of bits, the first one the most significant of the first octet
 * (X.691, clause 11.1).
 */
#ifndef STEPDEN_CODEC_BITS_H
#define STEPDEN_CODEC_BITS_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Writes into the octets from `at` to `end`; more makes it full. */
struct stepden_bit_writer {
    uint8_t *at;
    uint8_t *end;
    uint64_t pending; /* the last `pending_count` bits, less than 32 */
    unsigned pending_count;
    bool full;
};

/* The lowest `width` bits of `bits`, the others being 0; at most 32. */
static inline void stepden_bits_put(struct stepden_bit_writer *writer,
                                    uint64_t bits, unsigned width)
{
    writer->pending = writer->pending << width | bits;
    writer->pending_count += width;
    if (writer->pending_count < 32)
        return;
    writer->pending_count -= 32;
    if (writer->end - writer->at < 4) {
        writer->full = true;
        return;
    }
    uint32_t octets =
        htobe32((uint32_t)(writer->pending >> writer->pending_count));
    memcpy(writer->at, &octets, sizeof octets);
    writer->at += sizeof octets;
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

/* Fills up the last octet with zeros, and writes what is pending. */
static inline void stepden_bits_end(struct stepden_bit_writer *writer)
{
    stepden_bits_put(writer, 0, -writer->pending_count % 8);
    while (writer->pending_count > 0 && !writer->full) {
        writer->full = writer->at == writer->end;
        writer->pending_count -= 8;
        if (!writer->full)
            *writer->at++ = (uint8_t)(writer->pending >> writer->pending_count);
    }
}

/* Reads the bits from `at` to `end`, counted from the start of `octets`. */
struct stepden_bit_reader {
    const uint8_t *octets;
    size_t at;
    size_t end;
};

/* The same as stepden_bits_get, near the end. */
static inline uint64_t
stepden_bits_get_slowly(struct stepden_bit_reader *reader, unsigned width)
{
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

/* The next `width` bits, at most 64; the caller knows that they are there. */
static inline uint64_t stepden_bits_get(struct stepden_bit_reader *reader,
                                        unsigned width)
{
    size_t first = reader->at / 8;
    size_t offset = reader->at % 8;
    uint64_t word;

    if (width == 0)
        return 0;
    if (width <= 56 && first + sizeof word <= reader->end / 8) {
        memcpy(&word, reader->octets + first, sizeof word);
        reader->at += width;
        return be64toh(word) << offset >> (64 - width);
    }
    return stepden_bits_get_slowly(reader, width);
}

#endif
