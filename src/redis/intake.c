#include <stdio.h>
#include <string.h>

#include "redis/session_parts.h"

static void deliver_entry(struct stepden_session *session,
                          const struct stepden_entry *entry)
{
    char reason[96];

    session->open.bytes_read += session->fields.bytes;
    if (session->fields.bytes <=
        session->config->redis.limits.max_entry_bytes) {
        session->events.entry(session->events.ctx, entry);
        return;
    }
    snprintf(reason, sizeof reason, "%zu bytes; at most %lu are allowed",
             session->fields.bytes,
             (unsigned long)session->config->redis.limits.max_entry_bytes);
    stepden_session_reject_unseen(session, entry, reason);
}

/* The group gave this one, and nothing before it is to come any more. True if
 * the doorbell had brought it. */
static bool was_ahead(struct stepden_ahead *ahead, const char *id)
{
    bool is_beyond = stepden_delivery_is_later(id, ahead->until);
    bool was = !is_beyond && stepden_delivery_is_later(id, ahead->from);

    if (is_beyond || strcmp(id, ahead->until) == 0)
        ahead->until[0] = '\0';
    return was;
}

/* One that the doorbell had brought is done: its fetch comes with its
 * acknowledgement. Given later, as the group was set back, it needs another. */
static bool deliver_new(struct stepden_session *session,
                        struct stepden_entry *entry, bool is_fetch)
{
    if (!was_ahead(&session->places[entry->input].ahead, entry->id)) {
        entry->fields = session->fields.items;
        entry->field_count = session->fields.count;
        deliver_entry(session, entry);
        return true;
    }
    if (is_fetch)
        return false;
    stepden_batch_acknowledge_again(&session->open, &session->keys,
                                    entry->input, entry->id);
    return true;
}

static bool deliver(struct stepden_session *session, int input,
                    const redisReply *reply, bool is_fetch)
{
    struct stepden_place *place = &session->places[input];
    char id[STEPDEN_ID_SIZE];
    struct stepden_entry entry = {.input = (enum stepden_input)input, .id = id};
    bool is_new = true;

    switch (stepden_delivery_read(id, &session->fields, reply)) {
    case STEPDEN_DELIVERY_ENTRY:
        is_new = deliver_new(session, &entry, is_fetch);
        break;
    case STEPDEN_DELIVERY_TRIMMED:
        stepden_batch_drop_trimmed(&session->open, &session->keys, entry.input,
                                   id);
        break;
    case STEPDEN_DELIVERY_BROKEN:
        stepden_link_drop(session->commit, "an entry that is none");
        return false;
    }
    if (place->pending[0] != '\0') {
        memcpy(place->pending, id, sizeof id);
    } else {
        memcpy(place->last, id, sizeof id);
        memcpy(place->rung, id, sizeof id);
    }
    return is_new;
}

/* The entries of one input; NULL if there are none. */
static const redisReply *entries_of(const struct stepden_session *session,
                                    int input, const redisReply *reply)
{
    const redisReply *entries =
        stepden_delivery_stream(reply, session->keys.input[input]);

    return entries != NULL && stepden_reply_is_list(entries) &&
                   entries->elements > 0
               ? entries
               : NULL;
}

bool stepden_intake_read(struct stepden_session *session, int input,
                         const redisReply *reply, bool is_fetch)
{
    struct stepden_place *place = &session->places[input];
    const redisReply *entries = entries_of(session, input, reply);
    bool has_new = false;

    if (entries == NULL) {
        place->pending[0] = '\0';
        if (stepden_session_reads_new(session))
            session->one_by_one = false;
        return false;
    }
    for (size_t i = 0; i < (size_t)entries->elements && session->announced; i++)
        if (deliver(session, input, entries->element[i], is_fetch))
            has_new = true;
    return has_new;
}

/*
 * Whether what rang is what the group gives next: it follows what was given
 * last in the same server, and the group gave all that rang before. Where it
 * did not, somebody else moved it, or took something away, and it is asked
 * first.
 */
static bool is_next(const struct stepden_session *session, int input)
{
    const struct stepden_place *place = &session->places[input];

    return session->bell_is_here && stepden_session_may_read(session) &&
           stepden_session_reads_new(session) && !session->one_by_one &&
           place->ahead.until[0] == '\0' &&
           !stepden_delivery_is_later(place->waits, place->last);
}

/* An entry that rang does not ring again, even if the group does not give it
 * to us. */
static void note_rung(struct stepden_place *place, const redisReply *entry)
{
    char id[STEPDEN_ID_SIZE];

    if (stepden_reply_is_list(entry) && entry->elements > 0 &&
        stepden_delivery_id(id, entry->element[0]) &&
        stepden_delivery_is_later(id, place->rung))
        memcpy(place->rung, id, sizeof id);
}

/* False if it cannot be taken. */
static bool take_rung(struct stepden_session *session, int input,
                      const redisReply *reply)
{
    struct stepden_place *place = &session->places[input];
    char id[STEPDEN_ID_SIZE];

    if (stepden_delivery_read(id, &session->fields, reply) !=
        STEPDEN_DELIVERY_ENTRY)
        return false;
    if (!stepden_delivery_is_later(id, place->last))
        return true;
    const struct stepden_entry entry = {
        .input = (enum stepden_input)input,
        .id = id,
        .fields = session->fields.items,
        .field_count = session->fields.count,
    };
    memcpy(place->ahead.until, id, sizeof id);
    memcpy(place->last, id, sizeof id);
    session->open.fetches[input]++;
    deliver_entry(session, &entry);
    return true;
}

/* What cannot be taken, and what follows it, is left to be read. */
static bool take_all_rung(struct stepden_session *session, int input,
                          const redisReply *entries)
{
    struct stepden_place *place = &session->places[input];
    const size_t *taken = &session->open.fetches[input];

    memcpy(place->ahead.from, place->last, STEPDEN_ID_SIZE);
    for (size_t i = 0; i < (size_t)entries->elements; i++)
        if (*taken == STEPDEN_RING_COUNT ||
            !take_rung(session, input, entries->element[i]))
            return false;
    return true;
}

/* Whether there may be more than what rang. */
static bool is_any_full(const struct stepden_session *session,
                        const redisReply *reply)
{
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const redisReply *entries = entries_of(session, input, reply);
        if (entries != NULL &&
            entries->elements >= stepden_doorbell_count(session))
            return true;
    }
    return false;
}

void stepden_intake_ring(struct stepden_session *session,
                         const redisReply *reply)
{
    bool is_behind = is_any_full(session, reply);
    bool takes = !is_behind || stepden_turn_take(&session->turn);

    session->settling = true;
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
        const redisReply *entries = entries_of(session, input, reply);
        if (entries == NULL)
            continue;
        if (!takes || !is_next(session, input) ||
            !take_all_rung(session, input, entries))
            is_behind = true;
        note_rung(&session->places[input],
                  entries->element[entries->elements - 1]);
    }
    if (stepden_batch_fetches(&session->open) > 0)
        session->events.batch_end(session->events.ctx);
    session->settling = false;
    if (is_behind)
        session->read_on = session->is_behind = true;
}
