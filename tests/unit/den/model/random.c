#include "random.h"

#include <stdbool.h>

static uint64_t state;

/* SplitMix64. */
static uint64_t next(void)
{
    uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t between(int64_t low, int64_t high)
{
    return low + (int64_t)(next() % (uint64_t)(high - low + 1));
}

static bool chance(uint32_t percent)
{
    return next() % 100 < percent;
}

/* One of the values, those that are named twice twice as often. */
#define ONE_OF(...)                                                            \
    one_of((const int64_t[]){__VA_ARGS__},                                     \
           sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static int64_t one_of(const int64_t *values, uint64_t count)
{
    return values[next() % count];
}

/* What a script is like as a whole. */
struct temper {
    bool is_punctual; /* no run is late */
    bool has_clock;   /* the wall clock is set now and then */
    bool is_full;     /* hardly an action id is free */
    bool is_calm;     /* the station types and headings stay */
};

static struct script_step random_config(const struct temper *temper)
{
    struct script_step step = script_step(SCRIPT_CONFIG);
    int64_t *value = step.value;

    value[CONFIG_IDS] = temper->is_full ? 1 : ONE_OF(1, 1, 2);
    value[CONFIG_AFTER] = ONE_OF(0, 1, 5, 10);
    value[CONFIG_DELAY] = ONE_OF(1, 50, 300, 1000, 1000, 3000, 10000);
    value[CONFIG_TICK] = ONE_OF(1000, 1000, 5000, 60000);
    value[CONFIG_SPACING] = ONE_OF(0, 0, 0, 100, 500, 2000, 10000);
    if (chance(50)) {
        value[CONFIG_INTERVAL] = ONE_OF(0, 40, 100, 100, 333, 1000, 5000);
        value[CONFIG_DURATION] = ONE_OF(0, 200, 1000, 1000, 5000, 60000);
        if (chance(10))
            value[CONFIG_INTERVAL] = 1 + value[CONFIG_DURATION] / 50;
    }
    value[CONFIG_EXPIRE] = chance(25);
    value[CONFIG_HOLD_OFF] = ONE_OF(0, 0, 300, 2000, 30000);
    value[CONFIG_CONFIRMATIONS] = ONE_OF(1, 2, 2, 3, 3);
    value[CONFIG_RECORDS] =
        temper->is_full ? 65536 : ONE_OF(1, 2, 3, 5, 100, 100, 100);
    value[CONFIG_RELEASE] = between(0, 2);
    value[CONFIG_TRANSMISSION] = ONE_OF(0, 0, 0, 100);
    value[CONFIG_PARTITIONS] = ONE_OF(1, 1, 1, 2, 3, 256);
    value[CONFIG_PARTITION] = between(0, value[CONFIG_PARTITIONS] - 1);
    return step;
}

static int64_t random_time(void)
{
    switch (next() % 8) {
    case 0:
        return between(0, 2);
    case 1:
        return between(0, 20000);
    case 2:
    case 3:
        return ONE_OF(50, 100, 300, 500, 1000, 5000, 6000, 10000);
    default:
        return between(1, 400);
    }
}

static void random_target(struct script_step *step, uint32_t i,
                          const struct temper *temper)
{
    int64_t *value = step->value + ARRAY_TARGETS + i * TARGET_VALUES;

    value[TARGET_OBJECT] = chance(10);
    value[TARGET_TTC] = ONE_OF(0, 1, 100, 500, 900, 1000, 3000, 20000,
                               between(0, 2000), between(0, 8000));
    if (temper->is_calm)
        return;
    value[TARGET_TYPE] = ONE_OF(5, 5, 5, 5, 1, 2, 0);
    value[TARGET_HEADING] = ONE_OF(900, 900, 0, 1800, 200, -1);
    value[TARGET_IMPACT] = ONE_OF(-1, -1, 0, 1, 3, 5);
}

static void random_creation(struct script_step *step)
{
    int64_t *made = &step->value[ARRAY_MADE];

    switch (next() % 16) {
    case 0: /* as the last one, or next to it */
    case 1:
        step->value[ARRAY_LAST] = 1;
        *made = between(-2, 2);
        break;
    case 2: /* ahead */
        *made = between(1, 1000);
        break;
    case 3:
        *made = ONE_OF(1000, 1001, 999, -12000);
        break;
    case 4: /* late */
        *made = -between(0, 20000);
        break;
    case 5:
    case 6:
        *made = -between(0, 500);
        break;
    default:
        break;
    }
}

static struct script_step random_array(const struct temper *temper)
{
    struct script_step step = script_step(SCRIPT_ARRAY);

    random_creation(&step);
    if (chance(3)) {
        step.value[ARRAY_DEFECT] = between(1, DEFECTS - 1);
        step.value[ARRAY_MADE] = 0;
        step.value[ARRAY_LAST] = 0;
    }
    step.value[ARRAY_TRACE] = chance(30);
    step.value[ARRAY_ROLES] = !chance(10);
    step.value[ARRAY_REFERENCE] = ONE_OF(1, 1, 1, 1, 1, 2);
    if (!temper->is_calm) {
        step.value[ARRAY_HEADING] = ONE_OF(0, 0, 0, 900, -1);
        step.value[ARRAY_SPEED] = ONE_OF(1000, 1000, 1000, 50, -1);
    }
    step.value[ARRAY_COUNT] = ONE_OF(1, 1, 1, 2, 3, 4);
    for (uint32_t i = 0; i < SCRIPT_TARGETS_MAX; i++)
        random_target(&step, i, temper);
    if (step.value[ARRAY_COUNT] == 1)
        step.value[ARRAY_TARGETS] += between(0, 2);
    return step;
}

static struct script_step random_denm(void)
{
    struct script_step step = script_step(SCRIPT_DENM);

    step.value[DENM_SENT] = ONE_OF(0, 0, 0, 1, 2, 3, 8);
    step.value[DENM_FOREIGN] = chance(8);
    step.value[DENM_SKEW] = ONE_OF(0, 0, 0, 0, 0, 0, -1, 1);
    step.value[DENM_REFERENCE] = ONE_OF(0, 0, 0, 5, -1, -400, -3000);
    step.value[DENM_DETECTION] = ONE_OF(0, 0, 0, -10000, -10001, 100);
    step.value[DENM_VALIDITY] = ONE_OF(10, 10, 10, 0, 1, 600);
    step.value[DENM_TERMINATION] = ONE_OF(1, 1, 1, 1, 1, 0, -1);
    return step;
}

static struct script_step random_restart(const struct temper *temper)
{
    struct script_step step =
        script_step(chance(60) ? SCRIPT_RESTART : SCRIPT_RELOAD);

    if (!temper->is_punctual)
        step.value[RESTART_MS] = ONE_OF(0, 0, 1, between(0, 400), 3000, 20000);
    step.value[RESTART_SNAPSHOT] = chance(50);
    step.value[RESTART_REVERSE] = chance(30);
    if (step.kind == SCRIPT_RESTART)
        step.value[RESTART_BOOT] = chance(50);
    return step;
}

static struct script_step random_restore(void)
{
    struct script_step step = script_step(SCRIPT_RESTORE);

    step.value[RESTORE_PICK] = ONE_OF(0, 1, 2, 5, 65535);
    step.value[RESTORE_FOREIGN] = chance(10);
    step.value[RESTORE_NUMBER] = ONE_OF(0, 1000, 1000, 1001, 1002, 40000);
    step.value[RESTORE_PARTY] = ONE_OF(0, 0, 1000, 1001);
    return step;
}

static struct script_step random_passing(const struct temper *temper)
{
    struct script_step step = script_step(
        temper->is_punctual
            ? SCRIPT_ADVANCE
            : (enum script_kind)ONE_OF(SCRIPT_PASS, SCRIPT_PASS, SCRIPT_RUN,
                                       SCRIPT_DEADLINE, SCRIPT_DEADLINE,
                                       SCRIPT_ADVANCE, SCRIPT_ADVANCE));

    if (step.kind == SCRIPT_DEADLINE)
        step.value[TIME_MS] = chance(50) ? 0 : random_time();
    else if (step.kind != SCRIPT_RUN)
        step.value[TIME_MS] = random_time();
    return step;
}

static struct script_step random_clock(void)
{
    struct script_step step = script_step(SCRIPT_CLOCK);
    step.value[TIME_MS] = ONE_OF(1, 100, 1000, 7000, 3600000, 5000000000);
    if (chance(50))
        step.value[TIME_MS] = -step.value[TIME_MS];
    return step;
}

static struct script_step random_step(const struct temper *temper)
{
    uint32_t die = (uint32_t)(next() % 100);

    if (die < 48)
        return random_array(temper);
    if (die < 56)
        return random_denm();
    if (die < 60 && temper->has_clock)
        return random_clock();
    if (die < 65 && !temper->is_full)
        return random_restart(temper);
    if (die < 67 && !temper->is_punctual)
        return random_restore();
    return random_passing(temper);
}

static void add_fill(struct script *script, int64_t number, int64_t count,
                     int64_t valid_ms)
{
    struct script_step step = script_step(SCRIPT_FILL);

    step.value[FILL_NUMBER] = number;
    step.value[FILL_COUNT] = count;
    step.value[FILL_VALID] = valid_ms;
    script->steps[script->count++] = step;
}

/* Events of an earlier life: the next action id is near the last one. */
static void fill_some(struct script *script)
{
    int64_t partitions = script->config.value[CONFIG_PARTITIONS];

    add_fill(script, between(65531, 65536) - partitions, partitions,
             ONE_OF(1, 3000, 10000));
}

/* Likewise: no action id is free, but some will be, or a few are. */
static void fill_all(struct script *script)
{
    int64_t first = between(0, 65400);
    int64_t count = between(1, 100);

    if (chance(50)) {
        add_fill(script, 0, between(65533, 65536), 600000);
        return;
    }
    add_fill(script, 0, first, 600000);
    add_fill(script, first, count, ONE_OF(1, 200, 1000));
    add_fill(script, first + count, 65536 - first - count, 600000);
}

void random_script(struct script *script, uint64_t seed)
{
    state = seed;
    struct temper temper = {
        .is_punctual = chance(40),
        .has_clock = chance(50),
        .is_full = next() % 200 == 0,
        .is_calm = chance(40),
    };
    uint32_t steps = temper.is_full ? 16 : (uint32_t)between(20, 200);

    script->config = random_config(&temper);
    script->count = 0;
    if (temper.is_full)
        fill_all(script);
    else if (chance(30))
        fill_some(script);
    while (script->count < steps)
        script->steps[script->count++] = random_step(&temper);
}
