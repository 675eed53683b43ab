#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum { WISH_SIZE = 20 + 1 + STEPDEN_TOKEN_SIZE };

bool stepden_wish_is_possible(const struct stepden_session *session)
{
    return session->events.wished != NULL;
}

/* ---- who would like to have it ---- */

static void ignore(void *ctx, const redisReply *reply)
{
    (void)ctx;
    (void)reply;
}

/* What passes by itself is not worth a line: it is made again. */
static void take_made(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    char advice[320];
    char text[STEPDEN_SAID_SIZE] = "";

    if (stepden_reply_is_error(reply, "NOPERM"))
        snprintf(text, sizeof text, "%s: no share of the partitions: %s",
                 stepden_link_peer(session->commit),
                 stepden_reply_advise(advice, sizeof advice,
                                      stepden_reply_error(reply)));
    stepden_session_say_once(session, STEPDEN_SAID_WISH,
                             STEPDEN_LOG_LEVEL_WARNING, text);
}

/* It could not be taken over. */
static bool is_of_others(const struct stepden_session *session)
{
    unsigned made_for = session->look.made_for;

    return made_for != 0 && made_for != session->config->redis.partitions;
}

static bool is_worse(const struct stepden_session *session, int64_t rank)
{
    const struct stepden_wish *rival = &session->look.rival;

    return rival->token[0] != '\0' && rank >= rival->rank &&
           strcmp(rival->token, session->tokens.newest) != 0;
}

/* One token for all wishes until the lease is ours: who fulfils one may have
 * read it long ago. */
static void choose_token(struct stepden_session *session)
{
    if (session->wishes)
        return;
    session->wishes = true;
    stepden_tokens_renew(&session->tokens, "");
}

void stepden_wish_make(struct stepden_session *session)
{
    char wish[WISH_SIZE];

    if (!stepden_wish_is_possible(session) || is_of_others(session))
        return;
    int64_t rank = session->events.rank(session->events.ctx);
    if (rank < 0 || is_worse(session, rank))
        return;
    choose_token(session);
    snprintf(wish, sizeof wish, "%" PRId64 " %s", rank, session->tokens.newest);
    stepden_link_command(session->commit, 5, take_made);
    stepden_link_arg_text(session->commit, "SET");
    stepden_link_arg_text(session->commit, session->keys.wish);
    stepden_link_arg_text(session->commit, wish);
    stepden_link_arg_text(session->commit, "PX");
    stepden_link_arg_number(session->commit,
                            session->config->redis.lease.timeout_ms / 2);
}

/* One of somebody else may be there by now: he makes it again. */
void stepden_wish_withdraw(struct stepden_session *session)
{
    if (!session->wishes || !stepden_link_is_up(session->commit))
        return;
    stepden_link_command(session->commit, 2, ignore);
    stepden_link_arg_text(session->commit, "DEL");
    stepden_link_arg_text(session->commit, session->keys.wish);
    stepden_link_flush(session->commit);
}

/* ---- who has it ---- */

void stepden_wish_clear(struct stepden_session *session)
{
    stepden_flight_command(session, 2, "DEL");
    stepden_link_arg_text(session->commit, session->keys.wish);
}

bool stepden_wish_read(struct stepden_wish *wish, const redisReply *reply)
{
    struct stepden_wish read = {0};
    int end = 0;

    *wish = read;
    if (!stepden_reply_is_string(reply) ||
        sscanf(reply->str, "%" SCNd64 " %32[0-9a-f]%n", &read.rank, read.token,
               &end) != 2 ||
        end != (int)reply->len || read.rank < 0 || read.rank > INT32_MAX ||
        strlen(read.token) != STEPDEN_TOKEN_SIZE - 1)
        return false;
    *wish = read;
    return true;
}

void stepden_wish_take(struct stepden_session *session, const redisReply *reply)
{
    struct stepden_wish wish;

    if (session->stopping || session->heir[0] != '\0' ||
        !stepden_wish_read(&wish, reply))
        return;
    if (!session->events.wished(session->events.ctx, wish.rank))
        return;
    memcpy(session->heir, wish.token, sizeof session->heir);
    memcpy(session->tokens.before, wish.token, sizeof wish.token);
}

/* Who has not taken it by then is dead, or as good as: it is ours again, as one
 * of our tokens is his. */
static void wait_for_heir(struct stepden_session *session)
{
    stepden_session_set_timer(session, STEPDEN_TIMER_LOOK,
                              session->config->redis.lease.timeout_ms / 2);
    stepden_standby_listen(session);
}

void stepden_wish_fulfil(struct stepden_session *session)
{
    static const char why[] = "handed over to another instance";

    session->counters.handed_over++;
    if (session->stopping) {
        stepden_session_finish(session, STEPDEN_OK);
        return;
    }
    stepden_session_drop(session);
    session->state = STEPDEN_SESSION_STANDBY;
    wait_for_heir(session);
    stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO, "the streams were %s",
                        why);
    session->events.lost(session->events.ctx, why);
}
