#include <string.h>

#include "base/utf8.h"
#include "redis/session_parts.h"

/* Anybody may have written it: it goes to where people read it. */
static bool is_name(const redisReply *reply, size_t size_max)
{
    const uint8_t *at = (const uint8_t *)reply->str;
    size_t left = (size_t)reply->len;

    if (!stepden_reply_is_string(reply) || left > size_max)
        return false;
    while (left > 0) {
        size_t size = stepden_utf8_size(at, left);
        if (size == 0 || stepden_utf8_is_control(at, size))
            return false;
        at += size;
        left -= size;
    }
    return true;
}

static void take_owner(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    if (is_name(reply, sizeof session->owner - 1))
        memcpy(session->owner, reply->str, (size_t)reply->len + 1);
    else
        session->owner[0] = '\0';
}

void stepden_owner_ask(struct stepden_session *session)
{
    stepden_link_command(session->commit, 3, take_owner);
    stepden_link_arg_text(session->commit, "HGET");
    stepden_link_arg_text(session->commit, session->keys.records);
    stepden_link_arg_text(session->commit, STEPDEN_MEMO_OWNER_FIELD);
}

/* Until the next look nobody else is known. */
void stepden_owner_sign(struct stepden_session *session)
{
    session->owner[0] = '\0';
    stepden_flight_command(session, 4, "HSET");
    stepden_link_arg_text(session->commit, session->keys.records);
    stepden_link_arg_text(session->commit, STEPDEN_MEMO_OWNER_FIELD);
    stepden_link_arg_text(session->commit, session->config->instance_name);
}
