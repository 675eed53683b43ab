#include "daemon/monitor/live_text.h"

#include <assert.h>
#include <string.h>

#include <stepden/json/writer.h>

#define PUT(writer, literal)                                                   \
    stepden_json_put((writer), (literal), sizeof(literal) - 1)

#define PUT_INTEGER(writer, name, value)                                       \
    (PUT((writer), ",\"" name "\":"),                                          \
     stepden_json_put_integer((writer), (int64_t)(value)))

#define PUT_STRING(writer, name, value)                                        \
    (PUT((writer), ",\"" name "\":"),                                          \
     stepden_json_put_string((writer), (value)))

#define PUT_BOOL(writer, name, value)                                          \
    (PUT((writer), ",\"" name "\":"), stepden_json_put_bool((writer), (value)))

struct live {
    struct stepden_json_writer writer;
    const struct stepden_live_message *message;
};

/* ---- an event ---- */

static void put_place(struct stepden_json_writer *writer, int32_t latitude_e7,
                      int32_t longitude_e7)
{
    PUT(writer, ",\"at\":[");
    stepden_json_put_scaled(writer, latitude_e7, 7);
    PUT(writer, ",");
    stepden_json_put_scaled(writer, longitude_e7, 7);
    PUT(writer, "]");
}

static void put_party(struct stepden_json_writer *writer, uint32_t station_id,
                      uint16_t object_id, const struct stepden_mover *mover)
{
    char *start = writer->at;
    PUT_INTEGER(writer, "station", station_id);
    PUT_INTEGER(writer, "object", object_id);
    if (mover) {
        PUT_INTEGER(writer, "type", mover->station_type);
        put_place(writer, mover->latitude_e7, mover->longitude_e7);
    }
    if (mover && mover->speed_cm_s >= 0)
        PUT_INTEGER(writer, "speed", mover->speed_cm_s);
    if (mover && mover->heading_ddeg >= 0)
        PUT_INTEGER(writer, "heading", mover->heading_ddeg);
    stepden_json_enclose(writer, start, "{}");
}

static void put_parties(struct stepden_json_writer *writer,
                        const struct stepden_sight *sight)
{
    const struct stepden_parties *parties = &sight->parties;
    PUT(writer, ",\"reference\":");
    put_party(writer, parties->reference_station_id,
              parties->reference_object_id,
              sight->has_movers ? &sight->reference : NULL);
    PUT(writer, ",\"target\":");
    put_party(writer, parties->target_station_id, parties->target_object_id,
              sight->has_movers ? &sight->target : NULL);
}

static void put_id(struct stepden_json_writer *writer,
                   const struct stepden_action_id *action_id)
{
    PUT(writer, "\"");
    stepden_json_put_integer(writer, action_id->originating_station_id);
    PUT(writer, ":");
    stepden_json_put_integer(writer, action_id->sequence_number);
    PUT(writer, "\"");
}

static void put_event(void *ctx, const struct stepden_sight *sight)
{
    struct live *live = ctx;
    struct stepden_json_writer *writer = &live->writer;
    int64_t mono_of_its_ms =
        live->message->now.mono_ms - live->message->now.its_ms;
    PUT(writer, ",");
    char *start = writer->at;
    PUT(writer, ",\"id\":");
    put_id(writer, &sight->action_id);
    PUT_INTEGER(writer, "since", sight->trigger_its_ms + mono_of_its_ms);
    PUT_INTEGER(writer, "measured", sight->creation_its_ms + mono_of_its_ms);
    PUT_INTEGER(writer, "sent", sight->sent_mono_ms);
    PUT_INTEGER(writer, "collision", sight->collision_mono_ms);
    PUT_INTEGER(writer, "valid", sight->valid_mono_ms);
    PUT_INTEGER(writer, "subCause", sight->sub_cause);
    put_place(writer, sight->position.latitude_e7,
              sight->position.longitude_e7);
    if (sight->has_distance)
        PUT_INTEGER(writer, "distance", sight->distance_m);
    put_parties(writer, sight);
    stepden_json_enclose(writer, start, "{}");
}

static void put_gone(void *ctx, const struct stepden_action_id *action_id)
{
    struct live *live = ctx;
    PUT(&live->writer, ",");
    put_id(&live->writer, action_id);
}

static void put_events(struct live *live)
{
    const struct stepden_live_message *message = live->message;
    const struct stepden_picture_changes changed = {.changed = put_event,
                                                    .ctx = live};
    const struct stepden_picture_changes gone = {.gone = put_gone, .ctx = live};
    struct stepden_json_writer *writer = &live->writer;

    PUT_INTEGER(writer, "total", message->picture->total);
    PUT(writer, ",\"events\":");
    char *start = writer->at;
    stepden_picture_compare(message->before, message->picture, &changed);
    stepden_json_enclose(writer, start, "[]");

    PUT(writer, ",\"gone\":");
    start = writer->at;
    stepden_picture_compare(message->before, message->picture, &gone);
    stepden_json_enclose(writer, start, "[]");
}

/* ---- the service ---- */

static void put_service(struct stepden_json_writer *writer,
                        const struct stepden_vitals *vitals)
{
    const struct stepden_histogram_bounds *bounds =
        vitals->metrics->latency.bounds;
    PUT(writer, ",\"service\":");
    char *start = writer->at;
    PUT_STRING(writer, "instance", vitals->config->instance_name);
    PUT_STRING(writer, "version", STEPDEN_VERSION);
    PUT_INTEGER(writer, "station", vitals->config->station_id);
    PUT(writer, ",\"latencyBounds\":");
    char *list = writer->at;
    for (size_t i = 0; i < bounds->count; i++) {
        PUT(writer, ",");
        stepden_json_put_integer(writer, bounds->at[i]);
    }
    stepden_json_enclose(writer, list, "[]");
    stepden_json_enclose(writer, start, "{}");
}

static uint64_t rejected(const struct stepden_rejections *rejections)
{
    uint64_t count = 0;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        for (int why = 0; why < STEPDEN_REJECTION_COUNT; why++)
            count += rejections->counts[input][why];
    return count;
}

static void put_counters(struct stepden_json_writer *writer,
                         const struct stepden_vitals *vitals)
{
    const struct stepden_den_counters *den = &vitals->den;
    const struct stepden_histogram *latency = &vitals->metrics->latency;
    PUT_INTEGER(writer, "inputs", stepden_histogram_count(latency));
    PUT_INTEGER(writer, "rejected", rejected(vitals->rejections));
    PUT_INTEGER(writer, "triggers", den->triggers);
    PUT_INTEGER(writer, "updates", den->updates);
    PUT_INTEGER(writer, "cancellations", den->cancellations);
    PUT_INTEGER(writer, "repetitions", den->repetitions);
    PUT_INTEGER(writer, "negations", den->negations);
    PUT(writer, ",\"latency\":");
    char *list = writer->at;
    for (size_t i = 0; i <= latency->bounds->count; i++) {
        PUT(writer, ",");
        stepden_json_put_integer(writer, (int64_t)latency->counts[i]);
    }
    stepden_json_enclose(writer, list, "[]");
}

static int64_t add_known(int64_t sum, int64_t more)
{
    return sum < 0 || more < 0 ? -1 : sum + more;
}

/* Of each: lease, active DENMs, inputs not yet delivered, and pending, both -1
 * if they are not known; and the other instance that owns it, or "". */
static void put_partition(struct stepden_json_writer *writer,
                          const struct stepden_partition_vitals *partition)
{
    int64_t undelivered = 0;
    int64_t pending = 0;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const struct stepden_lag *lag = &partition->lag[input];
        undelivered = add_known(undelivered, lag->undelivered);
        pending = add_known(pending, lag->pending);
    }
    PUT(writer, ",[");
    stepden_json_put_string(
        writer, stepden_vitals_lease_text(stepden_vitals_lease(partition)));
    PUT(writer, ",");
    stepden_json_put_integer(writer, (int64_t)partition->active);
    PUT(writer, ",");
    stepden_json_put_integer(writer, undelivered);
    PUT(writer, ",");
    stepden_json_put_integer(writer, pending);
    PUT(writer, ",");
    stepden_json_put_string(writer, partition->owner);
    PUT(writer, "]");
}

static void put_partitions(struct stepden_json_writer *writer,
                           const struct stepden_vitals *vitals)
{
    PUT(writer, ",\"partitions\":");
    char *start = writer->at;
    for (uint32_t i = 0; i < vitals->partition_count; i++)
        put_partition(writer, &vitals->partitions[i]);
    stepden_json_enclose(writer, start, "[]");
}

/* Each with the number of partitions. */
static void put_reasons(struct stepden_json_writer *writer,
                        const struct stepden_vitals *vitals)
{
    struct stepden_vitals_reasons reasons;
    stepden_vitals_reasons(&reasons, vitals);
    PUT(writer, ",\"reasons\":");
    char *start = writer->at;
    for (uint32_t i = 0; i < reasons.count; i++) {
        const char *text = reasons.item[i].text;
        PUT(writer, ",[");
        stepden_json_put_text(writer, text,
                              strnlen(text, STEPDEN_LIVE_REASON_MAX));
        PUT(writer, ",");
        stepden_json_put_integer(writer, reasons.item[i].partitions);
        PUT(writer, "]");
    }
    stepden_json_enclose(writer, start, "[]");
}

static void put_state(struct stepden_json_writer *writer,
                      const struct stepden_vitals *vitals, int64_t unix_ms)
{
    int64_t last_commit_ms = vitals->metrics->last_commit_unix_ms;
    PUT(writer, ",\"state\":");
    char *start = writer->at;
    PUT_STRING(writer, "lease",
               stepden_vitals_lease_text(stepden_vitals_best_lease(vitals)));
    PUT_INTEGER(writer, "connected", stepden_vitals_count_connected(vitals));
    put_partitions(writer, vitals);
    put_reasons(writer, vitals);
    PUT_INTEGER(writer, "connects", vitals->session.connects);
    PUT_INTEGER(writer, "uptime", unix_ms - vitals->started_unix_ms);
    if (last_commit_ms > 0)
        PUT_INTEGER(writer, "committed", unix_ms - last_commit_ms);
    PUT_INTEGER(writer, "records", vitals->den.reserved);
    PUT_INTEGER(writer, "recordsMax", vitals->records);
    put_counters(writer, vitals);
    stepden_json_enclose(writer, start, "{}");
}

/* ---- a message ---- */

void stepden_live_text_write(char text[STEPDEN_LIVE_TEXT_MAX],
                             const struct stepden_live_message *message)
{
    struct live live = {
        .writer = {.at = text, .end = text + STEPDEN_LIVE_TEXT_MAX},
        .message = message,
    };
    struct stepden_json_writer *writer = &live.writer;
    if (!message->before)
        PUT(writer, "retry: 2000\n");
    PUT(writer, "id: ");
    stepden_json_put_integer(writer, (int64_t)message->number);
    PUT(writer, "\ndata: ");
    char *start = writer->at;
    PUT_INTEGER(writer, "now", message->now.mono_ms);
    if (!message->before)
        put_service(writer, message->vitals);
    put_state(writer, message->vitals, message->unix_ms);
    put_events(&live);
    stepden_json_enclose(writer, start, "{}");
    stepden_json_put(writer, "\n\n", 3);
    assert(!writer->full);
}
