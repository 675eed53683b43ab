/* The only place that reads a clock. */
#ifndef STEPDEN_DAEMON_CLOCK_H
#define STEPDEN_DAEMON_CLOCK_H

#include <stdint.h>

#include <stepden/its_time.h>

/* Both clocks of this moment. */
struct stepden_now stepden_clock_now(void);

/* Microseconds of the monotonic clock, as systemd compares them. */
int64_t stepden_clock_mono_us(void);

/* Milliseconds of POSIX time, for the log; `ctx` is not used. */
int64_t stepden_clock_unix_ms(void *ctx);

#endif
