#include "lives.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const colours[WATCH_KINDS] = {"\033[1;33m", "", "\033[32m",
                                                 "\033[2m"};

/* CollisionRiskSubCauseCode (TS 102 894-2). */
static const char *const sub_causes[] = {
    "unavailable", "longitudinal", "crossing", "lateral",
    "VRU",         "pedestrian",   "cyclist",  "motor vehicle",
};

void watch_lives_head(const struct watch_lives *lives)
{
    printf("%s%7s  %-11s %-13s %-28s %-19s %6s  %-17s %5s%s\n",
           lives->colour ? "\033[1m" : "", "time", "action id", "life", "what",
           "where", "in", "sub-cause", "UPER", lives->colour ? "\033[0m" : "");
}

static struct watch_life *find(struct watch_lives *lives,
                               const struct stepden_action_id *action_id)
{
    for (size_t i = lives->count; i > 0; i--) {
        struct watch_life *life = &lives->life[i - 1];
        if (life->action_id.originating_station_id ==
                action_id->originating_station_id &&
            life->action_id.sequence_number == action_id->sequence_number)
            return life;
    }
    return NULL;
}

static struct watch_life *add(struct watch_lives *lives)
{
    if (lives->count == lives->room) {
        const size_t room = lives->room > 0 ? lives->room * 2 : 64;
        struct watch_life *life =
            realloc(lives->life, room * sizeof(*lives->life));
        if (life == NULL)
            return NULL;
        lives->life = life;
        lives->room = room;
    }
    return &lives->life[lives->count++];
}

static void print_where(char *text, size_t size,
                        const struct stepden_position *position)
{
    snprintf(text, size, "%.5f%c %.5f%c", abs(position->latitude_e7) / 1e7,
             position->latitude_e7 < 0 ? 'S' : 'N',
             abs(position->longitude_e7) / 1e7,
             position->longitude_e7 < 0 ? 'W' : 'E');
}

static const char *type_of(const struct stepden_denm_data *denm)
{
    const struct stepden_perceived_object *object =
        &denm->pre_crash_container.perceived_object;

    if (!object->has_classification)
        return "unknown";
    const char *text =
        stepden_station_type_text(object->classification.station_type);
    return text != NULL ? text : "unknown";
}

static void print_parties(char *text, size_t size,
                          const struct stepden_denm_data *denm)
{
    const struct stepden_pre_crash_container *crash =
        &denm->pre_crash_container;
    char object[16] = "";

    if (crash->perceived_object.object_id != 0)
        snprintf(object, sizeof(object), "/%u",
                 crash->perceived_object.object_id);
    snprintf(text, size, "%s %" PRIu32 "%s x %" PRIu32, type_of(denm),
             crash->station_id_involved, object,
             denm->management_container.reference_station_id);
}

static void print_what(char *text, size_t size, const struct watch_life *life,
                       const struct stepden_denm_data *denm)
{
    const int64_t lived_ms =
        denm->management_container.reference_time_its_ms - life->trigger_its_ms;

    if (denm->management_container.has_termination)
        snprintf(text, size, "after %.1f s, %" PRIu32 " updates",
                 (double)lived_ms / 1000.0, life->updates);
    else if (denm->has_pre_crash_container)
        print_parties(text, size, denm);
    else
        snprintf(text, size, "%s", "");
}

static void print_cause(char *text, size_t size,
                        const struct stepden_denm_data *denm)
{
    const uint8_t code = denm->situation_container.sub_cause_code;

    if (!denm->has_situation_container)
        snprintf(text, size, "%s", "");
    else if (code < sizeof(sub_causes) / sizeof(sub_causes[0]))
        snprintf(text, size, "%s (%u)", sub_causes[code], code);
    else
        snprintf(text, size, "%u", code);
}

static void print_life(char *text, size_t size, const struct watch_life *life,
                       enum watch_kind kind)
{
    if (kind == WATCH_UPDATE)
        snprintf(text, size, "update +%" PRIu32, life->updates - life->told);
    else
        snprintf(text, size, "%s", watch_kind_text(kind));
}

static void print_line(const struct watch_lives *lives,
                       const struct watch_life *life,
                       const struct watch_entry *entry)
{
    const struct stepden_denm_data *denm = &entry->denm;
    const struct stepden_management_container *management =
        &denm->management_container;
    char id[24], kind[24], what[64], where[48], in[16] = "", cause[40];

    snprintf(id, sizeof(id), "%" PRIu32 ":%u",
             management->action_id.originating_station_id,
             management->action_id.sequence_number);
    print_life(kind, sizeof(kind), life, entry->kind);
    print_what(what, sizeof(what), life, denm);
    print_where(where, sizeof(where), &management->event_position);
    print_cause(cause, sizeof(cause), denm);
    if (denm->has_pre_crash_container)
        snprintf(in, sizeof(in), "%.1f s",
                 denm->pre_crash_container.time_to_collision_ms / 1000.0);
    printf("%s%5.1f s  %-11s %-13s %-28s %-19s %6s  %-17s %3zu B%s\n",
           lives->colour ? colours[entry->kind] : "",
           (double)(management->reference_time_its_ms - lives->start_its_ms) /
               1000.0,
           id, kind, what, where, in, cause, entry->uper_size,
           lives->colour ? "\033[0m" : "");
}

static enum stepden_status refuse(struct stepden_diag *diag, const char *reason)
{
    snprintf(diag->where, sizeof(diag->where), "actionId");
    snprintf(diag->reason, sizeof(diag->reason), "%s", reason);
    return STEPDEN_ERR_INVALID;
}

static enum stepden_status begin(struct watch_life **life,
                                 struct watch_lives *lives,
                                 const struct watch_entry *entry,
                                 struct stepden_diag *diag)
{
    const struct stepden_management_container *management =
        &entry->denm.management_container;

    if (*life != NULL && !(*life)->ended)
        return refuse(diag, "taken while it is alive");
    if (*life == NULL)
        *life = add(lives);
    if (*life == NULL)
        return STEPDEN_ERR_MEMORY;
    **life = (struct watch_life){.action_id = management->action_id,
                                 .trigger_its_ms =
                                     management->reference_time_its_ms};
    lives->alive++;
    return STEPDEN_OK;
}

/* Whether the line of `entry` would say something new. */
static bool remember(struct watch_life *life, const struct watch_entry *entry)
{
    const uint8_t sub_cause = entry->denm.situation_container.sub_cause_code;
    const uint32_t seconds =
        entry->denm.pre_crash_container.time_to_collision_ms / 1000;
    const bool news = entry->kind != WATCH_UPDATE ||
                      life->sub_cause != sub_cause || life->seconds != seconds;

    life->sub_cause = sub_cause;
    life->seconds = seconds;
    return news;
}

static void count(struct watch_lives *lives, const struct watch_entry *entry)
{
    if (lives->start_its_ms == 0)
        lives->start_its_ms =
            entry->denm.management_container.reference_time_its_ms;
    lives->entries[entry->kind]++;
    lives->json_bytes += entry->json_size;
    lives->uper_bytes += entry->uper_size;
}

enum stepden_status watch_lives_take(struct watch_lives *lives,
                                     const struct watch_entry *entry,
                                     struct stepden_diag *diag)
{
    struct watch_life *life =
        find(lives, &entry->denm.management_container.action_id);
    const bool repeats_end = entry->kind == WATCH_REPETITION &&
                             entry->denm.management_container.has_termination;
    enum stepden_status status = STEPDEN_OK;

    count(lives, entry);
    if (entry->kind == WATCH_TRIGGER)
        status = begin(&life, lives, entry, diag);
    else if (life == NULL || life->ended != repeats_end)
        status = refuse(diag, repeats_end ? "not ended" : "not alive");
    if (status != STEPDEN_OK)
        return status;

    if (entry->kind == WATCH_UPDATE)
        life->updates++;
    if (entry->kind == WATCH_CANCELLATION) {
        life->ended = true;
        lives->alive--;
    }
    if (remember(life, entry)) {
        print_line(lives, life, entry);
        life->told = life->updates;
    }
    return STEPDEN_OK;
}

void watch_lives_free(struct watch_lives *lives)
{
    free(lives->life);
}
