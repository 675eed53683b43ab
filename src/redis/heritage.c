#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum { SCAN_COUNT = 1000 };

/* Without a number they are one service's without partitions, if there are
 * any. */
bool stepden_heritage_is_foreign(const struct stepden_session *session)
{
    unsigned own = session->config->redis.partitions;
    unsigned made_for = session->look.made_for;

    return session->is_split && made_for != own && (made_for != 0 || own != 1);
}

/* What is looked at. */
static const struct stepden_keys *keys_of(const struct stepden_session *session)
{
    return session->orphan != NULL ? &session->orphan->keys : &session->keys;
}

struct stepden_link *
stepden_heritage_link(const struct stepden_session *session)
{
    return session->orphan != NULL ? session->orphan->link : session->commit;
}

static void hinder(struct stepden_session *session, const char *what)
{
    struct stepden_look *look = &session->look;
    unsigned own = session->config->redis.partitions;
    unsigned made_for = look->made_for > 0 ? look->made_for : 1;

    if (look->obstacle[0] == '\0')
        snprintf(look->obstacle, sizeof look->obstacle,
                 "%s: %.100s: left by a service with redis.partitions %u, not "
                 "%u, with %s: stop the producers, let one with %u run until "
                 "all its partitions are done (docs/scale.md)",
                 stepden_link_peer(stepden_heritage_link(session)),
                 keys_of(session)->records, made_for, own, what, made_for);
}

static bool is_missing(const redisReply *stream)
{
    return strcmp(stepden_reply_error(stream), "ERR no such key") == 0;
}

static void take_groups(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    struct stepden_look *look = &session->look;
    size_t input = look->groups++;
    const struct stepden_keys *keys = keys_of(session);
    const char *group = keys->group[input];
    struct stepden_lag lag = stepden_round_lag(reply, group);

    if (stepden_reply_error(reply) != NULL && !is_missing(reply))
        stepden_acquire_note(session, keys->input[input], reply);
    else if (stepden_delivery_group(reply, group) != NULL &&
             (lag.pending != 0 || lag.undelivered != 0))
        look->has_inputs = true;
}

static void note_fields(struct stepden_session *session,
                        const redisReply *pairs)
{
    struct stepden_look *look = &session->look;
    struct stepden_memo memo = {0};

    for (size_t i = 0; i + 1 < (size_t)pairs->elements; i += 2) {
        look->has_fields = true;
        if (stepden_memo_take(&memo, keys_of(session), pairs->element[i],
                              pairs->element[i + 1]) == STEPDEN_MEMO_OTHER)
            look->has_record = true;
    }
}

void stepden_heritage_ask(struct stepden_session *session,
                          stepden_link_answer *answer)
{
    stepden_link_command(session->commit, 3, answer);
    stepden_link_arg_text(session->commit, "HGET");
    stepden_link_arg_text(session->commit, session->keys.records);
    stepden_link_arg_text(session->commit, STEPDEN_MEMO_PARTITIONS_FIELD);
}

void stepden_heritage_take(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    if (stepden_reply_error(reply) != NULL)
        stepden_acquire_note(session, session->keys.records, reply);
    session->look.made_for = stepden_memo_partitions(reply);
}

static void hinder_if_left(struct stepden_session *session)
{
    const struct stepden_look *look = &session->look;

    if (look->has_record)
        hinder(session, "live events");
    else if (look->has_fields && look->has_inputs)
        hinder(session, "inputs that are not done");
}

/* Asked again: what was found may be of somebody who has begun meanwhile. */
static void judge(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;

    stepden_heritage_take(session, reply);
    if (stepden_heritage_is_foreign(session)) {
        hinder_if_left(session);
        if (session->look.obstacle[0] == '\0' && stepden_orphan_next(session))
            return;
    }
    stepden_orphan_end(session);
    stepden_acquire_decide(session);
}

static void conclude(struct stepden_session *session)
{
    stepden_orphan_close(session);
    stepden_heritage_ask(session, judge);
}

static void send_scan(struct stepden_session *session);

/* [cursor, [field, value, ...]]; nothing at all is nobody's. */
static void take_page(void *ctx, const redisReply *reply)
{
    struct stepden_session *session = ctx;
    const struct stepden_look *look = &session->look;

    if (!stepden_reply_is_list(reply) || reply->elements != 2 ||
        !stepden_reply_is_string(reply->element[0]) ||
        !stepden_reply_is_list(reply->element[1])) {
        stepden_acquire_note(session, keys_of(session)->records, reply);
        conclude(session);
        return;
    }
    note_fields(session, reply->element[1]);
    if (look->has_record || stepden_reply_is(reply->element[0], "0")) {
        conclude(session);
        return;
    }
    snprintf(session->scan, sizeof session->scan, "%s", reply->element[0]->str);
    send_scan(session);
}

static void send_scan(struct stepden_session *session)
{
    struct stepden_link *link = stepden_heritage_link(session);

    stepden_link_command(link, 5, take_page);
    stepden_link_arg_text(link, "HSCAN");
    stepden_link_arg_text(link, keys_of(session)->records);
    stepden_link_arg_text(link, session->scan);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, SCAN_COUNT);
}

void stepden_heritage_look(struct stepden_session *session)
{
    struct stepden_look *look = &session->look;
    struct stepden_link *link = stepden_heritage_link(session);

    look->groups = 0;
    look->has_inputs = look->has_fields = look->has_record = false;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        stepden_link_command(link, 3, take_groups);
        stepden_link_arg_text(link, "XINFO");
        stepden_link_arg_text(link, "GROUPS");
        stepden_link_arg_text(link, keys_of(session)->input[input]);
    }
    snprintf(session->scan, sizeof session->scan, "0");
    send_scan(session);
}

void stepden_heritage_mark(struct stepden_session *session)
{
    if (!session->is_split)
        return;
    stepden_flight_command(session, 4, "HSET");
    stepden_link_arg_text(session->commit, session->keys.records);
    stepden_link_arg_text(session->commit, STEPDEN_MEMO_PARTITIONS_FIELD);
    stepden_link_arg_number(session->commit, session->config->redis.partitions);
}
