/* What is lost of what the log writes to one place, and what was told of it. */
#ifndef STEPDEN_DAEMON_LOG_OUTAGE_H
#define STEPDEN_DAEMON_LOG_OUTAGE_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: it has always worked. Times are POSIX milliseconds. */
struct stepden_log_outage {
    int error;        /* errno of the last try, 0 if it worked */
    bool cut;         /* a stream ends within a line */
    int64_t tried_ms; /* time of it */
    uint64_t lost;    /* lines that are missing there, and not said there */
    int64_t said_ms;  /* time when that was said */
    uint64_t unheard; /* lines that are missing there, and not told elsewhere */
    bool told;        /* elsewhere, that it fails */
    int64_t told_ms;  /* time when that was told */
    int rotation_error; /* as it was told elsewhere */
};

/* What is to be told elsewhere. */
enum stepden_log_news {
    STEPDEN_LOG_NEWS_NONE,
    STEPDEN_LOG_NEWS_LOST,    /* it does not work */
    STEPDEN_LOG_NEWS_RESUMED, /* it does, and `unheard` lines are missing */
};

/* Whether to try a line: for a second after a fault none is, but for EAGAIN,
 * which is over as soon as someone reads. */
bool stepden_log_outage_tries(const struct stepden_log_outage *outage,
                              int64_t unix_ms);

/* Takes the errno of a try, 0 if it worked. */
void stepden_log_outage_note(struct stepden_log_outage *outage, int error,
                             int64_t unix_ms);

/* A line has not been written, be it tried or not. */
void stepden_log_outage_lose(struct stepden_log_outage *outage);

/*
 * Whether to say there how many lines are missing, before the next one: once a
 * second at most, so that a slow reader gets lines and not only their number.
 */
bool stepden_log_outage_is_to_say(const struct stepden_log_outage *outage,
                                  int64_t unix_ms);

/* It has been said there. */
void stepden_log_outage_said(struct stepden_log_outage *outage,
                             int64_t unix_ms);

/*
 * What to tell elsewhere; it counts as told then. That it fails is told once
 * until it works again, and what comes and goes once in ten seconds.
 */
enum stepden_log_news stepden_log_outage_news(struct stepden_log_outage *outage,
                                              int64_t unix_ms);

/* For what is told elsewhere: the number is not told again. */
uint64_t stepden_log_outage_take_unheard(struct stepden_log_outage *outage);

/* From now on nothing waits for its time any longer. */
void stepden_log_outage_hurry(struct stepden_log_outage *outage);

#endif
