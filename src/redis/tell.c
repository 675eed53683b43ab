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

void stepden_tell_gap(struct stepden_session *session, int input)
{
    const struct stepden_place *place = &session->places[input];
    const char *done = session->memo.done[input];

    if (done[0] == '\0' || !stepden_delivery_is_later(place->last, done) ||
        place->first[0] != '\0' || place->trimmed)
        return;
    stepden_session_say(session, STEPDEN_LOG_LEVEL_ERROR,
                        "%.160s: the entries after %s up to %s are neither "
                        "done nor pending in the group %.80s: were they given "
                        "to a consumer that was deleted? To have them read, "
                        "stop all instances and XGROUP SETID the group to %s",
                        session->keys.input[input], done, place->last,
                        session->keys.group[input], done);
}
