/* Date-times of any year. */
#ifndef STEPDEN_BASE_DATE_TIME_H
#define STEPDEN_BASE_DATE_TIME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the `size` bytes are an RFC 3339 date-time that may exist. Second 60
 * may be the last of any UTC month (ITU-R TF.460), announced or not.
 */
bool stepden_date_time_is_valid(const char *text, size_t size);

#endif
