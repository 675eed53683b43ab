/*
 * TimestampIts (TS 102 894-2): milliseconds of International Atomic Time
 * since 2004-01-01T00:00:00.000Z. Unlike UTC it counts leap seconds; those that
 * the IERS has announced are built in.
 */
#ifndef STEPDEN_ITS_TIME_H
#define STEPDEN_ITS_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define STEPDEN_ITS_MS_MAX INT64_C(4398046511103) /* 42 bits */

/* "2007-01-01T00:00:00.000Z" and the NUL. */
#define STEPDEN_RFC3339_SIZE 25

/*
 * The two clocks of a wake-up, read once and passed down: `mono_ms` for
 * intervals and deadlines, `its_ms` for what messages say. `mono_ms` starts
 * anywhere within -2^42..2^42, 139 years, and never falls.
 */
struct stepden_now {
    int64_t mono_ms;
    int64_t its_ms;
};

/*
 * Converts milliseconds of POSIX time (UTC since 1970, without leap seconds)
 * to ITS time. Negative before 2004. Never falls while `unix_ms` rises: all
 * of a second that UTC leaves out is the start of the next one.
 */
STEPDEN_API int64_t stepden_its_from_unix(int64_t unix_ms);

/* The reverse; within a leap second, the last millisecond before it. */
STEPDEN_API int64_t stepden_its_to_unix(int64_t its_ms);

/*
 * Reads an RFC 3339 date-time of `size` bytes: any offset, any number of
 * fraction digits (cut to milliseconds), second 60 where there is one. Where
 * UTC leaves second 59 out (a negative leap second, ITU-R TF.460; RFC 3339,
 * clause 5.7), it is not a time.
 *
 * STEPDEN_ERR_SYNTAX  not an RFC 3339 date-time
 * STEPDEN_ERR_RANGE   no such day or time, or outside 0..STEPDEN_ITS_MS_MAX
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_its_parse(int64_t *its_ms, const char *text, size_t size);

/*
 * Writes `its_ms`, in 0..STEPDEN_ITS_MS_MAX or else its nearer end, as UTC with
 * milliseconds and `Z`, NUL-terminated.
 */
STEPDEN_API void stepden_its_format(char text[STEPDEN_RFC3339_SIZE],
                                    int64_t its_ms);

#ifdef __cplusplus
}
#endif

#endif
