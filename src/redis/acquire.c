#include <stdio.h>
#include <string.h>

#include "redis/backoff.h"
#include "redis/server_check.h"
#include "redis/session_parts.h"

enum {
    LAPSE_MARGIN_MS = 20,
    PASSING_MS = 500, /* until what passes is looked at again */
};

static int64_t lease_ms(const struct stepden_session *session)
{
    return session->config->redis.lease.timeout_ms;
}

void stepden_acquire_later(struct stepden_session *session, int64_t pttl_ms)
{
    int64_t wait_ms = stepden_backoff_jitter(lease_ms(session) / 4);

    if (pttl_ms >= 0 && pttl_ms + LAPSE_MARGIN_MS < wait_ms)
        wait_ms = pttl_ms + stepden_backoff_jitter(LAPSE_MARGIN_MS);
    stepden_session_set_timer(session, STEPDEN_TIMER_LOOK, wait_ms);
    if (session->state == STEPDEN_SESSION_STANDBY)
        stepden_standby_listen(session);
}

static void take_lease(struct stepden_session *session)
{
    stepden_tokens_renew(&session->tokens, session->look.seen);
    session->wishes = false;
    stepden_token_file_write(&session->token_file, &session->tokens);
    stepden_flight_begin(session, STEPDEN_FLIGHT_ACQUIRE);
    stepden_flight_command(session, 5, "SET");
    stepden_link_arg_text(session->commit, session->keys.lease);
    stepden_link_arg_text(session->commit, session->tokens.newest);
    stepden_link_arg_text(session->commit, "PX");
    stepden_link_arg_number(session->commit, lease_ms(session));
    stepden_heritage_mark(session);
    if (stepden_wish_is_possible(session)) {
        stepden_wish_clear(session);
        stepden_owner_sign(session);
    }
    stepden_flight_end(session);
}

/* `why` is NULL as usual: a standby on the owner's host waits for its end. */
static void say_state_file(struct stepden_session *session, const char *why)
{
    const char *path = session->state_file;
    enum stepden_log_level usual = stepden_wish_is_possible(session)
                                       ? STEPDEN_LOG_LEVEL_DEBUG
                                       : STEPDEN_LOG_LEVEL_INFO;
    char text[STEPDEN_SAID_SIZE];

    if (why != NULL)
        snprintf(text, sizeof text, "the state file %.200s is not used: %s",
                 path, why);
    else
        snprintf(text, sizeof text,
                 "the state file %.200s is locked by a running instance: it "
                 "is taken when that one ends",
                 path);
    stepden_session_say_once(session, STEPDEN_SAID_STATE_FILE,
                             why != NULL ? STEPDEN_LOG_LEVEL_WARNING : usual,
                             text);
}

/* What the state file says counts for this host's dead predecessor. */
static bool inherited(struct stepden_session *session)
{
    struct stepden_tokens left = {0};
    const char *why = NULL;

    if (session->state_file == NULL)
        return false;
    if (!stepden_token_file_lock(&session->token_file, session->state_file,
                                 &left, &why))
        say_state_file(session, why);
    return stepden_tokens_include(&left, session->look.seen);
}

static bool may_take(struct stepden_session *session)
{
    const struct stepden_look *look = &session->look;
    bool free_or_ours = look->seen[0] == '\0' ||
                        stepden_tokens_include(&session->tokens, look->seen);

    return (inherited(session) || free_or_ours) && !look->seen_other;
}

/* Nothing of ours ends what passes by itself. */
static void look_after_failure(struct stepden_session *session, bool passes,
                               const char *why)
{
    if (stepden_session_is_elsewhere(session))
        stepden_link_drop(session->commit, why);
    else if (passes)
        stepden_session_set_timer(session, STEPDEN_TIMER_LOOK,
                                  stepden_backoff_jitter(PASSING_MS));
    else
        stepden_acquire_later(session, -2);
}

/* Whether there is an obstacle: it is said, and looked at again. */
static bool is_hindered(struct stepden_session *session)
{
    const struct stepden_look *look = &session->look;

    if (look->obstacle[0] == '\0')
        return false;
    session->state = STEPDEN_SESSION_CONNECTING; /* and not a standby */
    stepden_session_say_once(session, STEPDEN_SAID_OBSTACLE,
                             look->passes ? STEPDEN_LOG_LEVEL_WARNING
                                          : STEPDEN_LOG_LEVEL_ERROR,
                             look->obstacle);
    if (look->passes)
        stepden_session_note_refusal(session);
    look_after_failure(session, look->passes, look->obstacle);
    return true;
}

void stepden_acquire_decide(struct stepden_session *session)
{
    if (!is_hindered(session))
        take_lease(session);
}

static void note_unfit(struct stepden_session *session, const char *why)
{
    snprintf(session->look.obstacle, sizeof session->look.obstacle, "%s: %s",
             stepden_link_peer(session->commit), why);
}

static void take_role(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    if (stepden_server_is_replica(reply))
        note_unfit(session, "the server is a replica: connect to its master");
}

static void take_pttl(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    int64_t pttl_ms = reply->type == REDIS_REPLY_INTEGER ? reply->integer : -2;

    if (session->unfit[0] != '\0')
        note_unfit(session, session->unfit);
    if (is_hindered(session))
        return;
    if (!may_take(session))
        stepden_standby_begin(session, pttl_ms);
    else if (stepden_heritage_is_foreign(session))
        stepden_heritage_look(session);
    else
        take_lease(session);
}

static void note_obstacle(struct stepden_session *session, const char *key,
                          const char *text)
{
    struct stepden_look *look = &session->look;
    char advice[320];

    if (look->obstacle[0] == '\0')
        snprintf(look->obstacle, sizeof look->obstacle, "%s: %.120s: %s",
                 stepden_link_peer(stepden_heritage_link(session)), key,
                 stepden_reply_advise(advice, sizeof advice, text));
}

void stepden_acquire_note(struct stepden_session *session, const char *key,
                          const redisReply *reply)
{
    char text[160];

    if (session->look.obstacle[0] == '\0')
        session->look.passes = stepden_reply_is_passing(reply);
    note_obstacle(session, key,
                  stepden_reply_describe(text, sizeof text, reply));
}

/* Without the fence the lease is not taken. */
static void take_watch(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    if (stepden_reply_is_passing(reply))
        stepden_acquire_note(session, session->keys.lease, reply);
    else
        stepden_flight_take_ok(ctx, reply);
}

static void take_seen(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    struct stepden_look *look = &session->look;

    if (stepden_reply_is_nil(reply))
        return;
    if (!stepden_reply_is_string(reply))
        stepden_acquire_note(session, session->keys.lease, reply);
    else if (reply->len == STEPDEN_TOKEN_SIZE - 1)
        memcpy(look->seen, reply->str, STEPDEN_TOKEN_SIZE - 1);
    else
        look->seen_other = true;
}

static void take_rival(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    stepden_wish_read(&session->look.rival, reply);
}

static void take_type(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    struct stepden_key list[STEPDEN_KEY_COUNT];
    char text[160];

    stepden_keys_list(list, &session->keys);
    const struct stepden_key *key = &list[session->look.types++];
    if (stepden_reply_is(reply, "none") || stepden_reply_is(reply, key->type))
        return;
    if (stepden_reply_error(reply) != NULL) {
        stepden_acquire_note(session, key->name, reply);
        return;
    }
    snprintf(text, sizeof text,
             "the key holds a %s, and has to be a %s or absent; looked at "
             "again until it is",
             reply->str, key->type);
    note_obstacle(session, key->name, text);
}

static void ask(struct stepden_session *session, const char *command,
                const char *key, stepden_link_answer *answer)
{
    stepden_link_command(session->commit, 2, answer);
    stepden_link_arg_text(session->commit, command);
    stepden_link_arg_text(session->commit, key);
}

/* In other modes connections find the master. */
static void ask_for_role(struct stepden_session *session)
{
    if (session->config->redis.mode == STEPDEN_CONFIG_REDIS_MODE_STANDALONE)
        ask(session, "INFO", "replication", take_role);
}

void stepden_acquire_look(struct stepden_session *session)
{
    struct stepden_key list[STEPDEN_KEY_COUNT];

    session->look = (struct stepden_look){0};
    ask_for_role(session);
    stepden_link_command(session->commit, 1, stepden_flight_take_ok);
    stepden_link_arg_text(session->commit, "UNWATCH");
    stepden_keys_list(list, &session->keys);
    for (size_t i = 0; i < STEPDEN_KEY_COUNT; i++)
        ask(session, "TYPE", list[i].name, take_type);
    ask(session, "WATCH", session->keys.lease, take_watch);
    ask(session, "GET", session->keys.lease, take_seen);
    if (session->is_split)
        stepden_heritage_ask(session, stepden_heritage_take);
    if (stepden_wish_is_possible(session)) {
        ask(session, "GET", session->keys.wish, take_rival);
        stepden_owner_ask(session);
    }
    ask(session, "PTTL", session->keys.lease, take_pttl);
}

static void say_of_server(struct stepden_session *session,
                          enum stepden_said about, enum stepden_log_level level,
                          const char *note)
{
    char text[STEPDEN_SAID_SIZE] = "";

    if (note[0] != '\0')
        snprintf(text, sizeof text, "%s: %s",
                 stepden_link_peer(session->commit), note);
    stepden_session_say_once(session, about, level, text);
}

static void take_info(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES];

    stepden_server_run_id(session->server, sizeof session->server, reply);
    stepden_server_check_info(notes, reply, session->config->redis.mode);
    for (int i = 0; i < STEPDEN_SERVER_NOTES; i++)
        say_of_server(session, (enum stepden_said)(STEPDEN_SAID_SERVER + i),
                      notes[i].level, notes[i].text);
    stepden_server_check_version(session->unfit, sizeof session->unfit, reply);
}

static void take_timeout(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    char text[256];

    stepden_server_check_timeout(text, sizeof text, reply,
                                 session->config->redis.lease.timeout_ms);
    say_of_server(session, STEPDEN_SAID_TIMEOUT, STEPDEN_LOG_LEVEL_WARNING,
                  text);
}

static void check_server(struct stepden_session *session)
{
    stepden_link_command(session->commit, 1, take_info);
    stepden_link_arg_text(session->commit, "INFO");
    stepden_link_command(session->commit, 3, take_timeout);
    stepden_link_arg_text(session->commit, "CONFIG");
    stepden_link_arg_text(session->commit, "GET");
    stepden_link_arg_text(session->commit, "timeout");
}

void stepden_acquire_begin(struct stepden_session *session)
{
    session->rung[0] = '\0';
    check_server(session);
    stepden_tell_lapsing(session);
    stepden_acquire_look(session);
}

bool stepden_acquire_check(const redisReply *reply)
{
    return stepden_reply_is(reply->element[0], "OK");
}

static void say_refusal(struct stepden_session *session, const char *refusal)
{
    char advice[320];
    char text[STEPDEN_SAID_SIZE];

    snprintf(text, sizeof text, "%s: the lease cannot be taken: %s",
             stepden_link_peer(session->commit),
             stepden_reply_advise(advice, sizeof advice, refusal));
    stepden_session_say_once(session, STEPDEN_SAID_OBSTACLE,
                             STEPDEN_LOG_LEVEL_WARNING, text);
}

void stepden_acquire_settle(struct stepden_session *session, bool ours,
                            const struct stepden_flight *flight)
{
    if (!ours && flight->refusal[0] != '\0') {
        session->state = STEPDEN_SESSION_CONNECTING; /* and not a standby */
        stepden_session_note_refusal(session);
        say_refusal(session, flight->refusal);
    }
    if (!ours && session->stopping) {
        stepden_session_finish(session, STEPDEN_OK);
    } else if (!ours) {
        look_after_failure(session, flight->passes, flight->refusal);
    } else {
        stepden_standby_end(session);
        stepden_link_prove(session->commit);
        stepden_session_say(session, STEPDEN_LOG_LEVEL_INFO,
                            "owner of the streams");
        session->said[STEPDEN_SAID_OBSTACLE][0] = '\0';
        session->unused_leases++;
        session->counters.acquired++;
        session->announced = true;
        if (!session->stopping)
            session->state = STEPDEN_SESSION_LOADING;
        session->events.acquired(session->events.ctx);
        stepden_load_begin(session);
        stepden_session_go_on(session);
    }
}
