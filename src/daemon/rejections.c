#include "daemon/rejections.h"

#include <string.h>

const char *stepden_rejection_text(enum stepden_rejection why)
{
    static const char *const texts[STEPDEN_REJECTION_COUNT] = {
        [STEPDEN_REJECTION_SYNTAX] = "syntax",
        [STEPDEN_REJECTION_RANGE] = "range",
        [STEPDEN_REJECTION_INVALID] = "invalid",
        [STEPDEN_REJECTION_TOO_LARGE] = "too_large",
        [STEPDEN_REJECTION_NOT_ENCODED] = "not_encoded",
    };
    return texts[why];
}

enum stepden_rejection stepden_rejection_of(enum stepden_status status)
{
    if (status == STEPDEN_ERR_SYNTAX || status == STEPDEN_ERR_TRUNCATED)
        return STEPDEN_REJECTION_SYNTAX;
    return status == STEPDEN_ERR_RANGE ? STEPDEN_REJECTION_RANGE
                                       : STEPDEN_REJECTION_INVALID;
}

static const char *stream_of(const struct stepden_config *config,
                             enum stepden_input input)
{
    return input == STEPDEN_INPUT_CLIENT
               ? config->redis.streams.inputs.client.stream_id
               : config->redis.streams.inputs.crash_prediction.stream_id;
}

void stepden_rejections_note(struct stepden_rejections *rejections,
                             struct stepden_log *log,
                             const struct stepden_config *config,
                             const struct stepden_entry *entry,
                             const char *label, enum stepden_rejection why,
                             const char *pointer, const char *reason)
{
    rejections->counts[entry->input][why]++;
    STEPDEN_FAULT_NOTE(&rejections->fault, log, STEPDEN_LOG_LEVEL_WARNING,
                       "entry=%s stream=%s pointer=%s reason=%s%s", entry->id,
                       STEPDEN_LOG_VALUE(stream_of(config, entry->input)),
                       STEPDEN_LOG_VALUE(pointer), STEPDEN_LOG_VALUE(reason),
                       label);
    STEPDEN_LOG_DEBUG(log, "entry_rejected %s", rejections->fault.words);
}
