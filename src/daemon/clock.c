#include "daemon/clock.h"

#include <time.h>

static int64_t clock_us(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int64_t clock_ms(clockid_t clock)
{
    return clock_us(clock) / 1000;
}

int64_t stepden_clock_mono_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

struct stepden_now stepden_clock_now(void)
{
    return (struct stepden_now){
        .mono_ms = clock_ms(CLOCK_MONOTONIC),
        .its_ms = stepden_its_from_unix(clock_ms(CLOCK_REALTIME)),
    };
}

int64_t stepden_clock_unix_ms(void *ctx)
{
    (void)ctx;
    return clock_ms(CLOCK_REALTIME);
}
