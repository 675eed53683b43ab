#include "shrink.h"

#include <string.h>

static struct script candidate;

/* Takes the candidate if it fails as well. */
static bool try_candidate(struct script *script,
                          bool (*fails)(const struct script *script))
{
    if (!fails(&candidate))
        return false;
    *script = candidate;
    return true;
}

static bool leave_out(struct script *script, uint32_t first, uint32_t count,
                      bool (*fails)(const struct script *script))
{
    candidate = *script;
    candidate.count -= count;
    memmove(&candidate.steps[first], &candidate.steps[first + count],
            (candidate.count - first) * sizeof *candidate.steps);
    return try_candidate(script, fails);
}

static bool leave_out_steps(struct script *script,
                            bool (*fails)(const struct script *script))
{
    bool is_smaller = false;

    for (uint32_t chunk = script->count; chunk > 0; chunk /= 2) {
        uint32_t first = 0;
        while (first + chunk <= script->count) {
            if (leave_out(script, first, chunk, fails))
                is_smaller = true;
            else
                first += chunk;
        }
    }
    return is_smaller;
}

/* Of the script's step `i`, or of its configuration if there is none. */
static struct script_step *step_of(struct script *script, uint32_t i)
{
    return i < script->count ? &script->steps[i] : &script->config;
}

/* From `value` on the way to the usual one: all of it, half of it, one. */
static int64_t nearer(int64_t value, int64_t usual, int attempt)
{
    int64_t way = usual - value;
    if (attempt == 0)
        return usual;
    if (attempt == 1)
        return value + way / 2;
    return value + (way > 0) - (way < 0);
}

static bool ease_value(struct script *script, uint32_t i, uint32_t value,
                       bool (*fails)(const struct script *script))
{
    bool is_smaller = false;

    for (int attempt = 0; attempt < 3; attempt++) {
        const struct script_step *step = step_of(script, i);
        int64_t usual = script_usual(step->kind, value);
        int64_t now = step->value[value];
        if (now == usual)
            break;
        candidate = *script;
        step_of(&candidate, i)->value[value] = nearer(now, usual, attempt);
        if (nearer(now, usual, attempt) != now)
            is_smaller |= try_candidate(script, fails);
    }
    return is_smaller;
}

static bool ease_values(struct script *script,
                        bool (*fails)(const struct script *script))
{
    bool is_smaller = false;
    for (uint32_t i = 0; i <= script->count; i++) {
        enum script_kind kind = step_of(script, i)->kind;
        for (uint32_t value = 0; value < script_values(kind); value++)
            is_smaller |= ease_value(script, i, value, fails);
    }
    return is_smaller;
}

void shrink(struct script *script, bool (*fails)(const struct script *script))
{
    bool is_smaller = true;
    for (int round = 0; is_smaller && round < 20; round++) {
        is_smaller = leave_out_steps(script, fails);
        is_smaller |= ease_values(script, fails);
    }
}
