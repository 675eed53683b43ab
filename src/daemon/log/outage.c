#include "daemon/log/outage.h"

#include <errno.h>

#define RETRY_MS 1000
#define SAY_AGAIN_MS 1000
#define TELL_AGAIN_MS 10000

/* 0 is never; a clock that is set back delays nothing. */
static bool is_past(int64_t since_ms, int64_t wait_ms, int64_t unix_ms)
{
    int64_t passed_ms = unix_ms - since_ms;
    return since_ms == 0 || passed_ms < 0 || passed_ms >= wait_ms;
}

bool stepden_log_outage_tries(const struct stepden_log_outage *outage,
                              int64_t unix_ms)
{
    return outage->error == 0 || outage->error == EAGAIN ||
           is_past(outage->tried_ms, RETRY_MS, unix_ms);
}

void stepden_log_outage_note(struct stepden_log_outage *outage, int error,
                             int64_t unix_ms)
{
    outage->error = error;
    outage->tried_ms = unix_ms;
}

void stepden_log_outage_lose(struct stepden_log_outage *outage)
{
    outage->lost++;
    outage->unheard++;
}

bool stepden_log_outage_is_to_say(const struct stepden_log_outage *outage,
                                  int64_t unix_ms)
{
    return (outage->lost > 0 || outage->told) &&
           stepden_log_outage_tries(outage, unix_ms) &&
           is_past(outage->said_ms, SAY_AGAIN_MS, unix_ms);
}

void stepden_log_outage_said(struct stepden_log_outage *outage, int64_t unix_ms)
{
    outage->lost = 0;
    outage->said_ms = unix_ms;
}

enum stepden_log_news stepden_log_outage_news(struct stepden_log_outage *outage,
                                              int64_t unix_ms)
{
    bool fails = outage->error != 0;
    bool resumes = !fails && outage->told;
    bool is_due = is_past(outage->told_ms, TELL_AGAIN_MS, unix_ms) &&
                  (fails ? !outage->told : outage->unheard > 0);
    if (!resumes && !is_due)
        return STEPDEN_LOG_NEWS_NONE;
    if (!resumes)
        outage->told_ms = unix_ms;
    outage->told = fails;
    return fails ? STEPDEN_LOG_NEWS_LOST : STEPDEN_LOG_NEWS_RESUMED;
}

uint64_t stepden_log_outage_take_unheard(struct stepden_log_outage *outage)
{
    uint64_t unheard = outage->unheard;
    outage->unheard = 0;
    return unheard;
}

void stepden_log_outage_hurry(struct stepden_log_outage *outage)
{
    outage->tried_ms = 0;
    outage->said_ms = 0;
    outage->told_ms = 0;
}
