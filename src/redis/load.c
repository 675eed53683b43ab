#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

enum { CLAIM_COUNT = 1000, SCAN_COUNT = 1000 };

static const char first_id[] = "0-0";
static const char last_id[] = "18446744073709551615-18446744073709551615";

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
        place->first[0] = '\0';
        place->trimmed = false;
        place->ahead = (struct stepden_ahead){0};
    }
    session->memo = (struct stepden_memo){0};
    session->has_records = false;
    snprintf(session->scan, sizeof session->scan, "0");
    session->load_step = STEPDEN_LOAD_RECORDS;
}

static void send_inquiry(struct stepden_session *session, const char *about,
                         int input)
{
    stepden_flight_command(session, 3, "XINFO");
    stepden_link_arg_text(session->commit, about);
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
    send_inquiry(session, "GROUPS", input);
}

static void send_claim(struct stepden_session *session, int input)
{
    struct stepden_link *link = session->commit;

    if (session->places[input].claim[0] == '\0')
        return;
    stepden_flight_command(session, 9, "XAUTOCLAIM");
    stepden_link_arg_text(link, session->keys.input[input]);
    stepden_link_arg_text(link, session->keys.group[input]);
    stepden_link_arg_text(link, session->config->instance_name);
    stepden_link_arg_number(link, 0);
    stepden_link_arg_text(link, session->places[input].claim);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, CLAIM_COUNT);
    stepden_link_arg_text(link, "JUSTID");
}

static void send_step(struct stepden_session *session, int input)
{
    switch (session->load_step) {
    case STEPDEN_LOAD_NOTHING:
        break;
    case STEPDEN_LOAD_RECORDS:
        send_inquiry(session, "GROUPS", input);
        break;
    case STEPDEN_LOAD_SURVEY:
        send_inquiry(session, "STREAM", input);
        break;
    case STEPDEN_LOAD_GROUPS:
        send_group(session, input);
        send_claim(session, input);
        break;
    }
}

/* A page of the records, as all of them need not fit into one answer. */
static void send_scan(struct stepden_session *session)
{
    struct stepden_link *link = session->commit;

    stepden_flight_command(session, 5, "HSCAN");
    stepden_link_arg_text(link, session->keys.records);
    stepden_link_arg_text(link, session->scan);
    stepden_link_arg_text(link, "COUNT");
    stepden_link_arg_number(link, SCAN_COUNT);
}

void stepden_load_send(struct stepden_session *session)
{
    stepden_flight_begin(session, STEPDEN_FLIGHT_LOAD);
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        send_step(session, input);
    if (session->load_step == STEPDEN_LOAD_RECORDS)
        send_scan(session);
    stepden_flight_expire(session, session->keys.lease,
                          session->config->redis.lease.timeout_ms);
    stepden_flight_end(session);
}

/* What the lost group had given us; nothing of it is open any more. */
static const char *place_done(const struct stepden_session *session, int input)
{
    const struct stepden_place *place = &session->places[input];

    if (session->memo.done[input][0] != '\0')
        return session->memo.done[input];
    return place->pending[0] != '\0' ? place->pending : place->last;
}

/* Where the stream, which has got as far as `newest`, is still the one that was
 * read, its new group goes on where the old one was; in a new stream, if there
 * is one, everything is new. */
static void set_start(struct stepden_session *session, int input,
                      const char *newest)
{
    const char *done = place_done(session, input);
    bool goes_on = !stepden_delivery_is_later(done, newest);

    set_id(session->places[input].start, goes_on ? done : first_id);
}

static void take_survey(struct stepden_session *session, int input,
                        const redisReply *stream)
{
    const redisReply *newest =
        stepden_reply_member(stream, "last-generated-id");
    char id[STEPDEN_ID_SIZE];

    if (newest == NULL || !stepden_delivery_id(id, newest))
        set_id(id, first_id);
    set_start(session, input, id);
}

/* Finds the group, which may be destroyed before it is asked for again. */
static bool find_group(struct stepden_session *session, int input,
                       const redisReply *groups)
{
    struct stepden_place *place = &session->places[input];

    if (!stepden_delivery_last_id(place->last, groups,
                                  session->keys.group[input]))
        return false;
    set_start(session, input, place->last);
    return true;
}

/* Where the stream is a new one, what rang in the old one does not count, and
 * the doorbell, which may have some more of that, is a bell until it is armed
 * again. */
static void note_made(struct stepden_session *session, int input)
{
    struct stepden_place *place = &session->places[input];

    stepden_tell_made(session, input, place_done(session, input));
    if (strcmp(place->start, first_id) != 0)
        return;
    place->ahead = (struct stepden_ahead){0};
    set_id(place->waits, last_id);
}

static bool take_group(struct stepden_session *session, int input,
                       const redisReply *created, const redisReply *groups)
{
    struct stepden_place *place = &session->places[input];

    if (stepden_reply_is(created, "OK"))
        note_made(session, input);
    else if (!stepden_reply_is_error(created, "BUSYGROUP"))
        return false;
    if (!stepden_delivery_last_id(place->last, groups,
                                  session->keys.group[input]))
        return false;
    if (stepden_delivery_is_later(session->memo.done[input], place->last))
        session->memo.done[input][0] = '\0'; /* of another stream */
    set_id(place->rung, place->last);
    return true;
}

/* The first of all that are pending. One that has no room in an answer is
 * rejected without being read. */
static void note_first(struct stepden_session *session, int input,
                       const redisReply *ids)
{
    struct stepden_place *place = &session->places[input];
    const struct stepden_entry entry = {.input = (enum stepden_input)input,
                                        .id = place->first};
    char reason[96];

    if (place->first[0] != '\0' || !stepden_reply_is_list(ids) ||
        ids->elements == 0 ||
        !stepden_delivery_id(place->first, ids->element[0]) ||
        strcmp(place->first, place->too_large) != 0)
        return;
    snprintf(reason, sizeof reason,
             "more than %zu bytes in an answer: it stays in the stream",
             stepden_session_answer_max(session));
    stepden_session_reject_unseen(session, &entry, reason);
    set_id(place->pending, place->first);
}

static void note_trimmed(struct stepden_session *session, int input,
                         size_t count)
{
    session->counters.trimmed += count;
    if (count > 0)
        session->places[input].trimmed = true;
}

/* [next id, claimed ids, ids that are gone from the stream] */
static bool take_claim(struct stepden_session *session, int input,
                       const redisReply *claim)
{
    struct stepden_place *place = &session->places[input];

    if (!stepden_reply_is_list(claim) || claim->elements < 2 ||
        !stepden_delivery_id(place->claim, claim->element[0]))
        return false;
    note_first(session, input, claim->element[1]);
    if (claim->elements > 2 && stepden_reply_is_list(claim->element[2]))
        note_trimmed(session, input, claim->element[2]->elements);
    if (strcmp(place->claim, first_id) == 0) {
        place->claim[0] = '\0';
        stepden_tell_gap(session, input);
    }
    return true;
}

static void say_refused(struct stepden_session *session,
                        const redisReply *field, const redisReply *value)
{
    char text[160];

    stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                        "%s: %s: %s is not what it should be, but %s: it "
                        "counts as missing",
                        stepden_link_peer(session->commit),
                        session->keys.records, field->str,
                        stepden_reply_describe(text, sizeof text, value));
}

static void take_record(struct stepden_session *session,
                        const redisReply *field, const redisReply *value)
{
    switch (stepden_memo_take(&session->memo, &session->keys, field, value)) {
    case STEPDEN_MEMO_OTHER:
        session->has_records = true;
        session->events.record(session->events.ctx, field->str,
                               (size_t)field->len, value->str,
                               (size_t)value->len);
        break;
    case STEPDEN_MEMO_TAKEN:
        break;
    case STEPDEN_MEMO_REFUSED:
        say_refused(session, field, value);
        break;
    }
}

/* [cursor, [field, value, ...]]; the cursor is "0" at the end. */
static bool take_page(struct stepden_session *session, const redisReply *page)
{
    const redisReply *cursor;
    const redisReply *pairs;

    if (!stepden_reply_is_list(page) || page->elements != 2)
        return false;
    cursor = page->element[0];
    pairs = page->element[1];
    if (!stepden_reply_is_string(cursor) || !stepden_reply_is_list(pairs) ||
        (size_t)cursor->len >= sizeof session->scan || pairs->elements % 2 != 0)
        return false;
    for (size_t i = 0; i < (size_t)pairs->elements; i += 2) {
        const redisReply *field = pairs->element[i];
        const redisReply *value = pairs->element[i + 1];
        if (!stepden_reply_is_string(field) || !stepden_reply_is_string(value))
            return false;
        take_record(session, field, value);
    }
    memcpy(session->scan, cursor->str, (size_t)cursor->len + 1);
    return true;
}

/* Whether another server may have seen more than this one holds. */
static bool has_server_changed(const struct stepden_session *session)
{
    const char *kept = session->memo.server;

    return (session->has_records || kept[0] != '\0') &&
           (session->server[0] == '\0' || strcmp(kept, session->server) != 0);
}

static void give_up(struct stepden_session *session, const redisReply *reply)
{
    char text[160];

    stepden_link_drop(session->commit,
                      stepden_reply_describe(text, sizeof text, reply));
}

/* XINFO STREAM answers two entries, too. */
static void skip_survey(struct stepden_session *session)
{
    stepden_session_say(session, STEPDEN_LOG_LEVEL_WARNING,
                        "an input stream has entries too large to look at it: "
                        "it is taken for the one that was read");
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        set_id(session->places[input].start, place_done(session, input));
    session->skips_survey = false;
    session->load_step = STEPDEN_LOAD_GROUPS;
}

/* The groups of both inputs, then a page of the records. */
static void take_step_records(struct stepden_session *session,
                              const redisReply *reply)
{
    const redisReply *page = reply->element[STEPDEN_INPUT_COUNT];

    if (!take_page(session, page)) {
        give_up(session, page);
        return;
    }
    if (strcmp(session->scan, "0") != 0)
        return;
    session->load_step = STEPDEN_LOAD_GROUPS;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        if (!find_group(session, input, reply->element[input]))
            session->load_step = STEPDEN_LOAD_SURVEY;
    if (session->load_step == STEPDEN_LOAD_SURVEY && session->skips_survey)
        skip_survey(session);
    session->loaded = true;
    session->events.loaded(session->events.ctx, has_server_changed(session));
}

static void take_step_survey(struct stepden_session *session,
                             const redisReply *reply)
{
    session->load_step = STEPDEN_LOAD_GROUPS;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        take_survey(session, input, reply->element[input]);
}

/* Of each input: its group made, all groups, the entries claimed if any. */
static void take_step_groups(struct stepden_session *session,
                             const redisReply *reply)
{
    size_t at = 0;

    session->load_step = STEPDEN_LOAD_NOTHING;
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
        if (session->places[input].claim[0] != '\0')
            session->load_step = STEPDEN_LOAD_GROUPS;
    }
}

void stepden_load_take(struct stepden_session *session, const redisReply *reply)
{
    switch (session->load_step) {
    case STEPDEN_LOAD_NOTHING:
        break;
    case STEPDEN_LOAD_RECORDS:
        take_step_records(session, reply);
        break;
    case STEPDEN_LOAD_SURVEY:
        take_step_survey(session, reply);
        break;
    case STEPDEN_LOAD_GROUPS:
        take_step_groups(session, reply);
        break;
    }
}
