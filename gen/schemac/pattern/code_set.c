/* Sets of code points. */
#include <string.h>

#include "common/keep.h"
#include "pattern/tree.h"

/* Zero ends each; U+0000 is in none of them. */
static const struct code_range digits[] = {{'0', '9'}, {0, 0}};
static const struct code_range word[] = {
    {'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0, 0}};
static const struct code_range line_ends[] = {
    {'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}, {0, 0}};
/* WhiteSpace and LineTerminator of ECMA-262. */
static const struct code_range space[] = {{'\t', '\r'},
                                          {' ', ' '},
                                          {0xa0, 0xa0},
                                          {0x1680, 0x1680},
                                          {0x2000, 0x200a},
                                          {0x2028, 0x2029},
                                          {0x202f, 0x202f},
                                          {0x205f, 0x205f},
                                          {0x3000, 0x3000},
                                          {0xfeff, 0xfeff},
                                          {0, 0}};

static void merge(struct code_set *set)
{
    size_t last = 0;

    for (size_t i = 1; i < set->count; i++) {
        if (set->range[i].first > set->range[last].last + 1)
            set->range[++last] = set->range[i];
        else if (set->range[i].last > set->range[last].last)
            set->range[last].last = set->range[i].last;
    }
    set->count = last + 1;
}

void code_set_add(struct code_set *set, uint32_t first, uint32_t last)
{
    size_t i = set->count;

    set->range = keep_grow(set->range, set->count, sizeof(*set->range));
    for (; i > 0 && set->range[i - 1].first > first; i--)
        set->range[i] = set->range[i - 1];
    set->range[i] = (struct code_range){first, last};
    set->count++;
    merge(set);
}

void code_set_add_others(struct code_set *set, const struct code_set *other)
{
    uint32_t first = 0;

    for (size_t i = 0; i < other->count; i++) {
        if (other->range[i].first > first)
            code_set_add(set, first, other->range[i].first - 1);
        first = other->range[i].last + 1;
    }
    if (first <= CODE_POINT_MAX)
        code_set_add(set, first, CODE_POINT_MAX);
}

static void add_table(struct code_set *set, const struct code_range *table,
                      bool others)
{
    struct code_set all = {0};

    for (; table->last != 0; table++)
        code_set_add(others ? &all : set, table->first, table->last);
    if (others)
        code_set_add_others(set, &all);
}

bool code_set_add_class(struct code_set *set, char letter)
{
    static const struct {
        char letter;
        const struct code_range *table;
        bool others;
    } classes[] = {
        {'d', digits, false}, {'D', digits, true}, {'s', space, false},
        {'S', space, true},   {'w', word, false},  {'W', word, true},
    };

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (classes[i].letter != letter)
            continue;
        add_table(set, classes[i].table, classes[i].others);
        return true;
    }
    return false;
}

void code_set_add_dot(struct code_set *set)
{
    add_table(set, line_ends, true);
}

bool code_set_same(const struct code_set *a, const struct code_set *b)
{
    return a->count == b->count &&
           (a->count == 0 ||
            memcmp(a->range, b->range, a->count * sizeof(*a->range)) == 0);
}
