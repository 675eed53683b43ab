/* DENMs on their way out of the model. */
#ifndef TESTS_UNIT_DEN_MODEL_SENDING_H
#define TESTS_UNIT_DEN_MODEL_SENDING_H

#include "model.h"

static inline int64_t model_max(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static inline int64_t model_min(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* Rounded up, and at least one. */
static inline int64_t model_seconds(int64_t ms)
{
    return model_max(1, (ms + 999) / 1000);
}

/* Sends a new DENM: a trigger or an update, or the cancellation. */
void model_send_live(struct model *model, struct model_record *record,
                     struct model_message *message,
                     enum stepden_den_reason reason);
void model_send_cancellation(struct model *model, struct model_record *record,
                             enum stepden_den_reason reason);

/* Sends the last one again. */
void model_send_repetition(struct model *model, struct model_record *record);

/* When there are no repetitions any more. */
int64_t model_repeated_until(const struct model *model,
                             const struct model_record *record);

/* The update waits, in place of another. */
void model_hold(struct model_record *record,
                const struct model_message *message);
void model_drop_held(struct model_record *record);
void model_drop_repeated(struct model_record *record);

#endif
