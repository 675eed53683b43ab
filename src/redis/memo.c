#include "redis/memo.h"

#include <string.h>

const char *const stepden_memo_done_fields[STEPDEN_INPUT_COUNT] = {
    [STEPDEN_INPUT_CRASH_PREDICTION] = "read:crash_prediction",
    [STEPDEN_INPUT_CLIENT] = "read:client",
};

static enum stepden_memo_field take_server(struct stepden_memo *memo,
                                           const redisReply *value)
{
    if ((size_t)value->len >= STEPDEN_RUN_ID_SIZE)
        return STEPDEN_MEMO_REFUSED;
    memcpy(memo->server, value->str, (size_t)value->len);
    memo->server[value->len] = '\0';
    return STEPDEN_MEMO_TAKEN;
}

enum stepden_memo_field stepden_memo_take(struct stepden_memo *memo,
                                          const redisReply *field,
                                          const redisReply *value)
{
    if (stepden_reply_is(field, STEPDEN_MEMO_SERVER_FIELD))
        return take_server(memo, value);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (stepden_reply_is(field, stepden_memo_done_fields[input]))
            return stepden_delivery_id(memo->done[input], value)
                       ? STEPDEN_MEMO_TAKEN
                       : STEPDEN_MEMO_REFUSED;
    return STEPDEN_MEMO_OTHER;
}
