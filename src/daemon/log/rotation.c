#include "daemon/log/rotation.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"

#define DAY_S INT64_C(86400)
#define DATE_MAX 32

/* As many old files as the schema allows. */
#define BACKUPS_MAX 1000

/* So few are removed at once that nobody waits for it. */
#define REMOVED_MAX 64

static const struct unit {
    const char *when;
    int64_t seconds;
    const char *date;
} units[] = {
    {"S", 1, "%Y-%m-%d_%H-%M-%S"},   {"M", 60, "%Y-%m-%d_%H-%M"},
    {"H", 3600, "%Y-%m-%d_%H"},      {"D", DAY_S, "%Y-%m-%d"},
    {"midnight", DAY_S, "%Y-%m-%d"}, {"W", 7 * DAY_S, "%Y-%m-%d"},
};

static const struct unit *find_unit(const char *when)
{
    const struct unit *unit = units;
    while (strcmp(unit->when, when) != 0 &&
           !(unit->when[0] == 'W' && when[0] == 'W'))
        unit++;
    return unit;
}

/* The first period: 1970-01-05 was a Monday, which W0 ends with. */
static int64_t origin_of(const char *when)
{
    return when[0] == 'W' ? (when[1] - '0' + 5) % 7 * DAY_S : 0;
}

struct stepden_log_period
stepden_log_rotation_period(const char *when, uint32_t interval, int64_t unix_s)
{
    int64_t span_s = find_unit(when)->seconds * interval;
    int64_t since_s = unix_s - origin_of(when);
    int64_t into_s = (since_s % span_s + span_s) % span_s;
    int64_t start_s = unix_s - into_s;
    return (struct stepden_log_period){start_s, start_s + span_s};
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static int make_path(char path[PATH_MAX], const char *format, ...)
    STEPDEN_PRINTF(2, 3);

static int make_path(char path[PATH_MAX], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(path, PATH_MAX, format, arguments);
    va_end(arguments);
    if (size < PATH_MAX)
        return 0;
    errno = ENAMETOOLONG;
    return -1;
}

/* ---- by size ---- */

static int make_numbered(char name[PATH_MAX], const char *path, uint32_t number)
{
    return number == 0 ? make_path(name, "%s", path)
                       : make_path(name, "%s.%u", path, (unsigned)number);
}

/* The lowest number that is free, or `backup_count` whether it is or not. */
static uint32_t find_number(const char *path, uint32_t backup_count)
{
    char name[PATH_MAX];
    uint32_t number = 1;
    while (number < backup_count && make_numbered(name, path, number) == 0 &&
           exists(name))
        number++;
    return number;
}

/* Of a time when more were kept; there may be gaps. */
static void remove_beyond(const char *path, uint32_t backup_count)
{
    char name[PATH_MAX];
    for (uint32_t i = backup_count + 1; i <= BACKUPS_MAX; i++)
        if (make_numbered(name, path, i) == 0)
            unlink(name);
}

int stepden_log_rotation_by_size(const char *path, uint32_t backup_count)
{
    char older[PATH_MAX];
    char newer[PATH_MAX];
    for (uint32_t i = find_number(path, backup_count); i > 0; i--)
        if (make_numbered(older, path, i) != 0 ||
            make_numbered(newer, path, i - 1) != 0 || rename(newer, older) != 0)
            return -1;
    remove_beyond(path, backup_count);
    return 0;
}

/* ---- by time ---- */

/* The old files in a folder: "<base>.<date>" and "<base>.<date>.<number>". */
struct old_files {
    const char *base;
    const char *date; /* what all dates look like */
    uint32_t count;
    unsigned next_number; /* of this date; 0 if it has none */
    uint32_t oldest_count;
    char oldest[REMOVED_MAX][NAME_MAX + 1]; /* names, the oldest first */
};

static bool looks_like(const char *text, const char *date)
{
    for (; *date; text++, date++)
        if (isdigit((unsigned char)*date) ? !isdigit((unsigned char)*text)
                                          : *text != *date)
            return false;
    return *text == '\0' ||
           (*text == '.' && text[1] != '\0' &&
            strspn(text + 1, "0123456789") == strlen(text + 1));
}

/* The date of an old file and what follows it, or NULL if it is another. */
static const char *date_in(const struct old_files *files, const char *name)
{
    size_t size = strlen(files->base);
    if (strncmp(name, files->base, size) != 0 || name[size] != '.' ||
        !looks_like(name + size + 1, files->date))
        return NULL;
    return name + size + 1;
}

static unsigned number_after(const char *date, size_t date_size)
{
    return date[date_size] == '.'
               ? (unsigned)strtoul(date + date_size + 1, NULL, 10)
               : 0;
}

static bool is_older(const struct old_files *files, const char *date,
                     const char *than)
{
    size_t size = strlen(files->date);
    int order = strncmp(date, than, size);
    return order < 0 ||
           (order == 0 && number_after(date, size) < number_after(than, size));
}

/* Into its place among the oldest, if it is one of them. */
static void note_oldest(struct old_files *files, const char *name)
{
    const char *date = date_in(files, name);
    uint32_t place = files->oldest_count;
    if (files->oldest_count < REMOVED_MAX)
        files->oldest_count++;
    while (place > 0 &&
           is_older(files, date, date_in(files, files->oldest[place - 1]))) {
        place--;
        if (place + 1 < REMOVED_MAX)
            strcpy(files->oldest[place + 1], files->oldest[place]);
    }
    if (place < REMOVED_MAX)
        snprintf(files->oldest[place], NAME_MAX + 1, "%s", name);
}

/* Of the date that the next one gets: which number, else 0. */
static unsigned number_after_this(const struct old_files *files,
                                  const char *name)
{
    const char *date = date_in(files, name);
    size_t size = strlen(files->date);
    return strncmp(date, files->date, size) == 0 ? number_after(date, size) + 1
                                                 : 0;
}

static void count_files(struct old_files *files, DIR *folder)
{
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!date_in(files, entry->d_name))
            continue;
        unsigned number = number_after_this(files, entry->d_name);
        if (number > files->next_number)
            files->next_number = number;
        files->count++;
        note_oldest(files, entry->d_name);
    }
}

/* Of those above `most` the oldest; with the last of a date its numbers begin
 * anew. */
static int remove_oldest(struct old_files *files, DIR *folder, uint32_t most)
{
    for (uint32_t i = 0; i < files->oldest_count && files->count > most; i++) {
        if (unlinkat(dirfd(folder), files->oldest[i], 0) != 0)
            return -1;
        files->count--;
        if (number_after_this(files, files->oldest[i]) == files->next_number)
            files->next_number = 0;
    }
    return 0;
}

/* Leaves room for one more in the folder. */
static int reduce_files(struct old_files *files, const char *path,
                        uint32_t backup_count)
{
    char name[PATH_MAX] = ".";
    if (files->base > path &&
        make_path(name, "%.*s", (int)(files->base - path), path) != 0)
        return -1;
    DIR *folder = opendir(name);
    if (!folder)
        return -1;
    count_files(files, folder);
    int result =
        backup_count > 0 ? remove_oldest(files, folder, backup_count - 1) : 0;
    int error = errno;
    closedir(folder);
    errno = error;
    return result;
}

int stepden_log_rotation_by_time(const char *path, const char *when,
                                 int64_t start_s, uint32_t backup_count)
{
    time_t time = (time_t)start_s;
    struct tm utc;
    char date[DATE_MAX];
    gmtime_r(&time, &utc);
    strftime(date, sizeof date, find_unit(when)->date, &utc);

    const char *slash = strrchr(path, '/');
    char name[PATH_MAX];
    struct old_files files = {.base = slash ? slash + 1 : path, .date = date};
    if (reduce_files(&files, path, backup_count) != 0)
        return -1;
    if ((files.next_number == 0
             ? make_path(name, "%s.%s", path, date)
             : make_path(name, "%s.%s.%u", path, date, files.next_number)) != 0)
        return -1;
    return rename(path, name);
}
