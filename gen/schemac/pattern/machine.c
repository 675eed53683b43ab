/* From the tree of a regular expression to the steps of an automaton. */
#include "pattern/machine.h"

#include <stdlib.h>
#include <string.h>

#include "common/keep.h"

enum { STEPS_MAX = 8192 };

static unsigned add_step(struct machine *machine, struct step step)
{
    if (machine->step_count == STEPS_MAX)
        fail_at(machine->place,
                "the pattern is longer than %d steps when its "
                "counts are written out",
                STEPS_MAX);
    machine->step =
        keep_grow(machine->step, machine->step_count, sizeof(*machine->step));
    machine->step[machine->step_count] = step;
    return (unsigned)machine->step_count++;
}

static unsigned add_fork(struct machine *machine, unsigned next, unsigned other)
{
    return add_step(machine, (struct step){STEP_FORK, 0, next, other});
}

static unsigned add_set(struct machine *machine, const struct code_set *set)
{
    for (size_t i = 0; i < machine->set_count; i++)
        if (code_set_same(&machine->set[i], set))
            return (unsigned)i;
    machine->set =
        keep_grow(machine->set, machine->set_count, sizeof(*machine->set));
    machine->set[machine->set_count] = *set;
    return (unsigned)machine->set_count++;
}

static unsigned build(struct machine *machine, const struct pattern_node *node,
                      unsigned next);

/* Even an item that reads nothing takes steps, so that counts are bounded. */
static unsigned build_repeat(struct machine *machine,
                             const struct pattern_node *node, unsigned next)
{
    const struct pattern_node *item = node->item[0];
    unsigned optional = node->maximum - node->minimum;
    unsigned to = add_fork(machine, next, next);

    if (node->maximum == PATTERN_FOREVER) {
        unsigned again = build(machine, item, to);

        machine->step[to].other = again;
        optional = 0;
    }
    for (unsigned i = 0; i < optional; i++)
        to = add_fork(machine, next, build(machine, item, to));
    for (unsigned i = 0; i < node->minimum; i++)
        to = build(machine, item, to);
    return to;
}

/* The place from which `node` leads to `next`. */
static unsigned build(struct machine *machine, const struct pattern_node *node,
                      unsigned next)
{
    unsigned to = next;

    switch (node->kind) {
    case PATTERN_SET:
        return add_step(machine,
                        (struct step){STEP_READ, add_set(machine, &node->set),
                                      .next = next});
    case PATTERN_BEGIN:
        return add_step(machine, (struct step){STEP_BEGIN, .next = next});
    case PATTERN_END:
        return add_step(machine, (struct step){STEP_END, .next = next});
    case PATTERN_SEQUENCE:
        to = add_fork(machine, next, next);
        for (size_t i = node->count; i-- > 0;)
            to = build(machine, node->item[i], to);
        return to;
    case PATTERN_CHOICE:
        to = build(machine, node->item[0], next);
        for (size_t i = 1; i < node->count; i++)
            to = add_fork(machine, to, build(machine, node->item[i], next));
        return to;
    case PATTERN_REPEAT:
        return build_repeat(machine, node, next);
    }
    return to;
}

static int compare_ranges(const void *a, const void *b)
{
    const struct stepden_json_range *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

static void add_range(struct machine *machine, uint32_t first)
{
    machine->range = keep_grow(machine->range, machine->range_count,
                               sizeof(*machine->range));
    machine->range[machine->range_count++] =
        (struct stepden_json_range){first, 0};
}

/* Cuts the code points wherever a set begins or ends. */
static void cut_ranges(struct machine *machine)
{
    size_t last = 0;

    add_range(machine, 0);
    for (size_t i = 0; i < machine->set_count; i++) {
        const struct code_set *set = &machine->set[i];

        for (size_t j = 0; j < set->count; j++) {
            add_range(machine, set->range[j].first);
            if (set->range[j].last < CODE_POINT_MAX)
                add_range(machine, set->range[j].last + 1);
        }
    }
    qsort(machine->range, machine->range_count, sizeof(*machine->range),
          compare_ranges);
    for (size_t i = 1; i < machine->range_count; i++)
        if (machine->range[i].first != machine->range[last].first)
            machine->range[++last] = machine->range[i];
    machine->range_count = last + 1;
}

static bool has_code(const struct code_set *set, uint32_t code)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (set->range[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->count && set->range[low].first <= code;
}

/* Parts the columns that are partly in the set. */
static void split_columns(struct machine *machine, const struct code_set *set)
{
    size_t count = machine->column_count;
    unsigned *part = keep_alloc(2 * count * sizeof(*part)); /* 0: not yet */

    machine->column_count = 0;
    for (size_t i = 0; i < machine->range_count; i++) {
        struct stepden_json_range *range = &machine->range[i];
        unsigned *to = &part[2 * range->column + has_code(set, range->first)];

        if (*to == 0)
            *to = (unsigned)++machine->column_count;
        range->column = *to - 1;
    }
}

static void merge_ranges(struct machine *machine)
{
    size_t last = 0;

    for (size_t i = 1; i < machine->range_count; i++)
        if (machine->range[i].column != machine->range[last].column)
            machine->range[++last] = machine->range[i];
    machine->range_count = last + 1;
}

static void number_columns(struct machine *machine)
{
    cut_ranges(machine);
    machine->column_count = 1;
    for (size_t i = 0; i < machine->set_count; i++)
        split_columns(machine, &machine->set[i]);
    merge_ranges(machine);
    machine->has = keep_alloc(machine->set_count * machine->column_count);
    for (size_t i = 0; i < machine->set_count; i++)
        for (size_t j = 0; j < machine->range_count; j++)
            machine->has[i * machine->column_count + machine->range[j].column] =
                has_code(&machine->set[i], machine->range[j].first);
}

void machine_build(struct machine *machine, const struct place *place,
                   const struct pattern_node *tree)
{
    struct code_set any = {0};
    unsigned skip, body;

    code_set_add(&any, 0, CODE_POINT_MAX);
    *machine = (struct machine){.place = place};
    machine->match = add_step(
        machine, (struct step){STEP_READ, add_set(machine, &any), .next = 0});
    skip = add_step(machine, (struct step){STEP_READ, 0, .next = 0});
    machine->start = add_step(machine, (struct step){STEP_FORK, .other = skip});
    machine->step[skip].next = machine->start;
    body = build(machine, tree, machine->match);
    machine->step[machine->start].next = body;
    number_columns(machine);
}
