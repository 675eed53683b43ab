#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum { CLAIM_COUNT = 1000 };

static const char first_id[] = "0-0";

static void set_id(char id[STEPDEN_ID_SIZE], const char *text)
{
    snprintf(id, STEPDEN_ID_SIZE, "%s", text);
}

void stepden_load_begin(struct stepden_session *session)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        struct stepden_place *place = &session->places[input];
        set_id(place->claim, first_id);
        set_id(place->pending, first_id);
        set_id(place->last, first_id);
        set_id(place->start, first_id);
    }
}

static void send_survey(struct stepden_session *session, int input)
{
    stepden_flight_command(session, 3, "XINFO");
    stepden_link_arg_text(session->commit, "STREAM");
    stepden_link_arg_text(session->commit, session->keys.input[input]);
}

static void send_group(struct stepden_session *session, int input)
{
    struct stepden_link *link = session->commit;

    stepden_flight_command(session, 6, "XGROUP");
    stepden_link_arg_text(link, "CREATE");
    stepden_link_arg_text(link, session->keys.input[input]);
    stepden_link_arg_text(link, session->keys.group[input]);
    stepden_link_arg_text(link, session->places[input].start);
    stepden_link_arg_text(link, "MKSTREAM");
    stepden_flight_command(session, 3, "XINFO");
    stepden_link_arg_text(link, "GROUPS");
    stepden_link_arg_text(link, session->keys.input[input]);
}

static void send_claim(struct stepden_session *session, int input)
{
    struct stepden_link *link = session->commit;

    if (session->places[input].claim[0] == '\0')
        return;
    stepden_flight_command(session, 9, "XAUTOCLAIM");
    stepden_link_arg_text(link, session->keys.input[input]);
    stepden_link_arg_text(link, session->keys.group[input]);
    stepden_link_arg_text(link, session->config.instance_name);
    stepden_link_arg_number(link, 0);
    stepden_link_arg_text(link, session->places[input].claim);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, CLAIM_COUNT);
    stepden_link_arg_text(link, "JUSTID");
}

void stepden_load_send(struct stepden_session *session)
{
    stepden_flight_begin(session, STEPDEN_FLIGHT_LOAD);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        if (session->regroup == STEPDEN_REGROUP_SURVEY) {
            send_survey(session, input);
        } else {
            send_group(session, input);
            send_claim(session, input);
        }
    }
    if (!session->loaded) {
        stepden_flight_command(session, 2, "HGETALL");
        stepden_link_arg_text(session->commit, session->keys.records);
    }
    stepden_flight_expire(session, session->keys.lease,
                          session->config.redis.lease.timeout_ms);
    stepden_flight_end(session);
}

/* Where the stream is still the one that was read, its new group goes on where
 * the old one was; in a new stream, if there is one, everything is new. */
static void take_survey(struct stepden_session *session, int input,
                        const redisReply *stream)
{
    struct stepden_place *place = &session->places[input];
    const char *done = place->pending[0] != '\0' ? place->pending : place->last;
    const redisReply *newest =
        stepden_reply_member(stream, "last-generated-id");
    char id[STEPDEN_ID_SIZE];
    bool goes_on = newest != NULL && stepden_delivery_id(id, newest) &&
                   !stepden_delivery_is_later(done, id);

    set_id(place->start, goes_on ? done : first_id);
}

static bool take_group(struct stepden_session *session, int input,
                       const redisReply *created, const redisReply *groups)
{
    struct stepden_place *place = &session->places[input];

    if (!stepden_reply_is(created, "OK") &&
        !stepden_reply_is_error(created, "BUSYGROUP"))
        return false;
    if (!stepden_delivery_last_id(place->last, groups,
                                  session->keys.group[input]))
        return false;
    set_id(place->rung, place->last);
    return true;
}

/* [next id, claimed ids, ids that are gone from the stream] */
static bool take_claim(struct stepden_session *session, int input,
                       const redisReply *claim)
{
    struct stepden_place *place = &session->places[input];

    if (!stepden_reply_is_list(claim) || claim->elements < 2 ||
        !stepden_delivery_id(place->claim, claim->element[0]))
        return false;
    if (claim->elements > 2 && stepden_reply_is_list(claim->element[2]))
        session->counters.trimmed += claim->element[2]->elements;
    if (strcmp(place->claim, first_id) == 0)
        place->claim[0] = '\0';
    return true;
}

static bool take_records(struct stepden_session *session,
                         const redisReply *records)
{
    if (!stepden_reply_is_list(records) || records->elements % 2 != 0)
        return false;
    for (size_t i = 0; i < (size_t)records->elements; i += 2) {
        const redisReply *field = records->element[i];
        const redisReply *value = records->element[i + 1];
        if (!stepden_reply_is_string(field) || !stepden_reply_is_string(value))
            return false;
        session->events.record(session->events.ctx, field->str,
                               (size_t)field->len, value->str,
                               (size_t)value->len);
    }
    session->loaded = true;
    session->events.loaded(session->events.ctx);
    return true;
}

static void give_up(struct stepden_session *session, const redisReply *reply)
{
    char text[160];

    stepden_link_drop(session->commit,
                      stepden_reply_describe(text, sizeof text, reply));
}

static void take_groups(struct stepden_session *session,
                        const redisReply *reply)
{
    size_t at = 0;

    session->regroup = STEPDEN_REGROUP_NOTHING;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const redisReply *created = reply->element[at++];
        const redisReply *groups = reply->element[at++];
        if (!take_group(session, input, created, groups)) {
            give_up(session, created);
            return;
        }
        if (session->places[input].claim[0] == '\0')
            continue;
        const redisReply *claim = reply->element[at++];
        if (!take_claim(session, input, claim)) {
            give_up(session, claim);
            return;
        }
    }
    if (!session->loaded && !take_records(session, reply->element[at]))
        give_up(session, reply->element[at]);
}

void stepden_load_take(struct stepden_session *session, const redisReply *reply)
{
    if (session->regroup != STEPDEN_REGROUP_SURVEY) {
        take_groups(session, reply);
        return;
    }
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        take_survey(session, input, reply->element[input]);
    session->regroup = STEPDEN_REGROUP_CREATE;
}
