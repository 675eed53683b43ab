/*
 * The nearest of several names. Case, '_' and '-' make no difference; what is
 * left is compared by optimal string alignment: characters put in, taken out,
 * changed, or two that changed places.
 */
#include <string.h>

#include "json/scan.h"

enum { SHORT_MIN = 3, INSIDE_MIN = 4 };

struct folded {
    size_t size;
    char at[STEPDEN_JSON_WORD_SIZE];
};

/* False when it is too long. */
static bool fold(struct folded *folded, const char *at, size_t size)
{
    folded->size = 0;
    for (const char *end = at + size; at < end; at++) {
        if (*at == '_' || *at == '-')
            continue;
        if (folded->size == sizeof(folded->at))
            return false;
        folded->at[folded->size++] =
            (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    }
    return true;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(const struct folded *a, const struct folded *b)
{
    unsigned rows[3][STEPDEN_JSON_WORD_SIZE + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b->size; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a->size; i++) {
        unsigned *next = before;

        before = last;
        last = row;
        row = next;
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b->size; j++) {
            unsigned change = a->at[i - 1] != b->at[j - 1];

            row[j] =
                smaller(smaller(last[j], row[j - 1]) + 1, last[j - 1] + change);
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] &&
                a->at[i - 2] == b->at[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
    }
    return row[b->size];
}

/* Whether the one is the other with characters left out, and tells as much. */
static bool abbreviates(const struct folded *a, const struct folded *b)
{
    const struct folded *small = a->size < b->size ? a : b;
    const struct folded *large = small == a ? b : a;
    size_t found = 0;

    for (size_t i = 0; i < large->size && found < small->size; i++)
        found += large->at[i] == small->at[found];
    return found == small->size &&
           (found >= INSIDE_MIN ||
            (found >= SHORT_MIN && small->at[0] == large->at[0]));
}

static bool is_near(unsigned far, const struct folded *a,
                    const struct folded *b)
{
    return far <= ((a->size > b->size ? a->size : b->size) + 1) / 3 ||
           abbreviates(a, b);
}

bool stepden_json_alike(const struct stepden_json_word *word, const char *name)
{
    struct folded a, b;

    return word->at != NULL && fold(&a, word->at, word->size) &&
           fold(&b, name, strlen(name)) && a.size == b.size &&
           memcmp(a.at, b.at, a.size) == 0;
}

const char *stepden_json_nearest(const struct stepden_json_word *word,
                                 const char *(*name)(const void *ctx, size_t i),
                                 const void *ctx, size_t count)
{
    const char *nearest = NULL;
    unsigned best = (unsigned)-1;
    struct folded wanted, folded;

    if (word->at == NULL || !fold(&wanted, word->at, word->size))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = name(ctx, i);
        unsigned far;

        if (!fold(&folded, candidate, strlen(candidate)))
            continue;
        far = distance(&wanted, &folded);
        if (far < best && is_near(far, &wanted, &folded)) {
            best = far;
            nearest = candidate;
        }
    }
    return nearest;
}
