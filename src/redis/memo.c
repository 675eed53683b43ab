#include "redis/memo.h"

#include <stdlib.h>
#include <string.h>

static enum stepden_memo_field take_server(struct stepden_memo *memo,
                                           const redisReply *value)
{
    if ((size_t)value->len >= STEPDEN_RUN_ID_SIZE)
        return STEPDEN_MEMO_REFUSED;
    memcpy(memo->server, value->str, (size_t)value->len);
    memo->server[value->len] = '\0';
    return STEPDEN_MEMO_TAKEN;
}

static enum stepden_memo_field take_done(struct stepden_memo *memo,
                                         const struct stepden_keys *keys,
                                         const redisReply *field,
                                         const redisReply *value)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (stepden_reply_is(field, keys->done[input]) &&
            !stepden_delivery_id(memo->done[input], value))
            return STEPDEN_MEMO_REFUSED;
    return STEPDEN_MEMO_TAKEN;
}

unsigned stepden_memo_partitions(const redisReply *value)
{
    if (!stepden_reply_is_string(value) || value->len > 4 ||
        strspn(value->str, "0123456789") != (size_t)value->len)
        return 0;
    return (unsigned)strtoul(value->str, NULL, 10);
}

enum stepden_memo_field stepden_memo_take(struct stepden_memo *memo,
                                          const struct stepden_keys *keys,
                                          const redisReply *field,
                                          const redisReply *value)
{
    if (stepden_reply_is(field, STEPDEN_MEMO_SERVER_FIELD))
        return take_server(memo, value);
    if (stepden_reply_is(field, STEPDEN_MEMO_PARTITIONS_FIELD) ||
        stepden_reply_is(field, STEPDEN_MEMO_OWNER_FIELD))
        return STEPDEN_MEMO_TAKEN;
    if (strncmp(field->str, STEPDEN_KEYS_DONE, strlen(STEPDEN_KEYS_DONE)) == 0)
        return take_done(memo, keys, field, value);
    return STEPDEN_MEMO_OTHER;
}
