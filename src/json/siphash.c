#include "json/siphash.h"

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(uint64_t state[4], unsigned rounds)
{
    uint64_t a = state[0], b = state[1], c = state[2], d = state[3];

    for (; rounds != 0; rounds--) {
        a += b;
        c += d;
        b = rotate(b, 13) ^ a;
        d = rotate(d, 16) ^ c;
        a = rotate(a, 32);
        c += b;
        a += d;
        b = rotate(b, 17) ^ c;
        d = rotate(d, 21) ^ a;
        c = rotate(c, 32);
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = d;
}

static void add_word(struct stepden_siphash *hash, uint64_t word)
{
    hash->state[3] ^= word;
    mix(hash->state, 2);
    hash->state[0] ^= word;
}

struct stepden_siphash stepden_siphash_begin(struct stepden_siphash_key key)
{
    return (struct stepden_siphash){
        .state = {key.word[0] ^ 0x736f6d6570736575,
                  key.word[1] ^ 0x646f72616e646f6d,
                  key.word[0] ^ 0x6c7967656e657261,
                  key.word[1] ^ 0x7465646279746573},
    };
}

void stepden_siphash_add(struct stepden_siphash *hash, const void *bytes,
                         size_t size)
{
    const unsigned char *at = bytes;

    for (; size != 0; size--) {
        hash->word = hash->word >> 8 | (uint64_t)*at++ << 56;
        if (++hash->size % 8 == 0)
            add_word(hash, hash->word);
    }
}

uint64_t stepden_siphash_end(struct stepden_siphash *hash)
{
    unsigned left = hash->size % 8;
    uint64_t last = (uint64_t)hash->size << 56;

    if (left != 0)
        last |= hash->word >> (64 - 8 * left);
    add_word(hash, last);
    hash->state[2] ^= 0xff;
    mix(hash->state, 4);
    return hash->state[0] ^ hash->state[1] ^ hash->state[2] ^ hash->state[3];
}
