/* A session that has nothing to do but to wait for its doorbell. */
#ifndef STEPDEN_TESTS_REDIS_IDLE_H
#define STEPDEN_TESTS_REDIS_IDLE_H

#include <stdlib.h>
#include <string.h>

#include "support/redis_echo.h"

/* The connection to `asked` that blocks, in XREAD; 0 without one. */
static inline long doorbell_id(redisContext *asked)
{
    redisReply *list = redisCommand(asked, "CLIENT LIST");
    const char *waits = strstr(list->str, " flags=b");

    while (waits != NULL && waits > list->str && waits[-1] != '\n')
        waits--;
    long id = waits == NULL ? 0 : strtol(waits + 3, NULL, 10);
    freeReplyObject(list);
    return id;
}

static inline bool waits_at_doorbell(const struct echo *echo)
{
    (void)echo;
    return doorbell_id(client) != 0;
}

/* Nothing is done from here on until it rings. */
static inline void start_idle(struct echo *echo)
{
    config.redis.lease.timeout_ms = 60000;
    start(echo, "one");
    run_until(waits_at_doorbell, echo);
}

/* Commits something, and so asks the group without a ring. */
static inline void look(struct echo *echo)
{
    const struct stepden_redis_field field = {"of", 2, "timer", 5};

    stepden_session_publish(echo->session, &field, 1);
    stepden_session_flush(echo->session);
    run_ms(50);
    freeReplyObject(ask("DEL %s", OUTPUT_KEY));
}

static inline uint64_t transactions(const struct echo *echo)
{
    return stepden_session_counters(echo->session)->transactions;
}

static inline uint64_t unmatched(const struct echo *echo)
{
    return stepden_session_counters(echo->session)->unmatched;
}

#endif
