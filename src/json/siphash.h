/*
 * SipHash-2-4, by J.-P. Aumasson and D. J. Bernstein: who does not know the key
 * cannot find texts that have the same hash.
 */
#ifndef STEPDEN_JSON_SIPHASH_H
#define STEPDEN_JSON_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

struct stepden_siphash_key {
    uint64_t word[2];
};

/* What has been hashed so far. */
struct stepden_siphash {
    uint64_t state[4];
    uint64_t word; /* the bytes that are not yet eight */
    size_t size;
};

struct stepden_siphash stepden_siphash_begin(struct stepden_siphash_key key);
void stepden_siphash_add(struct stepden_siphash *hash, const void *bytes,
                         size_t size);
uint64_t stepden_siphash_end(struct stepden_siphash *hash);

#endif
