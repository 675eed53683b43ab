/* Date-times of any year. */
#ifndef STEPDEN_BASE_DATE_TIME_H
#define STEPDEN_BASE_DATE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/its_time.h>

/*
 * Whether the `size` bytes are an RFC 3339 date-time that may exist. Second 60
 * may be the last of any UTC month (ITU-R TF.460), announced or not.
 */
bool stepden_date_time_is_valid(const char *text, size_t size);

/*
 * Such a date-time as milliseconds of POSIX time (UTC since 1970, without leap
 * seconds); within second 60, the last millisecond before it.
 *
 * STEPDEN_ERR_SYNTAX  not an RFC 3339 date-time
 * STEPDEN_ERR_RANGE   no such day or time, or not in years 0000 to 9999 of UTC
 */
STEPDEN_CHECKED enum stepden_status
stepden_unix_parse(int64_t *unix_ms, const char *text, size_t size);

/* The reverse, as stepden_its_format; outside these years, the nearer end. */
void stepden_unix_format(char text[STEPDEN_RFC3339_SIZE], int64_t unix_ms);

#endif
