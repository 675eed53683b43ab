/* From the steps of an automaton to the table of a deterministic one. */
#include "pattern/pattern.h"

#include <string.h>

#include "common/keep.h"
#include "pattern/machine.h"

enum { STATES_MAX = 4096, WORD_BITS = 64 };

/* The steps that the automaton may be at, all at once. */
struct state {
    uint64_t *steps; /* a bit each */
    uint64_t hash;
    uint16_t *next; /* by column */
};

struct maker {
    struct machine machine;
    size_t words; /* in a set of steps */
    uint64_t *steps;
    uint64_t *visited;
    struct state *state;
    size_t state_count;
    bool at_begin;
    bool at_end;
};

static bool has_step(const uint64_t *steps, unsigned step)
{
    return (steps[step / WORD_BITS] >> step % WORD_BITS & 1) != 0;
}

static void add_step(uint64_t *steps, unsigned step)
{
    steps[step / WORD_BITS] |= UINT64_C(1) << step % WORD_BITS;
}

/* Adds the steps that are reached from this one without a character. */
static void follow(struct maker *maker, unsigned number)
{
    const struct step *step = &maker->machine.step[number];

    if (has_step(maker->visited, number))
        return;
    add_step(maker->visited, number);
    switch (step->kind) {
    case STEP_FORK:
        follow(maker, step->next);
        follow(maker, step->other);
        break;
    case STEP_BEGIN:
        if (maker->at_begin)
            follow(maker, step->next);
        break;
    case STEP_END:
        add_step(maker->steps, number);
        if (maker->at_end)
            follow(maker, step->next);
        break;
    case STEP_READ:
        add_step(maker->steps, number);
        break;
    }
}

static void begin_steps(struct maker *maker)
{
    memset(maker->steps, 0, maker->words * sizeof(*maker->steps));
    memset(maker->visited, 0, maker->words * sizeof(*maker->visited));
}

static uint64_t hash_steps(const struct maker *maker)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < maker->words; i++)
        hash = (hash ^ maker->steps[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return hash;
}

static size_t add_state(struct maker *maker)
{
    size_t size = maker->words * sizeof(*maker->steps);
    struct state state = {.hash = hash_steps(maker)};

    if (maker->state_count == STATES_MAX)
        fail_at(maker->machine.place, "the pattern needs more than %d states",
                STATES_MAX);
    state.steps = keep_alloc(size);
    memcpy(state.steps, maker->steps, size);
    state.next = keep_alloc(maker->machine.column_count * sizeof(*state.next));
    maker->state =
        keep_grow(maker->state, maker->state_count, sizeof(*maker->state));
    maker->state[maker->state_count] = state;
    return maker->state_count++;
}

/*
 * The state of the steps that were followed. Where a match has been found, it
 * does not matter what else might be. The first state is at the begin, where
 * no other is.
 */
static size_t find_state(struct maker *maker)
{
    uint64_t hash;

    if (has_step(maker->steps, maker->machine.match)) {
        begin_steps(maker);
        add_step(maker->steps, maker->machine.match);
    }
    hash = hash_steps(maker);
    for (size_t i = 1; i < maker->state_count; i++)
        if (maker->state[i].hash == hash &&
            memcmp(maker->state[i].steps, maker->steps,
                   maker->words * sizeof(*maker->steps)) == 0)
            return i;
    return add_state(maker);
}

/* The state behind `from` when a character of the column has been read. */
static size_t read_column(struct maker *maker, size_t from, size_t column)
{
    const struct machine *machine = &maker->machine;
    const uint64_t *steps = maker->state[from].steps;

    begin_steps(maker);
    for (unsigned i = 0; i < machine->step_count; i++) {
        const struct step *step = &machine->step[i];

        if (has_step(steps, i) && step->kind == STEP_READ &&
            machine->has[step->set * machine->column_count + column])
            follow(maker, step->next);
    }
    return find_state(maker);
}

static bool accepts(struct maker *maker, size_t state)
{
    const struct machine *machine = &maker->machine;

    begin_steps(maker);
    maker->at_begin = state == 0;
    maker->at_end = true;
    for (unsigned i = 0; i < machine->step_count; i++)
        if (has_step(maker->state[state].steps, i))
            follow(maker, i);
    maker->at_begin = false;
    maker->at_end = false;
    return has_step(maker->steps, machine->match);
}

static void make_states(struct maker *maker)
{
    const struct machine *machine = &maker->machine;

    maker->words = machine->step_count / WORD_BITS + 1;
    maker->steps = keep_alloc(maker->words * sizeof(*maker->steps));
    maker->visited = keep_alloc(maker->words * sizeof(*maker->visited));
    maker->at_begin = true;
    follow(maker, machine->start);
    maker->at_begin = false;
    add_state(maker);
    for (size_t i = 0; i < maker->state_count; i++)
        for (size_t j = 0; j < machine->column_count; j++) {
            uint16_t next = (uint16_t)read_column(maker, i, j);

            maker->state[i].next[j] = next;
        }
}

const struct stepden_json_pattern *
pattern_compile(const struct place *place, const char *text, size_t size)
{
    struct stepden_json_pattern *pattern = keep_alloc(sizeof(*pattern));
    struct maker maker = {0};
    size_t columns;
    uint16_t *next;
    bool *accept;

    machine_build(&maker.machine, place, pattern_parse(place, text, size));
    make_states(&maker);
    columns = maker.machine.column_count;
    next = keep_alloc(maker.state_count * columns * sizeof(*next));
    accept = keep_alloc(maker.state_count * sizeof(*accept));
    for (size_t i = 0; i < maker.state_count; i++) {
        memcpy(next + i * columns, maker.state[i].next,
               columns * sizeof(*next));
        accept[i] = accepts(&maker, i);
    }
    *pattern = (struct stepden_json_pattern){
        .text = keep_format("%.*s", (int)size, text),
        .range = maker.machine.range,
        .range_count = maker.machine.range_count,
        .next = next,
        .column_count = columns,
        .accepts = accept,
        .state_count = maker.state_count,
    };
    return pattern;
}
