#include "support/random/coverage.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "codec/grammar.h"

enum category {
    CATEGORY_NONE,
    CATEGORY_PRESENT,
    CATEGORY_ABSENT,
    CATEGORY_ADDITION,
    CATEGORY_ALTERNATIVE,
    CATEGORY_ITEM,
    CATEGORY_NUMBER,
    CATEGORY_SIZE,
    CATEGORY_TRUTH,
    CATEGORY_UNKNOWN,
    CATEGORY_COUNT,
};

static const char *const names[] = {
    [CATEGORY_PRESENT] = "optional members present",
    [CATEGORY_ABSENT] = "optional members absent",
    [CATEGORY_ADDITION] = "additions and groups present",
    [CATEGORY_ALTERNATIVE] = "alternatives",
    [CATEGORY_ITEM] = "items",
    [CATEGORY_NUMBER] = "bounds of numbers, and beyond",
    [CATEGORY_SIZE] = "bounds of sizes, and beyond",
    [CATEGORY_TRUTH] = "truth values",
    [CATEGORY_UNKNOWN] = "unknown additions, alternatives, items",
};

enum state { STATE_UNSEEN, STATE_MARKED, STATE_SEEN };

struct point {
    enum category category;
    enum state state;
};

/* Is there anything unseen in a type or in what it is made of? */
enum lack { LACK_UNDECIDED, LACK_NONE, LACK_SOME };

struct covered {
    const struct stepden_type *type;
    struct point *points;
    size_t count;
    enum lack lack;
};

struct coverage {
    struct covered *covered;
    size_t count;
    bool with_unknown;
};

static int compare(const void *a, const void *b)
{
    const struct covered *left = a, *right = b;

    return (left->type > right->type) - (left->type < right->type);
}

static struct covered *find(const struct coverage *coverage,
                            const struct stepden_type *type)
{
    struct covered key = {.type = type};

    return bsearch(&key, coverage->covered, coverage->count, sizeof key,
                   compare);
}

static void cover_members(struct point *points, const struct stepden_type *type)
{
    for (unsigned i = 0; i < type->count; i++) {
        if (!type->members[i].is_optional)
            continue;
        points[2 * i].category =
            type->members[i].is_addition ? CATEGORY_ADDITION : CATEGORY_PRESENT;
        points[2 * i + 1].category = CATEGORY_ABSENT;
    }
}

static void cover_limits(struct point *points, enum category category,
                         const struct stepden_limits *limits)
{
    if (limits->has_lower)
        points[EXTREME_LOWER].category = category;
    if (limits->has_upper)
        points[EXTREME_UPPER].category = category;
    if (limits->is_extensible)
        points[EXTREME_BEYOND].category = category;
}

static void cover_indices(struct point *points, enum category category,
                          unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        points[i].category = category;
}

static void cover_unknown(struct point *points, const struct stepden_type *type)
{
    bool is_sequence = type->kind == STEPDEN_KIND_SEQUENCE;

    if (type->is_extensible)
        cover_indices(points + (is_sequence ? 2 : 1) * type->count,
                      CATEGORY_UNKNOWN, is_sequence ? 1 : 2);
}

static void cover(struct covered *covered, bool with_unknown)
{
    const struct stepden_type *type = covered->type;

    switch (type->kind) {
    case STEPDEN_KIND_SEQUENCE:
        cover_members(covered->points, type);
        break;
    case STEPDEN_KIND_CHOICE:
        cover_indices(covered->points, CATEGORY_ALTERNATIVE, type->count);
        break;
    case STEPDEN_KIND_ENUMERATED:
        cover_indices(covered->points, CATEGORY_ITEM, type->count);
        break;
    case STEPDEN_KIND_INTEGER:
        cover_limits(covered->points, CATEGORY_NUMBER, &type->value);
        break;
    case STEPDEN_KIND_BOOLEAN:
        cover_indices(covered->points, CATEGORY_TRUTH, 2);
        break;
    case STEPDEN_KIND_LIST:
    case STEPDEN_KIND_BITS:
    case STEPDEN_KIND_OCTETS:
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
        cover_limits(covered->points, CATEGORY_SIZE, &type->length);
        break;
    case STEPDEN_KIND_NULL:
        break;
    }
    if (with_unknown)
        cover_unknown(covered->points, type);
}

static bool has_members(const struct stepden_type *type)
{
    return type->kind == STEPDEN_KIND_SEQUENCE ||
           type->kind == STEPDEN_KIND_CHOICE || type->kind == STEPDEN_KIND_LIST;
}

int header_constant(const struct stepden_member *member)
{
    if (strcmp(member->name, "protocolVersion") == 0)
        return 2;
    return strcasecmp(member->name, "messageID") == 0;
}

static bool is_known(const struct coverage *coverage,
                     const struct stepden_type *type)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (coverage->covered[i].type == type)
            return true;
    return false;
}

static void collect(struct coverage *coverage, const struct stepden_type *type)
{
    if (is_known(coverage, type))
        return;
    size_t count = 2 * (size_t)type->count + 3;
    struct covered *grown = realloc(
        coverage->covered, (coverage->count + 1) * sizeof *coverage->covered);

    assert(grown);
    coverage->covered = grown;
    grown[coverage->count] = (struct covered){
        .type = type,
        .points = calloc(count, sizeof(struct point)),
        .count = count,
    };
    assert(grown[coverage->count].points);
    cover(&grown[coverage->count++], coverage->with_unknown);
    for (unsigned i = 0; has_members(type) && i < type->count; i++)
        if (!header_constant(&type->members[i]))
            collect(coverage, type->members[i].type);
}

struct coverage *coverage_new(const struct stepden_type *type,
                              bool with_unknown)
{
    struct coverage *coverage = malloc(sizeof *coverage);

    assert(coverage);
    *coverage = (struct coverage){.with_unknown = with_unknown};
    collect(coverage, type);
    qsort(coverage->covered, coverage->count, sizeof *coverage->covered,
          compare);
    return coverage;
}

void coverage_free(struct coverage *coverage)
{
    for (size_t i = 0; i < coverage->count; i++)
        free(coverage->covered[i].points);
    free(coverage->covered);
    free(coverage);
}

void coverage_mark(struct coverage *coverage, const struct stepden_type *type,
                   size_t point)
{
    struct point *at = &find(coverage, type)->points[point];

    if (at->state == STATE_UNSEEN)
        at->state = STATE_MARKED;
}

bool coverage_lacks(const struct coverage *coverage,
                    const struct stepden_type *type, size_t point)
{
    const struct point *at = &find(coverage, type)->points[point];

    return at->category && at->state == STATE_UNSEEN;
}

static enum lack decide(const struct coverage *coverage,
                        const struct covered *covered)
{
    const struct stepden_type *type = covered->type;

    for (size_t i = 0; i < covered->count; i++)
        if (covered->points[i].category &&
            covered->points[i].state != STATE_SEEN)
            return LACK_SOME;
    for (unsigned i = 0; has_members(type) && i < type->count; i++)
        if (!header_constant(&type->members[i]) &&
            coverage_lacks_within(coverage, type->members[i].type))
            return LACK_SOME;
    return LACK_NONE;
}

bool coverage_lacks_within(const struct coverage *coverage,
                           const struct stepden_type *type)
{
    struct covered *covered = find(coverage, type);

    if (covered->lack == LACK_UNDECIDED)
        covered->lack = decide(coverage, covered);
    return covered->lack == LACK_SOME;
}

void coverage_settle(struct coverage *coverage, bool is_kept)
{
    for (size_t i = 0; i < coverage->count; i++) {
        struct covered *covered = &coverage->covered[i];

        covered->lack = LACK_UNDECIDED;
        for (size_t j = 0; j < covered->count; j++)
            if (covered->points[j].state == STATE_MARKED)
                covered->points[j].state = is_kept ? STATE_SEEN : STATE_UNSEEN;
    }
}

static void tell_unseen(const struct covered *covered, size_t point)
{
    fprintf(stderr, "never seen: %s %zu, %s\n", covered->type->name, point,
            names[covered->points[point].category]);
}

size_t coverage_report(const struct coverage *coverage)
{
    size_t seen[CATEGORY_COUNT] = {0}, all[CATEGORY_COUNT] = {0}, unseen = 0;

    for (size_t i = 0; i < coverage->count; i++)
        for (size_t j = 0; j < coverage->covered[i].count; j++) {
            const struct point *at = &coverage->covered[i].points[j];

            all[at->category]++;
            if (at->state == STATE_SEEN)
                seen[at->category]++;
            else if (at->category) {
                tell_unseen(&coverage->covered[i], j);
                unseen++;
            }
        }
    for (size_t i = CATEGORY_NONE + 1; i < CATEGORY_COUNT; i++)
        if (all[i])
            fprintf(stderr, "%-40s%5zu of %zu\n", names[i], seen[i], all[i]);
    return unseen;
}
