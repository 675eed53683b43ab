#include "base/leap_seconds.h"

#include "base/compare.h"

#define ITS_EPOCH_UNIX_MS INT64_C(1072915200000) /* 2004-01-01T00:00:00Z */

static const struct stepden_leap_second announced[] = {
    {INT64_C(1483228800000), 5000}, /* 2016-12-31T23:59:60Z */
    {INT64_C(1435708800000), 4000}, /* 2015-06-30T23:59:60Z */
    {INT64_C(1341100800000), 3000}, /* 2012-06-30T23:59:60Z */
    {INT64_C(1230768000000), 2000}, /* 2008-12-31T23:59:60Z */
    {INT64_C(1136073600000), 1000}, /* 2005-12-31T23:59:60Z */
};

const struct stepden_leap_seconds stepden_leap_seconds = {
    announced, sizeof announced / sizeof announced[0]};

static int64_t total_before(const struct stepden_leap_seconds *leaps, size_t i)
{
    return i + 1 < leaps->count ? leaps->newest_first[i + 1].total_ms : 0;
}

static int64_t inserted(const struct stepden_leap_seconds *leaps, size_t i)
{
    return leaps->newest_first[i].total_ms - total_before(leaps, i);
}

int64_t stepden_leap_before(const struct stepden_leap_seconds *leaps,
                            int64_t unix_ms)
{
    for (size_t i = 0; i < leaps->count; i++) {
        if (leaps->newest_first[i].after_unix_ms == unix_ms)
            return inserted(leaps, i);
    }
    return 0;
}

int64_t stepden_its_from_unix_by(const struct stepden_leap_seconds *leaps,
                                 int64_t unix_ms)
{
    for (size_t i = 0; i < leaps->count; i++) {
        const struct stepden_leap_second *leap = &leaps->newest_first[i];
        int64_t left_out_ms = stepden_larger(0, -inserted(leaps, i));

        if (unix_ms >= leap->after_unix_ms - left_out_ms)
            return stepden_larger(unix_ms, leap->after_unix_ms) -
                   ITS_EPOCH_UNIX_MS + leap->total_ms;
    }
    return unix_ms - ITS_EPOCH_UNIX_MS;
}

int64_t stepden_leap_split(const struct stepden_leap_seconds *leaps,
                           int64_t its_ms, int64_t *into_leap_ms)
{
    int64_t linear_ms = its_ms + ITS_EPOCH_UNIX_MS;

    *into_leap_ms = -1;
    for (size_t i = 0; i < leaps->count; i++) {
        const struct stepden_leap_second *leap = &leaps->newest_first[i];
        int64_t before_ms = linear_ms - total_before(leaps, i);

        if (linear_ms - leap->total_ms >= leap->after_unix_ms)
            return linear_ms - leap->total_ms;
        if (before_ms >= leap->after_unix_ms) {
            *into_leap_ms = before_ms - leap->after_unix_ms;
            return leap->after_unix_ms - 1;
        }
    }
    return linear_ms;
}

int64_t stepden_its_to_unix_by(const struct stepden_leap_seconds *leaps,
                               int64_t its_ms)
{
    int64_t into_leap_ms;
    return stepden_leap_split(leaps, its_ms, &into_leap_ms);
}
