/* The nearest of several names, by Levenshtein distance. */
#include <string.h>

#include "json/scan.h"

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* How many characters have to be put in, taken out or changed. */
static unsigned distance(const char *a, size_t a_size, const char *b,
                         size_t b_size)
{
    unsigned row[STEPDEN_JSON_WORD_SIZE + 1];

    for (size_t j = 0; j <= b_size; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned diagonal = row[0];

        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_size; j++) {
            unsigned above = row[j];
            unsigned change = lower(a[i - 1]) != lower(b[j - 1]);

            row[j] = least(above + 1, row[j - 1] + 1, diagonal + change);
            diagonal = above;
        }
    }
    return row[b_size];
}

const char *stepden_json_nearest(const struct stepden_json_word *word,
                                 const char *(*name)(const void *ctx, size_t i),
                                 const void *ctx, size_t count)
{
    const char *nearest = NULL;
    unsigned best = (unsigned)-1;

    if (word->at == NULL || word->size > STEPDEN_JSON_WORD_SIZE)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = name(ctx, i);
        size_t size = strlen(candidate);
        unsigned far;

        if (size > STEPDEN_JSON_WORD_SIZE)
            continue;
        far = distance(word->at, word->size, candidate, size);
        if (far < best && far <= (size + 2) / 2) {
            best = far;
            nearest = candidate;
        }
    }
    return nearest;
}
