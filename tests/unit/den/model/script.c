#include "script.h"

#include <stdlib.h>
#include <string.h>

struct value {
    const char *name;
    int64_t usual;
};

struct shape {
    const char *name;
    struct value values[SCRIPT_VALUES_MAX];
};

#define TARGET(i)                                                              \
    {"target" #i, 10 + i}, {"object" #i, 0}, {"type" #i, 5},                   \
        {"heading" #i, 900}, {"ttc" #i, 1000},                                 \
    {                                                                          \
        "impact" #i, -1                                                        \
    }

static const struct shape shapes[SCRIPT_KINDS] = {
    [SCRIPT_CONFIG] = {"config",
                       {{"ids", 1},      /* stationIdCount */
                        {"after", 5},    /* timeAfterCollision */
                        {"delay", 1000}, /* denmLastUpdateMaxDelay */
                        {"tick", 5000},  /* denmCheckLastUpdateMaxInterval */
                        {"spacing", 0},  /* minUpdateInterval */
                        {"interval", 0}, /* repetitionInterval */
                        {"duration", 0}, /* repetitionDuration */
                        {"expire", 0},   /* 1: afterCollision "expire" */
                        {"holdoff", 0},  /* negationHoldOff */
                        {"confirmations", 3},
                        {"records", 100},    /* maxRecords */
                        {"release", 2},      /* enum stepden_release */
                        {"transmission", 0}, /* 0: none */
                        {"partitions", 1},
                        {"partition", 0}}}, /* modulo partitions */
    [SCRIPT_PASS] = {"pass", {{"ms", 0}}},
    [SCRIPT_RUN] = {"run", {{NULL, 0}}},
    [SCRIPT_DEADLINE] = {"deadline", {{"late", 0}}},
    [SCRIPT_ADVANCE] = {"advance", {{"ms", 0}}},
    [SCRIPT_CLOCK] = {"clock", {{"ms", 0}}}, /* by how much it is set on */
    [SCRIPT_ARRAY] = {"array",
                      {{"made", 0},      /* creationTime, from now on */
                       {"last", 0},      /* 1: from the last array's on */
                       {"defect", 0},    /* see script.h */
                       {"trace", 0},     /* 1: with a traceparent */
                       {"roles", 1},     /* 0: the first is the reference */
                       {"reference", 1}, /* stationId */
                       {"speed", 1000},  /* of all */
                       {"heading", 0},   /* of the reference; -1 none */
                       {"count", 1},     /* targets */
                       TARGET(1),
                       TARGET(2),
                       TARGET(3),
                       TARGET(4)}},
    [SCRIPT_DENM] = {"denm",
                     {{"sent", 0},      /* which of ours, the last is 0 */
                      {"foreign", 0},   /* 1: a station id that is not ours */
                      {"skew", 0},      /* sequence numbers away from it */
                      {"reference", 0}, /* from its referenceTime on */
                      {"detection", 0}, /* from now on */
                      {"validity", 10},
                      {"termination", 1}}}, /* -1: none */
    [SCRIPT_RESTART] = {"restart",
                        {{"ms", 0},       /* that pass meanwhile */
                         {"snapshot", 0}, /* 1: else what was kept */
                         {"reverse", 0},  /* 1: the last record first */
                         {"boot", 0}}},   /* 1: another monotonic clock */
    [SCRIPT_RELOAD] = {"reload", {{"ms", 0}, {"snapshot", 0}, {"reverse", 0}}},
    [SCRIPT_RESTORE] = {"restore",
                        {{"pick", 0},    /* which of the kept ones */
                         {"foreign", 0}, /* 1: a station id that is not ours */
                         {"number", 0},  /* added to the sequence number */
                         {"party", 0}}}, /* added to the target's id */
    [SCRIPT_FILL] = {"fill",
                     {{"number", 0}, /* the first */
                      {"count", 1},
                      {"valid", 600000},    /* ms from now */
                      {"trigger", -1000}}}, /* likewise */
};

uint32_t script_values(enum script_kind kind)
{
    uint32_t count = 0;
    while (count < SCRIPT_VALUES_MAX && shapes[kind].values[count].name)
        count++;
    return count;
}

int64_t script_usual(enum script_kind kind, uint32_t value)
{
    return shapes[kind].values[value].usual;
}

struct script_step script_step(enum script_kind kind)
{
    struct script_step step = {.kind = kind};
    for (uint32_t i = 0; i < script_values(kind); i++)
        step.value[i] = script_usual(kind, i);
    return step;
}

void script_print(const struct script_step *step, char *line, size_t size)
{
    size_t length = (size_t)snprintf(line, size, "%s", shapes[step->kind].name);
    for (uint32_t i = 0; i < script_values(step->kind); i++) {
        if (step->value[i] != script_usual(step->kind, i))
            length += (size_t)snprintf(line + length, size - length, " %s=%lld",
                                       shapes[step->kind].values[i].name,
                                       (long long)step->value[i]);
    }
}

void script_write(const struct script *script, FILE *file)
{
    char line[1000];
    script_print(&script->config, line, sizeof line);
    fprintf(file, "%s\n", line);
    for (uint32_t i = 0; i < script->count; i++) {
        script_print(&script->steps[i], line, sizeof line);
        fprintf(file, "%s\n", line);
    }
}

static int read_value(struct script_step *step, const char *word)
{
    const char *equals = strchr(word, '=');
    for (uint32_t i = 0; equals && i < script_values(step->kind); i++) {
        const char *name = shapes[step->kind].values[i].name;
        size_t length = (size_t)(equals - word);
        if (strlen(name) == length && strncmp(name, word, length) == 0) {
            char *end;
            step->value[i] = strtoll(equals + 1, &end, 10);
            return end != equals + 1 && *end == '\0';
        }
    }
    return 0;
}

static int read_step(struct script_step *step, char *line)
{
    char *rest;
    const char *word = strtok_r(line, " \n", &rest);
    int kind = 0;

    while (kind < SCRIPT_KINDS && strcmp(shapes[kind].name, word) != 0)
        kind++;
    if (kind == SCRIPT_KINDS)
        return 0;
    *step = script_step((enum script_kind)kind);
    while ((word = strtok_r(NULL, " \n", &rest))) {
        if (!read_value(step, word))
            return 0;
    }
    return 1;
}

uint32_t script_read(struct script *script, FILE *file)
{
    char line[1000];
    uint32_t number = 0;

    script->config = script_step(SCRIPT_CONFIG);
    script->count = 0;
    while (fgets(line, sizeof line, file)) {
        struct script_step step;
        number++;
        if (line[0] == '#' || line[strspn(line, " \n")] == '\0')
            continue;
        if (!read_step(&step, line) || script->count == SCRIPT_STEPS_MAX)
            return number;
        if (step.kind == SCRIPT_CONFIG)
            script->config = step;
        else
            script->steps[script->count++] = step;
    }
    return 0;
}
