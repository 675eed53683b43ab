#include "daemon/log_rotation.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DAY_S INT64_C(86400)

static const struct period {
    const char *when;
    int64_t seconds;
    const char *date;
} periods[] = {
    {"S", 1, "%Y-%m-%d_%H-%M-%S"},   {"M", 60, "%Y-%m-%d_%H-%M"},
    {"H", 3600, "%Y-%m-%d_%H"},      {"D", DAY_S, "%Y-%m-%d"},
    {"midnight", DAY_S, "%Y-%m-%d"}, {"W", 7 * DAY_S, "%Y-%m-%d"},
};

static const struct period *find_period(const char *when)
{
    const struct period *period = periods;
    while (strcmp(period->when, when) != 0 &&
           !(period->when[0] == 'W' && when[0] == 'W'))
        period++;
    return period;
}

/* 1970-01-01 was a Thursday, 3 with Monday as 0. */
static int64_t weekday(int64_t day)
{
    return (day + 3) % 7;
}

int64_t stepden_log_rotation_next(const char *when, uint32_t interval,
                                  int64_t start_s)
{
    const struct period *period = find_period(when);
    int64_t span_s = period->seconds * interval;
    int64_t day = start_s / DAY_S;
    if (when[0] == 'W') {
        int64_t wait = (when[1] - '0' - weekday(day) + 7) % 7;
        return (day + wait + 1) * DAY_S + span_s - period->seconds;
    }
    if (strcmp(when, "midnight") == 0)
        return (day + 1) * DAY_S + span_s - period->seconds;
    return start_s + span_s;
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

int stepden_log_rotation_by_size(const char *path, uint32_t backup_count)
{
    if (backup_count == 0)
        return unlink(path);

    char older[PATH_MAX];
    char newer[PATH_MAX];
    for (uint32_t i = backup_count; i > 1; i--) {
        snprintf(older, sizeof older, "%s.%u", path, (unsigned)i);
        snprintf(newer, sizeof newer, "%s.%u", path, (unsigned)i - 1);
        if (exists(newer) && rename(newer, older) != 0)
            return -1;
    }
    snprintf(older, sizeof older, "%s.1", path);
    return rename(path, older);
}

/* "path.<date>", with ".1" and so on if that exists. */
static void find_name(char name[PATH_MAX], const char *path, const char *date)
{
    int used = snprintf(name, PATH_MAX, "%s.%s", path, date);
    for (unsigned i = 1; exists(name) && i < 10000; i++)
        snprintf(name + used, PATH_MAX - (size_t)used, ".%u", i);
}

static bool is_old(const char *name, const char *base)
{
    size_t size = strlen(base);
    if (strncmp(name, base, size) != 0 || name[size] != '.')
        return false;
    const char *date = name + size + 1;
    return strlen(date) >= strlen("2004-01-01") &&
           strspn(date, "0123456789-_.") == strlen(date);
}

/* Counts the old files, and names the one of the earliest date. */
static uint32_t find_oldest(char oldest[NAME_MAX + 1], const char *folder,
                            const char *base)
{
    uint32_t count = 0;
    DIR *entries = opendir(folder);
    if (!entries)
        return 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!is_old(entry->d_name, base))
            continue;
        if (count++ == 0 || strcmp(entry->d_name, oldest) < 0)
            snprintf(oldest, NAME_MAX + 1, "%s", entry->d_name);
    }
    closedir(entries);
    return count;
}

static void remove_oldest(const char *path, uint32_t backup_count)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX] = ".";
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path + 1), path);
    char oldest[NAME_MAX + 1];
    while (find_oldest(oldest, folder, slash ? slash + 1 : path) >
           backup_count) {
        char name[PATH_MAX + NAME_MAX + 2];
        snprintf(name, sizeof name, "%s/%s", folder, oldest);
        if (unlink(name) != 0)
            return;
    }
}

int stepden_log_rotation_by_time(const char *path, const char *when,
                                 uint32_t interval, int64_t end_s,
                                 uint32_t backup_count)
{
    const struct period *period = find_period(when);
    time_t start_s = (time_t)(end_s - period->seconds * interval);
    struct tm utc;
    char date[64];
    char name[PATH_MAX];
    gmtime_r(&start_s, &utc);
    strftime(date, sizeof date, period->date, &utc);
    find_name(name, path, date);
    if (rename(path, name) != 0)
        return -1;
    if (backup_count > 0)
        remove_oldest(path, backup_count);
    return 0;
}
