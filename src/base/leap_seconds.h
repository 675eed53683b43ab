/*
 * ITS time by a table of leap seconds. its_time.h goes by the built-in one;
 * what is given here in its place may know leaps to come.
 */
#ifndef STEPDEN_BASE_LEAP_SECONDS_H
#define STEPDEN_BASE_LEAP_SECONDS_H

#include <stdint.h>

#include <stepden/its_time.h>

/*
 * A leap at the end of a UTC month (ITU-R TF.460): a positive one inserts
 * 23:59:60, a negative one leaves 23:59:59 out.
 */
struct stepden_leap_second {
    int64_t after_unix_ms; /* 00:00:00 of the next day */
    int64_t total_ms;      /* inserted since 2004, less those left out */
};

/* Borrowed; from one leap to the next `total_ms` goes 1000 up or down. */
struct stepden_leap_seconds {
    const struct stepden_leap_second *newest_first;
    size_t count;
};

/* All that Bulletin C of the IERS has announced since 2004. */
extern const struct stepden_leap_seconds stepden_leap_seconds;

/*
 * How much longer than 60 s the minute before `unix_ms` is: 1000, 0 or -1000.
 */
int64_t stepden_leap_before(const struct stepden_leap_seconds *leaps,
                            int64_t unix_ms);

/*
 * As stepden_its_to_unix. Also tells how far into a second 23:59:60 `its_ms`
 * is, or sets -1.
 */
int64_t stepden_leap_split(const struct stepden_leap_seconds *leaps,
                           int64_t its_ms, int64_t *into_leap_ms);

/* As the functions of its_time.h. */
int64_t stepden_its_from_unix_by(const struct stepden_leap_seconds *leaps,
                                 int64_t unix_ms);
int64_t stepden_its_to_unix_by(const struct stepden_leap_seconds *leaps,
                               int64_t its_ms);
STEPDEN_CHECKED enum stepden_status
stepden_its_parse_by(const struct stepden_leap_seconds *leaps, int64_t *its_ms,
                     const char *text, size_t size);
void stepden_its_format_by(const struct stepden_leap_seconds *leaps,
                           char text[STEPDEN_RFC3339_SIZE], int64_t its_ms);

#endif
