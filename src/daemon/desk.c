#include "daemon/desk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/compare.h"

static void write_labels(struct stepden_desk *desk)
{
    uint32_t partitions = desk->config->redis.partitions;
    for (uint32_t i = 0; i < partitions && partitions > 1; i++)
        sprintf(desk->labels[i], " partition=%" PRIu32, i);
}

struct stepden_desk *stepden_desk_new(const struct stepden_config *config,
                                      struct stepden_log *log)
{
    struct stepden_desk *desk = calloc(1, sizeof *desk);
    if (!desk)
        return NULL;
    desk->config = config;
    desk->log = log;
    desk->gather.log = log;
    desk->gather.partitions = config->redis.partitions;
    write_labels(desk);
    stepden_desk_configure(desk);
    return desk;
}

void stepden_desk_free(struct stepden_desk *desk)
{
    if (!desk)
        return;
    stepden_gather_tell(&desk->gather);
    stepden_desk_tell(desk, INT64_MAX);
    free(desk);
}

void stepden_desk_configure(struct stepden_desk *desk)
{
    stepden_output_init(&desk->output, desk->config);
}

void stepden_desk_tell(struct stepden_desk *desk, int64_t mono_ms)
{
    stepden_fault_tell(&desk->rejections.fault, desk->log,
                       STEPDEN_LOG_LEVEL_WARNING, "input_rejected", mono_ms);
    stepden_fault_tell(&desk->unencoded, desk->log, STEPDEN_LOG_LEVEL_ERROR,
                       "denm_not_encoded", mono_ms);
    stepden_fault_tell(&desk->unrestored, desk->log, STEPDEN_LOG_LEVEL_WARNING,
                       "record_refused", mono_ms);
    stepden_fault_tell(&desk->misrouted, desk->log, STEPDEN_LOG_LEVEL_WARNING,
                       "input_misrouted", mono_ms);
    char text[STEPDEN_REFUSALS_TEXT_MAX];
    if (stepden_refusals_tell(&desk->refusals, text, desk->config, mono_ms))
        STEPDEN_LOG_WARNING(desk->log, "targets_refused %s", text);
}

const char *stepden_desk_label(const struct stepden_desk *desk,
                               uint32_t partition)
{
    return desk->labels[partition];
}

int64_t stepden_desk_due_at(const struct stepden_desk *desk)
{
    const struct stepden_seldom *all[] = {
        &desk->rejections.fault.seldom, &desk->unencoded.seldom,
        &desk->unrestored.seldom,       &desk->misrouted.seldom,
        &desk->refusals.seldom,
    };
    int64_t due_at_mono_ms = INT64_MAX;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        due_at_mono_ms =
            stepden_smaller(due_at_mono_ms, stepden_seldom_due_at(all[i]));
    return due_at_mono_ms;
}
