#include "redis/session_parts.h"

enum stepden_session_state
stepden_session_state(const struct stepden_session *session)
{
    return session->state;
}

bool stepden_session_is_connected(const struct stepden_session *session)
{
    return stepden_link_is_up(session->commit);
}

const char *stepden_session_obstacle(const struct stepden_session *session)
{
    if (session->refusals > 0)
        return "Redis refuses transactions";
    if (session->state != STEPDEN_SESSION_CONNECTING ||
        !stepden_link_is_up(session->commit))
        return "";
    return session->said[STEPDEN_SAID_OBSTACLE];
}

const char *stepden_session_owner(const struct stepden_session *session)
{
    return session->state == STEPDEN_SESSION_STANDBY ? session->owner : "";
}

struct stepden_lag stepden_session_lag(const struct stepden_session *session,
                                       enum stepden_input input)
{
    const struct stepden_lag unknown = {-1, -1};

    return session->has_lags ? session->lags[input] : unknown;
}

const struct stepden_session_counters *
stepden_session_counters(const struct stepden_session *session)
{
    return &session->counters;
}
