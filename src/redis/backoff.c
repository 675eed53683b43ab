#include "redis/backoff.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void stepden_random_fill(void *bytes, size_t size)
{
    unsigned char *at = bytes;

    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno != EINTR)
            abort();
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
}

int64_t stepden_backoff_jitter(int64_t ms)
{
    uint32_t random;

    stepden_random_fill(&random, sizeof random);
    return ms - ms / 2 * (random % 1024) / 1024;
}

int64_t stepden_backoff_ms(unsigned attempt, int64_t first_ms, int64_t most_ms)
{
    int64_t ms = first_ms;

    for (unsigned i = 0; i < attempt && ms < most_ms; i++)
        ms *= 2;
    return stepden_backoff_jitter(ms < most_ms ? ms : most_ms);
}
