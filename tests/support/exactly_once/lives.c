#include "lives.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The two clocks of a wake-up are cut to milliseconds separately. */
#define ROUNDING_MS 2

enum kind { TRIGGER, UPDATE, CANCELLATION, REPETITION, KINDS };

/* An output, told apart by its id "<entry id>/<index>[/cancellation][/rN]". */
struct denm {
    const char *entry; /* id in the output stream */
    const char *id;
    enum kind kind;
    bool is_cancellation; /* or the repetition of one */
    uint64_t repetition;
    uint32_t target;
    struct array *array;
    uint32_t number; /* action id */
    const struct stepden_management_container *management;
};

void lives_init(struct lives *lives, const struct stepden_config *config,
                unsigned partition, struct inputs *inputs,
                struct findings *findings)
{
    *lives = (struct lives){
        .inputs = inputs,
        .findings = findings,
        .first_station = config->station_id,
        .count = (uint32_t)config->station_id_count << 16,
        .partition = partition,
        .partitions = config->redis.partitions,
    };
    lives->life = calloc(lives->count, sizeof *lives->life);
    if (lives->life == NULL) {
        perror("exactly_once");
        abort();
    }
    for (uint32_t i = 0; i < lives->count; i++)
        lives->life[i].negation_its_ms = INT64_MIN;
}

static void refuse(const struct lives *lives, const struct denm *denm,
                   const char *why)
{
    findings_add(lives->findings,
                 "output %s: id %s, action id %" PRIu32 ":%" PRIu32 ": %s",
                 denm->entry, denm->id,
                 lives->first_station + (denm->number >> 16),
                 denm->number & 0xffff, why);
}

/* ---- what an output says of itself ---- */

static bool read_kind(enum kind *kind, const char *type)
{
    static const char *const names[KINDS] = {"trigger", "update",
                                             "cancellation", "repetition"};
    const char *dot = strrchr(type, '.');

    for (*kind = TRIGGER; dot != NULL && *kind < KINDS; ++*kind)
        if (strcmp(dot + 1, names[*kind]) == 0)
            return true;
    return false;
}

static bool read_suffix(struct denm *denm, const char *suffix)
{
    static const char cancellation[] = "/cancellation";
    int size = 0;

    denm->is_cancellation =
        strncmp(suffix, cancellation, strlen(cancellation)) == 0;
    if (denm->is_cancellation)
        suffix += strlen(cancellation);
    if (sscanf(suffix, "/r%" SCNu64 "%n", &denm->repetition, &size) == 1)
        suffix += size;
    return *suffix == '\0' &&
           (denm->kind == REPETITION) == (denm->repetition > 0) &&
           (denm->kind == REPETITION ||
            (denm->kind == CANCELLATION) == denm->is_cancellation);
}

/* The target that the id names. */
static bool read_id(struct denm *denm, struct inputs *inputs)
{
    struct entry_id id;
    const char *at;
    unsigned index;
    int size = 0;

    if (!entry_id_read(&id, denm->id, &at) ||
        sscanf(at, "/%u%n", &index, &size) != 1)
        return false;
    denm->array = inputs_find(inputs, id);
    if (denm->array == NULL || index >= denm->array->count)
        return false;
    denm->target = denm->array->first + index;
    return read_suffix(denm, at + size);
}

static bool find_number(uint32_t *number, const struct lives *lives,
                        const struct stepden_action_id *action_id)
{
    const uint32_t station =
        action_id->originating_station_id - lives->first_station;

    *number = station << 16 | action_id->sequence_number;
    return station < lives->count >> 16;
}

/* ---- lives ---- */

static bool is_negated(const struct life *life)
{
    return life->negation_its_ms >= life->trigger_its_ms;
}

static void note(struct life *life, const struct denm *denm)
{
    life->latest = denm->target;
    life->repetition = 0;
    life->valid_its_ms = denm->management->detection_time_its_ms +
                         denm->management->validity_duration_s * INT64_C(1000);
}

static void begin(struct lives *lives, struct life *life,
                  const struct denm *denm)
{
    const int64_t now_its_ms =
        denm->management->reference_time_its_ms + ROUNDING_MS;
    const uint32_t index = lives->inputs->target[denm->target].pair;
    struct pair *pair = &lives->inputs->pair[index];
    const struct life *last =
        pair->life != NO_LIFE ? &lives->life[pair->life] : NULL;

    if (life->state != LIFE_NONE && life->valid_its_ms > now_its_ms)
        refuse(lives, denm, "the action id is of an event that is valid");
    else if (last != NULL && last->pair == index && last->state == LIFE_ALIVE &&
             !is_negated(last) && last->valid_its_ms > now_its_ms)
        refuse(lives, denm, "the parties' event is alive");
    *life = (struct life){
        .state = LIFE_ALIVE,
        .pair = index,
        .trigger = denm->target,
        .trigger_its_ms = denm->management->reference_time_its_ms,
        .negation_its_ms = life->negation_its_ms,
    };
    pair->life = denm->number;
    note(life, denm);
}

static void go_on(struct lives *lives, struct life *life,
                  const struct denm *denm)
{
    if (life->state != LIFE_ALIVE)
        refuse(lives, denm, "an update of what is not alive");
    else if (life->pair != lives->inputs->target[denm->target].pair)
        refuse(lives, denm, "an update of other parties' event");
    else
        note(life, denm);
}

static void end(struct lives *lives, struct life *life, const struct denm *denm)
{
    if (life->state == LIFE_CANCELLED && life->trigger == denm->target)
        refuse(lives, denm, "cancelled twice");
    else if (life->state != LIFE_ALIVE || life->trigger != denm->target)
        refuse(lives, denm, "a cancellation of what is not alive");
    else
        note(life, denm);
    life->state = LIFE_CANCELLED;
}

static void repeat(struct lives *lives, struct life *life,
                   const struct denm *denm)
{
    if (life->latest != denm->target || life->state == LIFE_NONE ||
        (life->state == LIFE_CANCELLED) != denm->is_cancellation)
        refuse(lives, denm, "repeats what is not the latest");
    else if (denm->repetition <= life->repetition)
        refuse(lives, denm, "repeated twice");
    life->repetition = denm->repetition;
}

/* ---- the answer to a target ---- */

static bool is_about(const struct parties *parties,
                     const struct stepden_denm_data *denm)
{
    const struct stepden_pre_crash_container *crash =
        &denm->pre_crash_container;

    return denm->has_pre_crash_container &&
           parties->reference_station ==
               denm->management_container.reference_station_id &&
           parties->reference_object ==
               denm->management_container.reference_object_id &&
           parties->target_station == crash->station_id_involved &&
           parties->target_object == crash->perceived_object.object_id;
}

/* False if it is not the only one, or late. */
static bool answer(struct lives *lives, struct denm *denm,
                   const struct stepden_denm_data *data)
{
    struct target *target = &lives->inputs->target[denm->target];
    struct pair *pair = &lives->inputs->pair[target->pair];
    const int64_t published_ms = strtoll(denm->entry, NULL, 10);

    if (target->published) {
        refuse(lives, denm, "published twice");
        return false;
    }
    target->published = true;
    if (!is_about(&pair->parties, data))
        refuse(lives, denm, "of other parties than its input");
    if (published_ms < denm->array->answered_ms)
        denm->array->answered_ms = published_ms;
    if (denm->target < pair->answered) {
        refuse(lives, denm, "after one of a later input of its parties");
        return false;
    }
    pair->answered = denm->target;
    return true;
}

static void take(struct lives *lives, struct denm *denm,
                 const struct stepden_denm_data *data)
{
    struct life *life = &lives->life[denm->number];

    switch (denm->kind) {
    case TRIGGER:
        lives->triggers++;
        if (answer(lives, denm, data))
            begin(lives, life, denm);
        break;
    case UPDATE:
        lives->updates++;
        if (answer(lives, denm, data))
            go_on(lives, life, denm);
        break;
    case CANCELLATION:
        lives->cancellations++;
        end(lives, life, denm);
        break;
    case REPETITION:
        lives->repetitions++;
        repeat(lives, life, denm);
        break;
    case KINDS:
        abort();
    }
}

void lives_take(struct lives *lives, const char *id,
                const struct stepden_cloud_event *event,
                const struct stepden_denm_data *data)
{
    struct denm denm = {
        .entry = id,
        .id = event->id,
        .management = &data->management_container,
    };

    if (!find_number(&denm.number, lives, &denm.management->action_id))
        refuse(lives, &denm, "a station id that is not ours");
    else if (denm.number % lives->partitions != lives->partition)
        refuse(lives, &denm, "an action id of another partition");
    else if (!read_kind(&denm.kind, event->type) ||
             !read_id(&denm, lives->inputs))
        refuse(lives, &denm, "of no input, or not of this type");
    else
        take(lives, &denm, data);
}

void lives_negate(struct lives *lives, const struct stepden_denm_data *denm)
{
    const struct stepden_management_container *management =
        &denm->management_container;
    uint32_t number;

    if (!management->has_termination ||
        management->termination != STEPDEN_TERMINATION_IS_NEGATION ||
        !find_number(&number, lives, &management->action_id))
        return;
    struct life *life = &lives->life[number];
    if (life->negation_its_ms < management->reference_time_its_ms)
        life->negation_its_ms = management->reference_time_its_ms;
}

uint64_t lives_judge(struct lives *lives, bool ended)
{
    uint64_t alive = 0;

    for (uint32_t i = 0; i < lives->count; i++) {
        const struct life *life = &lives->life[i];
        if (life->state != LIFE_ALIVE || is_negated(life))
            continue;
        alive++;
        if (ended)
            findings_add(lives->findings,
                         "action id %" PRIu32 ":%" PRIu32 ": never cancelled",
                         lives->first_station + (i >> 16), i & 0xffff);
    }
    return alive;
}

void lives_free(struct lives *lives)
{
    free(lives->life);
}
