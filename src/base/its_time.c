#include <stepden/its_time.h>

#include <string.h>

#include "base/date_time.h"
#include "base/digits.h"
#include "base/leap_seconds.h"

#define MS_PER_DAY INT64_C(86400000)
#define DAYS_PER_ERA 146097 /* 400 years */

/* Years 0000 to 9999. */
#define UNIX_MS_MIN INT64_C(-62167219200000)
#define UNIX_MS_MAX INT64_C(253402300799999)

struct civil {
    unsigned year, month, day, hour, minute, second, ms;
    int offset_min;
};

int64_t stepden_its_from_unix(int64_t unix_ms)
{
    return stepden_its_from_unix_by(&stepden_leap_seconds, unix_ms);
}

int64_t stepden_its_to_unix(int64_t its_ms)
{
    return stepden_its_to_unix_by(&stepden_leap_seconds, its_ms);
}

/* Days since 1970 of a day of the Gregorian calendar, years 0 to 9999. */
static int64_t days_from_civil(const struct civil *civil)
{
    unsigned shifted = civil->month > 2 ? civil->month - 3 : civil->month + 9;
    int64_t year = (int64_t)civil->year - (civil->month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * shifted + 2) / 5 + civil->day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The reverse, for days of years 0 to 9999. */
static struct civil civil_from_days(int64_t days)
{
    unsigned shifted_days = (unsigned)(days + 719468 + DAYS_PER_ERA);
    unsigned era = shifted_days / 146097;
    unsigned day_of_era = shifted_days % 146097;
    unsigned year_of_era = (day_of_era - day_of_era / 1460 +
                            day_of_era / 36524 - day_of_era / 146096) /
                           365;
    unsigned day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned shifted = (5 * day_of_year + 2) / 153;
    unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;

    return (struct civil){
        .year = year_of_era + era * 400 + (month <= 2) - 400,
        .month = month,
        .day = day_of_year - (153 * shifted + 2) / 5 + 1,
    };
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static bool read_digits(unsigned *value, const char *text, size_t count)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(text[i]))
            return false;
        *value = *value * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

/* Reads "yyyy-mm-ddThh:mm:ss", 19 characters. */
static bool read_seconds(struct civil *civil, const char *text)
{
    return read_digits(&civil->year, text, 4) && text[4] == '-' &&
           read_digits(&civil->month, text + 5, 2) && text[7] == '-' &&
           read_digits(&civil->day, text + 8, 2) &&
           (text[10] == 'T' || text[10] == 't') &&
           read_digits(&civil->hour, text + 11, 2) && text[13] == ':' &&
           read_digits(&civil->minute, text + 14, 2) && text[16] == ':' &&
           read_digits(&civil->second, text + 17, 2);
}

/* Reads ".d…" if it is there; returns its length, 0 also for a bare dot. */
static size_t read_fraction(unsigned *ms, const char *text, size_t size)
{
    unsigned weight = 100;
    size_t at = 1;

    *ms = 0;
    if (size == 0 || text[0] != '.')
        return 0;
    for (; at < size && is_digit(text[at]); at++) {
        *ms += weight * (unsigned)(text[at] - '0');
        weight /= 10;
    }
    return at > 1 ? at : 0;
}

/* Reads "Z" or "+hh:mm"; `*offset_min` is out of range for "+24:00". */
static bool read_offset(int *offset_min, const char *text, size_t size)
{
    unsigned hours, minutes;

    *offset_min = 0;
    if (size == 1)
        return text[0] == 'Z' || text[0] == 'z';
    if (size != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
        !read_digits(&hours, text + 1, 2) ||
        !read_digits(&minutes, text + 4, 2))
        return false;
    *offset_min = minutes > 59 ? 24 * 60 : (int)(hours * 60 + minutes);
    if (text[0] == '-')
        *offset_min = -*offset_min;
    return true;
}

static bool read_civil(struct civil *civil, const char *text, size_t size)
{
    if (size < 20 || !read_seconds(civil, text))
        return false;
    size_t at = 19 + read_fraction(&civil->ms, text + 19, size - 19);
    return read_offset(&civil->offset_min, text + at, size - at);
}

static unsigned days_in_month(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    bool leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap_year ? 29 : days[month - 1];
}

/* All but the second, which depends on the minute. */
static bool exists(const struct civil *civil)
{
    return civil->month >= 1 && civil->month <= 12 && civil->day >= 1 &&
           civil->day <= days_in_month(civil->year, civil->month) &&
           civil->hour <= 23 && civil->minute <= 59 &&
           civil->offset_min > -24 * 60 && civil->offset_min < 24 * 60;
}

/* The start of its minute. */
static int64_t minute_from_civil(const struct civil *civil)
{
    int64_t minutes =
        (int64_t)civil->hour * 60 + civil->minute - civil->offset_min;
    return days_from_civil(civil) * MS_PER_DAY + minutes * 60000;
}

bool stepden_date_time_is_valid(const char *text, size_t size)
{
    struct civil civil;

    if (!read_civil(&civil, text, size) || !exists(&civil))
        return false;
    if (civil.second != 60)
        return civil.second < 60;

    int64_t next_ms = minute_from_civil(&civil) + 60000;
    return next_ms % MS_PER_DAY == 0 &&
           civil_from_days(next_ms / MS_PER_DAY).day == 1;
}

enum stepden_status stepden_unix_parse(int64_t *unix_ms, const char *text,
                                       size_t size)
{
    struct civil civil;

    if (!read_civil(&civil, text, size))
        return STEPDEN_ERR_SYNTAX;
    if (!stepden_date_time_is_valid(text, size))
        return STEPDEN_ERR_RANGE;

    int64_t result = minute_from_civil(&civil);
    result += civil.second == 60 ? 59999 : civil.second * 1000 + civil.ms;
    if (result < UNIX_MS_MIN || result > UNIX_MS_MAX)
        return STEPDEN_ERR_RANGE;
    *unix_ms = result;
    return STEPDEN_OK;
}

enum stepden_status
stepden_its_parse_by(const struct stepden_leap_seconds *leaps, int64_t *its_ms,
                     const char *text, size_t size)
{
    struct civil civil;

    if (!read_civil(&civil, text, size))
        return STEPDEN_ERR_SYNTAX;
    if (!exists(&civil))
        return STEPDEN_ERR_RANGE;

    int64_t minute_ms = minute_from_civil(&civil);
    int64_t into_minute_ms = (int64_t)civil.second * 1000 + civil.ms;
    if (into_minute_ms >= 60000 + stepden_leap_before(leaps, minute_ms + 60000))
        return STEPDEN_ERR_RANGE;

    int64_t result =
        stepden_its_from_unix_by(leaps, minute_ms) + into_minute_ms;
    if (result < 0 || result > STEPDEN_ITS_MS_MAX)
        return STEPDEN_ERR_RANGE;
    *its_ms = result;
    return STEPDEN_OK;
}

enum stepden_status stepden_its_parse(int64_t *its_ms, const char *text,
                                      size_t size)
{
    return stepden_its_parse_by(&stepden_leap_seconds, its_ms, text, size);
}

/* `into_leap_ms` is -1 outside of a second 60. */
static void write_date_time(char text[STEPDEN_RFC3339_SIZE], int64_t unix_ms,
                            int64_t into_leap_ms)
{
    int64_t since_ms = unix_ms - UNIX_MS_MIN; /* not negative */
    struct civil civil =
        civil_from_days(since_ms / MS_PER_DAY + UNIX_MS_MIN / MS_PER_DAY);
    unsigned of_day_ms = (unsigned)(since_ms % MS_PER_DAY);
    unsigned of_minute_ms = of_day_ms % 60000;

    if (into_leap_ms >= 0)
        of_minute_ms = 60000 + (unsigned)into_leap_ms;
    memcpy(text, "0000-00-00T00:00:00.000Z", STEPDEN_RFC3339_SIZE);
    stepden_digits_put_pair(text, civil.year / 100);
    stepden_digits_put_pair(text + 2, civil.year % 100);
    stepden_digits_put_pair(text + 5, civil.month);
    stepden_digits_put_pair(text + 8, civil.day);
    stepden_digits_put_pair(text + 11, of_day_ms / 3600000);
    stepden_digits_put_pair(text + 14, of_day_ms / 60000 % 60);
    stepden_digits_put_pair(text + 17, of_minute_ms / 1000);
    stepden_digits_put_last(text + 20, of_minute_ms % 1000, 3);
}

void stepden_unix_format(char text[STEPDEN_RFC3339_SIZE], int64_t unix_ms)
{
    if (unix_ms < UNIX_MS_MIN)
        unix_ms = UNIX_MS_MIN;
    if (unix_ms > UNIX_MS_MAX)
        unix_ms = UNIX_MS_MAX;
    write_date_time(text, unix_ms, -1);
}

void stepden_its_format_by(const struct stepden_leap_seconds *leaps,
                           char text[STEPDEN_RFC3339_SIZE], int64_t its_ms)
{
    int64_t into_leap_ms;

    if (its_ms < 0)
        its_ms = 0;
    if (its_ms > STEPDEN_ITS_MS_MAX)
        its_ms = STEPDEN_ITS_MS_MAX;

    int64_t unix_ms = stepden_leap_split(leaps, its_ms, &into_leap_ms);
    write_date_time(text, unix_ms, into_leap_ms);
}

void stepden_its_format(char text[STEPDEN_RFC3339_SIZE], int64_t its_ms)
{
    stepden_its_format_by(&stepden_leap_seconds, text, its_ms);
}
