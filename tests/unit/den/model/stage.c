#include "stage.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "inputs.h"

struct stage stage;

void stage_tell(const char *format, ...)
{
    va_list arguments;
    if (!stage.story)
        return;
    va_start(arguments, format);
    vfprintf(stage.story, format, arguments);
    va_end(arguments);
    fputc('\n', stage.story);
}

/* Outputs, as they come */

static void count_output(const struct stepden_den_output *output)
{
    const struct stepden_management_container *management =
        &output->denm->management_container;

    coverage_count(COVERAGE_KINDS + output->kind);
    coverage_count(COVERAGE_REASONS + output->reason);
    if (output->kind != STEPDEN_DEN_CANCELLATION)
        coverage_count(COVERAGE_RULES + output->choice.rule);
    if (output->choice.confirmed > 0)
        coverage_count(COVERAGE_SUB_CAUSE_WAITS);
    if (output->kind == STEPDEN_DEN_REPETITION && management->has_termination)
        coverage_count(COVERAGE_CANCELLATION_REPEATED);
    if (output->kind == STEPDEN_DEN_REPETITION)
        return;
    if (output->kind == STEPDEN_DEN_UPDATE &&
        management->detection_time_its_ms > stage.creation_its_ms)
        coverage_count(COVERAGE_DETECTION_STAYS);
    if (management->reference_time_its_ms > stage.now.its_ms)
        coverage_count(COVERAGE_REFERENCE_AHEAD);
    if (management->action_id.originating_station_id > INPUTS_STATION_ID)
        coverage_count(COVERAGE_SECOND_STATION);
    if (output->kind == STEPDEN_DEN_TRIGGER && stage.sent_count > 0 &&
        management->action_id.sequence_number == 0)
        coverage_count(COVERAGE_SEQUENCE_WRAPS);
}

static void on_sent(void *ctx, const struct stepden_den_output *output,
                    const char *json)
{
    (void)ctx;
    receivers_hear(&stage.receivers, output, json);
    count_output(output);
    if (output->kind == STEPDEN_DEN_REPETITION)
        return;
    stage.sent[stage.sent_count++ % STAGE_SENT_MAX] =
        output->denm->management_container;
}

static void on_skipped(void *ctx, enum stepden_den_skip why)
{
    (void)ctx;
    coverage_count(COVERAGE_SKIPS + why);
}

/* Comparing */

static void differ(const char *what, const char *by_den, const char *by_model)
{
    stage.differs = true;
    stage_tell("DIFFERENCE: %s\n-- the service:\n%s\n-- the model:\n%s", what,
               by_den ? by_den : "(none)", by_model ? by_model : "(none)");
}

static bool same_text(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static void compare_kept(uint32_t number)
{
    const char *by_den = stage.by_den.kept[number];
    const char *by_model = stage.by_model.kept[number];
    if (!same_text(by_den, by_model))
        differ("what is kept", by_den, by_model);
    if (!by_den)
        coverage_count(COVERAGE_FORGOTTEN);
}

static void compare_counters(void)
{
    static const char *const names[] = {
        "arrays",          "triggers",          "updates",
        "cancellations",   "repetitions",       "not_newer",
        "held_off",        "expired",           "held_back",
        "expired_records", "refused_full",      "refused_action_id",
        "negations",       "negations_unknown", "negations_outdated",
        "denms_live",      "misrouted",         "active",
        "reserved",
    };
    const uint64_t *by_den = (const uint64_t *)stepden_den_counters(stage.den);
    const uint64_t *by_model = (const uint64_t *)model_counters(stage.model);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (by_den[i] != by_model[i]) {
            stage.differs = true;
            stage_tell("DIFFERENCE: counter %s: the service has %" PRIu64
                       ", the model %" PRIu64,
                       names[i], by_den[i], by_model[i]);
        }
    }
}

static void count_ends_unsaid(void)
{
    uint64_t now = stepden_den_counters(stage.den)->expired_records;
    if (now > stage.expired_records)
        coverage_count(COVERAGE_ENDS_UNSAID);
    stage.expired_records = now;
}

static void count_misrouted(void)
{
    uint64_t now = stepden_den_counters(stage.den)->misrouted;
    if (now > stage.misrouted)
        coverage_count(COVERAGE_OTHER_PARTITION);
    stage.misrouted = now;
}

/* What both did since the last time, and returned. */
void stage_compare(int64_t by_den, int64_t by_model)
{
    if (stage.by_den.length > 0)
        stage_tell("%.*s", (int)stage.by_den.length - 1, stage.by_den.log);
    if (by_den != by_model) {
        stage.differs = true;
        stage_tell("DIFFERENCE: the service returned %" PRId64
                   ", the model %" PRId64 " (mono %" PRId64 ")",
                   by_den, by_model, stage.now.mono_ms);
    }
    if (stage.by_den.length != stage.by_model.length ||
        (stage.by_den.length > 0 &&
         !same_text(stage.by_den.log, stage.by_model.log)))
        differ("what is sent and skipped", stage.by_den.log,
               stage.by_model.log);
    for (uint32_t i = 0; i < stage.by_den.touched_count; i++)
        compare_kept(stage.by_den.touched[i]);
    for (uint32_t i = 0; i < stage.by_model.touched_count; i++)
        compare_kept(stage.by_model.touched[i]);
    if (stage.by_den.is_idle) {
        stage.differs = true;
        stage_tell("DIFFERENCE: a record is kept again as it was");
    }
    compare_counters();
    count_ends_unsaid();
    count_misrouted();
    if (stage.receivers.complaint[0] != '\0') {
        stage.differs = true;
        stage_tell("RECEIVERS COMPLAIN: %s", stage.receivers.complaint);
    }
    recorder_reset(&stage.by_den);
    recorder_reset(&stage.by_model);
}

void stage_open(void)
{
    struct stepden_den_sink sink = recorder_sink(&stage.by_den);
    struct stepden_diag diag;

    stage.by_den.station_id = INPUTS_STATION_ID;
    stage.by_den.sent = on_sent;
    stage.by_den.skipped = on_skipped;
    stage.by_model.station_id = INPUTS_STATION_ID;
    if (stepden_den_new_partition(&stage.den, &stage.config, stage.partition,
                                  stage.config.redis.partitions, &sink,
                                  &diag) != STEPDEN_OK)
        abort();
    sink = recorder_sink(&stage.by_model);
    stage.model = model_new(&stage.config, stage.partition, &sink);
}

void stage_close(void)
{
    stepden_den_free(stage.den);
    model_free(stage.model);
}
