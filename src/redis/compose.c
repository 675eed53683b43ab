#include <string.h>

#include "redis/session_parts.h"

void stepden_session_publish(struct stepden_session *session,
                             const struct stepden_redis_field *fields,
                             size_t field_count)
{
    if (session->loaded)
        stepden_batch_publish(
            &session->open, &session->keys,
            session->config->redis.streams.outputs.client.max_length, fields,
            field_count);
}

/* Together with the first record that this server gets from us: until then a
 * successor has to know that it holds those of another one. */
static void keep_server(struct stepden_session *session)
{
    if (strcmp(session->memo.server, session->server) == 0)
        return;
    memcpy(session->memo.server, session->server, sizeof session->server);
    stepden_batch_keep(&session->open, &session->keys,
                       STEPDEN_MEMO_SERVER_FIELD,
                       strlen(STEPDEN_MEMO_SERVER_FIELD), session->server,
                       strlen(session->server));
}

void stepden_session_keep(struct stepden_session *session, const char *field,
                          size_t field_size, const char *value,
                          size_t value_size)
{
    if (!session->loaded)
        return;
    keep_server(session);
    stepden_batch_keep(&session->open, &session->keys, field, field_size, value,
                       value_size);
}

void stepden_session_forget(struct stepden_session *session, const char *field,
                            size_t field_size)
{
    if (session->loaded)
        stepden_batch_forget(&session->open, &session->keys, field, field_size);
}

void stepden_session_acknowledge(struct stepden_session *session,
                                 const struct stepden_entry *entry)
{
    if (session->loaded)
        stepden_batch_acknowledge(&session->open, &session->keys, entry->input,
                                  entry->id);
}

void stepden_session_reject(struct stepden_session *session,
                            const struct stepden_entry *entry,
                            const char *reason, const char *pointer)
{
    if (session->loaded)
        stepden_batch_reject(&session->open, &session->keys, entry, reason,
                             pointer);
}

void stepden_session_reject_unseen(struct stepden_session *session,
                                   const struct stepden_entry *entry,
                                   const char *reason)
{
    session->events.rejected(session->events.ctx, entry, reason);
    stepden_session_reject(session, entry, reason, "");
}
