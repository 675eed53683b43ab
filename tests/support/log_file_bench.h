/* A log file in a folder of its own, and what becomes of it. */
#ifndef STEPDEN_TESTS_SUPPORT_LOG_FILE_BENCH_H
#define STEPDEN_TESTS_SUPPORT_LOG_FILE_BENCH_H

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>

#include "daemon/log/file.h"

/* 2026-11-20T21:05:43Z, a Friday */
#define START_S INT64_C(1795208743)

static char folder[PATH_MAX];
static char path[PATH_MAX + 16];
static struct stepden_log_file file;
static struct stepden_log_file_settings settings;

static inline void set_up(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/log_file_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/log", folder);
    settings = (struct stepden_log_file_settings){.path = path};
}

static inline void tear_down(void)
{
    char command[PATH_MAX + 16];
    stepden_log_file_close(&file);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static inline void open_file(void)
{
    ck_assert_int_eq(stepden_log_file_open(&file, &settings, START_S * 1000),
                     0);
}

static inline void write_line(const char *line, int64_t unix_s)
{
    ck_assert_int_eq(
        stepden_log_file_write(&file, line, strlen(line), unix_s * 1000), 0);
}

static inline const char *name_of(const char *suffix)
{
    static char name[PATH_MAX + 64];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return name;
}

/* What "log<suffix>" holds; NULL without such a file. */
static inline const char *text_of(const char *suffix)
{
    static char text[4096];
    FILE *opened = fopen(name_of(suffix), "r");
    if (!opened)
        return NULL;
    text[fread(text, 1, sizeof text - 1, opened)] = '\0';
    fclose(opened);
    return text;
}

static inline void make_file(const char *suffix, const char *text)
{
    FILE *opened = fopen(name_of(suffix), "w");
    ck_assert_ptr_nonnull(opened);
    ck_assert_int_ge(fputs(text, opened), 0);
    ck_assert_int_eq(fclose(opened), 0);
}

static inline void make_folder(const char *suffix)
{
    ck_assert_int_eq(mkdir(name_of(suffix), 0700), 0);
}

static inline void remove_folder(const char *suffix)
{
    ck_assert_int_eq(rmdir(name_of(suffix)), 0);
}

/* How many entries the folder of the log has. */
static inline size_t count_entries(void)
{
    size_t count = 0;
    DIR *entries = opendir(folder);
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

#endif
