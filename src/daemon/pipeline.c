#include "daemon/pipeline.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/partition.h>

#include "base/compare.h"
#include "base/diag.h"
#include "daemon/bytes_text.h"
#include "daemon/explain.h"
#include "daemon/input.h"
#include "daemon/log/fault.h"
#include "daemon/output.h"
#include "daemon/refusals.h"

enum {
    DUE_MAX = 256,      /* deadlines at once */
    MS_PER_NUMBER = 10, /* of a station */
};

struct stepden_pipeline {
    struct stepden_desk *desk;
    const struct stepden_config *config; /* the desk's */
    struct stepden_log *log;             /* likewise */
    uint32_t partition;
    const char *label; /* of the log: the desk's */
    struct stepden_den *den;
    struct stepden_session *session;

    /* Of the input in work. */
    const char *entry_id;
    enum stepden_status output_status;
    struct stepden_diag output_diag;

    bool lacks_records; /* of ours, since the last clear */
};

/* ---- from the DEN service to Redis ---- */

static size_t write_uper(struct stepden_pipeline *pipeline, const char **value)
{
    const struct stepden_output *output = &pipeline->desk->output;
    *value = pipeline->desk->uper_text;
    switch (pipeline->config->redis.streams.outputs.client.uper) {
    case STEPDEN_CONFIG_REDIS_STREAMS_OUTPUTS_CLIENT_UPER_HEX:
        return stepden_hex_write(pipeline->desk->uper_text, output->uper,
                                 output->uper_size);
    case STEPDEN_CONFIG_REDIS_STREAMS_OUTPUTS_CLIENT_UPER_BASE64:
        return stepden_base64_write(pipeline->desk->uper_text, output->uper,
                                    output->uper_size);
    default:
        *value = (const char *)output->uper;
        return output->uper_size;
    }
}

static void publish(struct stepden_pipeline *pipeline)
{
    const struct stepden_config_redis_streams_outputs_client *stream =
        &pipeline->config->redis.streams.outputs.client;
    struct stepden_redis_field fields[2] = {
        {
            .name = stream->fields.message,
            .name_size = strlen(stream->fields.message),
            .value = pipeline->desk->output.message,
            .value_size = pipeline->desk->output.message_size,
        },
        {
            .name = stream->fields.uper,
            .name_size = strlen(stream->fields.uper),
        },
    };
    fields[1].value_size = write_uper(pipeline, &fields[1].value);
    bool has_uper =
        stream->uper != STEPDEN_CONFIG_REDIS_STREAMS_OUTPUTS_CLIENT_UPER_OFF;
    stepden_session_publish(pipeline->session, fields, has_uper ? 2 : 1);
}

static void send_output(void *ctx, const struct stepden_den_output *den_output)
{
    struct stepden_pipeline *pipeline = ctx;
    const struct stepden_action_id *action_id =
        &den_output->denm->management_container.action_id;
    char id[STEPDEN_EXPLAIN_ID_MAX];
    int entry_size = (int)strcspn(den_output->event_id, "/");
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_output_make(&pipeline->desk->output, den_output, &diag);
    if (status != STEPDEN_OK) {
        STEPDEN_FAULT_NOTE(
            &pipeline->desk->unencoded, pipeline->log, STEPDEN_LOG_LEVEL_ERROR,
            "entry=%.*s action_id=%s id=%s field=%s reason=%s%s", entry_size,
            den_output->event_id, stepden_explain_id(id, action_id),
            den_output->id, STEPDEN_LOG_VALUE(diag.where),
            STEPDEN_LOG_VALUE(diag.reason), pipeline->label);
        pipeline->output_status =
            stepden_diag_set(&pipeline->output_diag, status, diag.where,
                             "DENM %s: %s", den_output->id, diag.reason);
        return;
    }
    publish(pipeline);
    char why[STEPDEN_EXPLAIN_MAX];
    STEPDEN_LOG_DEBUG(
        pipeline->log,
        "denm_sent entry=%.*s action_id=%s id=%s %s json_bytes=%zu"
        " uper_bytes=%zu%s",
        entry_size, den_output->event_id, stepden_explain_id(id, action_id),
        den_output->id, stepden_explain_log(why, den_output),
        pipeline->desk->output.message_size, pipeline->desk->output.uper_size,
        pipeline->label);
}

static void skip_target(void *ctx, const char *event_id,
                        const struct stepden_action_id *action_id,
                        enum stepden_den_skip why)
{
    struct stepden_pipeline *pipeline = ctx;
    char id[STEPDEN_EXPLAIN_ID_MAX];
    STEPDEN_LOG_DEBUG(
        pipeline->log,
        "target_skipped entry=%s action_id=%s event_id=%s reason=\"%s\"%s",
        pipeline->entry_id, stepden_explain_id(id, action_id), event_id,
        stepden_den_skip_text(why), pipeline->label);
    stepden_refusals_note(&pipeline->desk->refusals, why,
                          stepden_den_counters(pipeline->den),
                          stepden_den_numbers(pipeline->den));
}

static void keep_record(void *ctx, const struct stepden_action_id *action_id,
                        const struct stepden_den_record *record)
{
    struct stepden_pipeline *pipeline = ctx;
    char id[STEPDEN_EXPLAIN_ID_MAX];
    const char *field = stepden_explain_id(id, action_id);
    size_t size = stepden_den_record_write(
        pipeline->desk->record, sizeof pipeline->desk->record, record);
    stepden_session_keep(pipeline->session, field, strlen(field),
                         pipeline->desk->record, size);
}

static void forget_record(void *ctx, const struct stepden_action_id *action_id)
{
    struct stepden_pipeline *pipeline = ctx;
    char id[STEPDEN_EXPLAIN_ID_MAX];
    const char *field = stepden_explain_id(id, action_id);
    stepden_session_forget(pipeline->session, field, strlen(field));
}

/* ---- from Redis to the DEN service ---- */

static void take_denm(struct stepden_pipeline *pipeline, struct stepden_now now)
{
    const struct stepden_denm_data *denm = &pipeline->desk->message.denm;
    enum stepden_den_verdict verdict =
        stepden_den_take_denm(pipeline->den, denm, now);
    char id[STEPDEN_EXPLAIN_ID_MAX];
    STEPDEN_LOG_DEBUG(
        pipeline->log, "denm_received entry=%s action_id=%s verdict=%s%s",
        pipeline->entry_id,
        stepden_explain_id(id, &denm->management_container.action_id),
        stepden_den_verdict_text(verdict), pipeline->label);
}

static void note_misrouted(struct stepden_pipeline *pipeline)
{
    const struct stepden_incoming *message = &pipeline->desk->message;
    uint32_t count = pipeline->config->redis.partitions;
    uint32_t belongs_to =
        message->kind == STEPDEN_INCOMING_DENM
            ? stepden_partition_of_action_id(
                  &message->denm.management_container.action_id, count)
            : stepden_partition_of_collisions(&message->collisions, count);
    STEPDEN_FAULT_NOTE(&pipeline->desk->misrouted, pipeline->log,
                       STEPDEN_LOG_LEVEL_WARNING,
                       "entry=%s belongs_to=%" PRIu32 "%s", pipeline->entry_id,
                       belongs_to, pipeline->label);
}

/* Reads the entry and does what it asks for. */
static enum stepden_status take_entry(struct stepden_pipeline *pipeline,
                                      const struct stepden_entry *entry,
                                      struct stepden_now now,
                                      struct stepden_diag *diag)
{
    enum stepden_status status = stepden_incoming_read_entry(
        &pipeline->desk->message, entry, pipeline->config, diag);
    if (status != STEPDEN_OK)
        return status;

    const struct stepden_den_counters *counters =
        stepden_den_counters(pipeline->den);
    uint64_t misrouted = counters->misrouted;
    pipeline->entry_id = entry->id;
    pipeline->output_status = STEPDEN_OK;
    if (pipeline->desk->message.kind == STEPDEN_INCOMING_DENM)
        take_denm(pipeline, now);
    else
        status = stepden_den_take_collisions(
            pipeline->den, &pipeline->desk->message.collisions, entry->id,
            pipeline->desk->message.traceparent, now, diag);
    if (counters->misrouted > misrouted)
        note_misrouted(pipeline);
    return status;
}

static void reject(struct stepden_pipeline *pipeline,
                   const struct stepden_entry *entry,
                   enum stepden_rejection why, const struct stepden_diag *diag)
{
    stepden_rejections_note(&pipeline->desk->rejections, pipeline->log,
                            pipeline->config, entry, pipeline->label, why,
                            diag->where, diag->reason);
    stepden_session_reject(pipeline->session, entry, diag->reason, diag->where);
}

void stepden_pipeline_take(struct stepden_pipeline *pipeline,
                           const struct stepden_entry *entry,
                           struct stepden_now now)
{
    struct stepden_diag diag = {.where = "", .reason = ""};
    enum stepden_status status = take_entry(pipeline, entry, now, &diag);
    if (status != STEPDEN_OK)
        reject(pipeline, entry, stepden_rejection_of(status), &diag);
    else if (pipeline->output_status != STEPDEN_OK)
        reject(pipeline, entry, STEPDEN_REJECTION_NOT_ENCODED,
               &pipeline->output_diag);
    else
        stepden_session_acknowledge(pipeline->session, entry);
    stepden_desk_tell(pipeline->desk, now.mono_ms);
}

void stepden_pipeline_note_rejected(struct stepden_pipeline *pipeline,
                                    const struct stepden_entry *entry,
                                    const char *reason, struct stepden_now now)
{
    stepden_rejections_note(&pipeline->desk->rejections, pipeline->log,
                            pipeline->config, entry, pipeline->label,
                            STEPDEN_REJECTION_TOO_LARGE, "", reason);
    stepden_desk_tell(pipeline->desk, now.mono_ms);
}

/* ---- the interface ---- */

enum stepden_status stepden_pipeline_new(struct stepden_pipeline **result,
                                         struct stepden_desk *desk,
                                         uint32_t partition,
                                         struct stepden_diag *diag)
{
    struct stepden_pipeline *pipeline = calloc(1, sizeof *pipeline);
    if (!pipeline)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "", "no memory");
    struct stepden_den_sink sink = {
        .send = send_output,
        .keep = keep_record,
        .forget = forget_record,
        .skip = skip_target,
        .ctx = pipeline,
    };
    enum stepden_status status =
        stepden_den_new_partition(&pipeline->den, desk->config, partition,
                                  desk->config->redis.partitions, &sink, diag);
    if (status != STEPDEN_OK) {
        free(pipeline);
        return status;
    }
    pipeline->desk = desk;
    pipeline->config = desk->config;
    pipeline->log = desk->log;
    pipeline->partition = partition;
    pipeline->label = stepden_desk_label(desk, partition);
    *result = pipeline;
    return STEPDEN_OK;
}

void stepden_pipeline_free(struct stepden_pipeline *pipeline)
{
    if (!pipeline)
        return;
    stepden_den_free(pipeline->den);
    free(pipeline);
}

void stepden_pipeline_configure(struct stepden_pipeline *pipeline)
{
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_den_configure(pipeline->den, pipeline->config, &diag);
    assert(status == STEPDEN_OK);
    (void)status;
}

void stepden_pipeline_connect(struct stepden_pipeline *pipeline,
                              struct stepden_session *session)
{
    pipeline->session = session;
}

int64_t stepden_pipeline_run(struct stepden_pipeline *pipeline,
                             struct stepden_now now)
{
    stepden_desk_tell(pipeline->desk, now.mono_ms);
    return stepden_smaller(stepden_den_run_some(pipeline->den, now, DUE_MAX),
                           stepden_desk_due_at(pipeline->desk));
}

void stepden_pipeline_clear(struct stepden_pipeline *pipeline)
{
    stepden_den_clear(pipeline->den);
    pipeline->lacks_records = false;
}

void stepden_pipeline_restore(struct stepden_pipeline *pipeline,
                              const char *field, size_t field_size,
                              const char *value, size_t value_size,
                              struct stepden_now now)
{
    const struct stepden_config *config = pipeline->config;
    struct stepden_action_id action_id = {0};
    struct stepden_den_record record;
    struct stepden_diag diag;
    bool is_id = stepden_explain_read_id(&action_id, field, field_size);
    enum stepden_status status =
        is_id ? stepden_den_record_read(&record, value, value_size, &diag)
              : stepden_diag_set(&diag, STEPDEN_ERR_INVALID, "",
                                 "the field is no action id like 4711:0");
    if (status == STEPDEN_OK)
        status =
            stepden_den_restore(pipeline->den, &action_id, &record, now, &diag);
    if (status == STEPDEN_OK)
        return;
    if (is_id && action_id.originating_station_id - config->station_id <
                     config->station_id_count)
        pipeline->lacks_records = true;
    STEPDEN_FAULT_NOTE(
        &pipeline->desk->unrestored, pipeline->log, STEPDEN_LOG_LEVEL_WARNING,
        "action_id=%s pointer=%s reason=%s%s",
        STEPDEN_LOG_VALUE_OF(field, field_size), STEPDEN_LOG_VALUE(diag.where),
        STEPDEN_LOG_VALUE(diag.reason), pipeline->label);
}

static void skip_numbers(struct stepden_pipeline *pipeline, uint32_t count,
                         const char *reason)
{
    STEPDEN_GATHER_NOTE(&pipeline->desk->gather, pipeline->partition,
                        STEPDEN_LOG_LEVEL_INFO, "numbers_skipped", "count",
                        count, "reason=\"%s\"", reason);
    stepden_den_skip_numbers(pipeline->den, count);
}

/* The clock goes through the numbers faster than most services do: what began
 * earlier, at the clock's number of then, has not come as far as it has now. */
void stepden_pipeline_begin(struct stepden_pipeline *pipeline,
                            bool server_changed, struct stepden_now now)
{
    const struct stepden_den_counters *counters =
        stepden_den_counters(pipeline->den);
    uint32_t total = stepden_den_numbers(pipeline->den);
    int64_t ms_per_number = MS_PER_NUMBER * pipeline->config->redis.partitions;
    uint32_t enough = total / 8 * 3; /* eight in a row until it is the same */

    if (server_changed)
        skip_numbers(pipeline, enough,
                     "Redis was restarted or replaced: its records may be "
                     "older than what was sent");
    else if (counters->reserved == 0 && counters->triggers == 0)
        skip_numbers(pipeline, (uint32_t)(now.its_ms / ms_per_number % total),
                     "no records tell where to go on: the clock does");
    else if (pipeline->lacks_records)
        skip_numbers(pipeline, enough,
                     "a record cannot be used: it may be the latest");
}

uint32_t stepden_pipeline_numbers(const struct stepden_pipeline *pipeline)
{
    return stepden_den_numbers(pipeline->den);
}

const struct stepden_den_counters *
stepden_pipeline_counters(const struct stepden_pipeline *pipeline)
{
    return stepden_den_counters(pipeline->den);
}

void stepden_pipeline_each_event(const struct stepden_pipeline *pipeline,
                                 stepden_sight_see *see, void *ctx)
{
    stepden_sight_each(pipeline->den, see, ctx);
}
