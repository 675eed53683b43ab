#include <string.h>

#include "redis/session_parts.h"

static const char first_id[] = "0-0";

void stepden_tell_made(struct stepden_session *session, int input,
                       const char *done)
{
    const char *start = session->places[input].start;

    if (strcmp(done, first_id) == 0)
        return;
    if (strcmp(start, first_id) == 0)
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%s: the stream is a new one: it is read from its "
                            "beginning",
                            session->keys.input[input]);
    else
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%s: the consumer group %s was gone: it is made "
                            "again after entry %s",
                            session->keys.input[input],
                            session->keys.group[input], start);
}

/* A stream, and the `ttl` that it is given here. */
struct stream {
    const char *key;
    uint32_t ttl_s;
};

static struct stream stream_of(const struct stepden_session *session,
                               size_t which)
{
    const struct stepden_config_redis_streams *streams =
        &session->config->redis.streams;
    const struct stream all[STEPDEN_STREAM_COUNT] = {
        {session->keys.input[STEPDEN_INPUT_CRASH_PREDICTION],
         streams->inputs.crash_prediction.ttl_s},
        {session->keys.input[STEPDEN_INPUT_CLIENT],
         streams->inputs.client.ttl_s},
        {session->keys.output, streams->outputs.client.ttl_s},
    };

    return all[which];
}

static void take_pttl(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    size_t which = session->ttls++;
    struct stream stream = stream_of(session, which);
    bool lapses = stream.ttl_s == 0 && reply->type == REDIS_REPLY_INTEGER &&
                  reply->integer >= 0;

    if (lapses && !session->lapses[which])
        stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                            "%.160s: the stream has a time to live, and its "
                            "ttl is 0: nobody here renews it, and what it "
                            "holds is gone in %lld s. PERSIST it, or set a ttl",
                            stream.key, reply->integer / 1000);
    session->lapses[which] = lapses;
}

void stepden_tell_lapsing(struct stepden_session *session)
{
    session->ttls = 0;
    for (size_t which = 0; which < STEPDEN_STREAM_COUNT; which++) {
        stepden_link_command(session->commit, 2, take_pttl);
        stepden_link_arg_text(session->commit, "PTTL");
        stepden_link_arg_text(session->commit, stream_of(session, which).key);
    }
}

void stepden_tell_gap(struct stepden_session *session, int input)
{
    const struct stepden_place *place = &session->places[input];
    const char *done = session->memo.done[input];

    if (done[0] == '\0' || !stepden_delivery_is_later(place->last, done) ||
        place->first[0] != '\0' || place->trimmed)
        return;
    stepden_session_say(session, STEPDEN_LOG_LEVEL_ERROR,
                        "%.140s: the entries after %s up to %s are neither "
                        "done here nor pending in the group %.80s: another "
                        "consumer did them, or was deleted with them. Only if "
                        "it was deleted: to have them read, stop all instances "
                        "and XGROUP SETID the group to %s",
                        session->keys.input[input], done, place->last,
                        session->keys.group[input], done);
}
