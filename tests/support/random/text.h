/* Random numbers, and JSON text written piece by piece. */
#ifndef TESTS_SUPPORT_RANDOM_TEXT_H
#define TESTS_SUPPORT_RANDOM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The same numbers for the same seed, everywhere (SplitMix64). */
uint64_t random_next(uint64_t *state);
/* 0..count-1 */
uint64_t random_below(uint64_t *state, uint64_t count);
bool random_chance(uint64_t *state, unsigned percent);

#define TEXT_SIZE (1 << 20)

struct text {
    size_t size;
    char bytes[TEXT_SIZE]; /* NUL-terminated */
};

void text_put(struct text *text, const char *word);
/* A comma, unless it is the first of its object or list. */
void text_next(struct text *text);
/* "name": */
void text_name(struct text *text, const char *name);
void text_number(struct text *text, int64_t number);
void text_hexadecimal(struct text *text, const uint8_t *octets, size_t size);
/* One character of a string, escaped if JSON demands it, or `always`. */
void text_character(struct text *text, uint32_t character, bool always);

#endif
