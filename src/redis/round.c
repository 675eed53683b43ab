#include "redis/session_parts.h"

static void ask_for_groups(struct stepden_session *session, int input)
{
    stepden_flight_command(session, 3, "XINFO");
    stepden_link_arg_text(session->commit, "GROUPS");
    stepden_link_arg_text(session->commit, session->keys.input[input]);
}

/* Who stands by on this host has the file for a moment at each look. */
static void keep_token(struct stepden_session *session)
{
    struct stepden_tokens left = {0};
    const char *why;

    if (session->state_file != NULL && session->token_file.fd < 0 &&
        stepden_token_file_lock(&session->token_file, session->state_file,
                                &left, &why))
        stepden_token_file_write(&session->token_file, &session->tokens);
}

void stepden_round_send(struct stepden_session *session)
{
    size_t before = session->building->commands;

    if (ev_is_active(&session->round))
        return;
    ev_timer_set(&session->round,
                 session->config->redis.lease.timeout_ms / 4000., 0.);
    ev_timer_start(session->loop, &session->round);
    keep_token(session);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        ask_for_groups(session, input);
    if (stepden_wish_is_possible(session)) {
        stepden_flight_command(session, 2, "GET");
        stepden_link_arg_text(session->commit, session->keys.wish);
    }
    session->building->asides = session->building->commands - before;
}

static int64_t number_of(const redisReply *group, const char *name)
{
    const redisReply *number =
        group != NULL ? stepden_reply_member(group, name) : NULL;

    return number != NULL && number->type == REDIS_REPLY_INTEGER
               ? number->integer
               : -1;
}

struct stepden_lag stepden_round_lag(const redisReply *groups, const char *name)
{
    const redisReply *group = stepden_delivery_group(groups, name);

    return (struct stepden_lag){
        .undelivered = number_of(group, "lag"),
        .pending = number_of(group, "pending"),
    };
}

void stepden_round_take(struct stepden_session *session,
                        redisReply *const *answers, size_t count)
{
    if (count == 0)
        return;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        session->lags[input] =
            stepden_round_lag(answers[input], session->keys.group[input]);
    session->has_lags = true;
    if (count > STEPDEN_INPUT_COUNT)
        stepden_wish_take(session, answers[STEPDEN_INPUT_COUNT]);
}
