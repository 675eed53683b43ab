#include "receivers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coverage.h"

static void expect(struct receivers *receivers, bool holds, const char *rule,
                   const char *id)
{
    if (!holds && receivers->complaint[0] == '\0')
        snprintf(receivers->complaint, sizeof receivers->complaint, "%s: %s",
                 id, rule);
}

static struct receivers_event *find(struct receivers *receivers,
                                    const struct stepden_action_id *action_id)
{
    for (uint32_t i = 0; i < receivers->count; i++) {
        struct receivers_event *event = &receivers->events[i];
        if (event->action_id.originating_station_id ==
                action_id->originating_station_id &&
            event->action_id.sequence_number == action_id->sequence_number)
            return event;
    }
    return NULL;
}

static struct receivers_event *
find_or_add(struct receivers *receivers,
            const struct stepden_action_id *action_id)
{
    struct receivers_event *event = find(receivers, action_id);
    if (event)
        return event;
    if (receivers->count == RECEIVERS_EVENTS_MAX)
        abort();
    event = &receivers->events[receivers->count++];
    memset(event, 0, sizeof *event);
    event->action_id = *action_id;
    event->valid_ms = INT64_MIN;
    return event;
}

static bool is_known(const struct receivers *receivers,
                     const struct receivers_event *event)
{
    return event && event->json && event->valid_ms > receivers->true_ms;
}

static void remember(struct receivers *receivers, struct receivers_event *event,
                     const struct stepden_management_container *management,
                     const char *json)
{
    event->is_over = management->has_termination;
    event->detection_its_ms = management->detection_time_its_ms;
    event->reference_its_ms = management->reference_time_its_ms;
    event->valid_ms = receivers->true_ms + management->detection_time_its_ms +
                      management->validity_duration_s * INT64_C(1000) -
                      receivers->its_ms;
    free(event->json);
    event->json = strdup(json);
    event->beat = 0;
}

static void hear_trigger(struct receivers *receivers,
                         const struct receivers_event *event, const char *id)
{
    expect(receivers, receivers->may_be_early || !is_known(receivers, event),
           "an action id that receivers still know", id);
}

static void hear_next(struct receivers *receivers,
                      const struct receivers_event *event,
                      const struct stepden_den_output *output)
{
    const struct stepden_management_container *management =
        &output->denm->management_container;

    if (!event->json)
        return; /* a record that was restored, but never sent here */
    expect(receivers, !event->is_over, "goes on after its end", output->id);
    expect(receivers,
           management->reference_time_its_ms > event->reference_its_ms,
           "referenceTime does not rise", output->id);
    expect(receivers,
           management->detection_time_its_ms >= event->detection_its_ms,
           "detectionTime falls", output->id);
    expect(receivers, receivers->may_be_early || is_known(receivers, event),
           "comes after receivers have forgotten its event", output->id);
}

static void hear_sub_cause(struct receivers_event *event,
                           const struct stepden_den_output *output)
{
    if (output->kind == STEPDEN_DEN_CANCELLATION)
        return;
    if (output->kind == STEPDEN_DEN_UPDATE &&
        output->choice.sub_cause != event->sub_cause)
        coverage_count(COVERAGE_SUB_CAUSE_CHANGES);
    event->sub_cause = output->choice.sub_cause;
}

static void hear_again(struct receivers *receivers,
                       struct receivers_event *event, const char *id,
                       const char *json)
{
    long beat = strtol(strrchr(id, 'r') + 1, NULL, 10);

    if (beat > event->beat + 1)
        coverage_count(COVERAGE_BEAT_MISSED);
    if (!event->json)
        return; /* likewise */
    expect(receivers, beat > event->beat, "has a number that has been", id);
    event->beat = beat;
    expect(receivers, strcmp(event->json, json) == 0,
           "is not what was sent last", id);
    expect(receivers, receivers->may_be_early || is_known(receivers, event),
           "is repeated after its validity", id);
}

static void hear_order(struct receivers *receivers,
                       const struct stepden_den_output *output)
{
    const struct stepden_denm_data *denm = output->denm;
    int64_t to_collision_ms = denm->pre_crash_container.time_to_collision_ms;
    int64_t collision_its_ms =
        denm->management_container.detection_time_its_ms + to_collision_ms;

    if (to_collision_ms == 0 || (output->reason != STEPDEN_DEN_REASON_NEW &&
                                 output->reason != STEPDEN_DEN_REASON_NEWER))
        return; /* 0 is also what has been before */
    expect(receivers, collision_its_ms >= receivers->last_collision_its_ms,
           "comes after a less urgent one", output->id);
    receivers->last_collision_its_ms = collision_its_ms;
}

void receivers_hear(struct receivers *receivers,
                    const struct stepden_den_output *output, const char *json)
{
    const struct stepden_management_container *management =
        &output->denm->management_container;
    struct receivers_event *event =
        find_or_add(receivers, &management->action_id);

    hear_order(receivers, output);
    expect(receivers, management->validity_duration_s > 0, "is never valid",
           output->id);
    switch (output->kind) {
    case STEPDEN_DEN_TRIGGER:
        hear_trigger(receivers, event, output->id);
        break;
    case STEPDEN_DEN_REPETITION:
        hear_again(receivers, event, output->id, json);
        return;
    case STEPDEN_DEN_UPDATE:
    case STEPDEN_DEN_CANCELLATION:
        hear_next(receivers, event, output);
        break;
    }
    hear_sub_cause(event, output);
    remember(receivers, event, management, json);
}

void receivers_negate(struct receivers *receivers,
                      const struct stepden_action_id *action_id)
{
    struct receivers_event *event = find(receivers, action_id);
    if (event)
        event->is_over = true;
}

void receivers_forget(struct receivers *receivers,
                      const struct stepden_action_id *action_id)
{
    struct receivers_event *event = find(receivers, action_id);
    if (!event)
        return;
    event->is_over = true;
    free(event->json);
    event->json = NULL;
}

void receivers_look(struct receivers *receivers)
{
    for (uint32_t i = 0; i < receivers->count; i++) {
        struct receivers_event *event = &receivers->events[i];
        expect(receivers,
               receivers->may_be_late || event->is_over ||
                   event->valid_ms > receivers->true_ms,
               "forgotten by receivers without a cancellation",
               event->json ? event->json : "");
    }
}

void receivers_close(struct receivers *receivers)
{
    for (uint32_t i = 0; i < receivers->count; i++)
        free(receivers->events[i].json);
    memset(receivers, 0, sizeof *receivers);
}
