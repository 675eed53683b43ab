/* A log with the handlers that a test wants, on a clock of the test. */
#ifndef STEPDEN_TESTS_SUPPORT_LOG_BENCH_H
#define STEPDEN_TESTS_SUPPORT_LOG_BENCH_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "daemon/log/log.h"

static char folder[PATH_MAX];
static struct stepden_log log_of_test;
static struct stepden_log *const tested = &log_of_test;
static struct stepden_config config;
static struct stepden_diag diag;

static int64_t now_ms;

static inline int64_t unix_ms(void *ctx)
{
    (void)ctx;
    return now_ms;
}

static const struct stepden_log_clock test_clock = {.unix_ms = unix_ms};

static inline void set_up(void)
{
    now_ms = INT64_C(1795208743007); /* 2026-11-20T21:05:43.007Z */
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/log_XXXXXX",
             temporary ? temporary : P_tmpdir);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static inline void tear_down(void)
{
    char command[PATH_MAX + 16];
    stepden_log_close(tested);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Reads a log with these handlers, in which "@" stands for the folder. */
static inline void read_config(const char *level, const char *handlers)
{
    static char json[3 * PATH_MAX];
    size_t used = (size_t)snprintf(json, sizeof json,
                                   "{\"stationId\":1,\"log\":{\"level\":\"%s\","
                                   "\"format\":\"%%(levelname)s %%(message)s\","
                                   "\"handlers\":[",
                                   level);
    for (; *handlers; handlers++)
        used += (size_t)snprintf(json + used, sizeof json - used,
                                 *handlers == '@' ? "%s" : "%.1s",
                                 *handlers == '@' ? folder : handlers);
    used += (size_t)snprintf(json + used, sizeof json - used, "]}}");
    ck_assert_int_eq(stepden_config_read(&config, json, used, &diag),
                     STEPDEN_OK);
}

static inline void open_log(const char *level, const char *handlers)
{
    read_config(level, handlers);
    ck_assert_int_eq(
        stepden_log_open(tested, &config.log, "north", &test_clock, &diag),
        STEPDEN_OK);
}

static inline void reopen_log(const char *level, const char *handlers)
{
    read_config(level, handlers);
    ck_assert_int_eq(stepden_log_reopen(tested, &config.log, &diag),
                     STEPDEN_OK);
}

static inline void rename_in_folder(const char *from, const char *to)
{
    char old_path[PATH_MAX + 64];
    char new_path[PATH_MAX + 64];
    snprintf(old_path, sizeof old_path, "%s/%s", folder, from);
    snprintf(new_path, sizeof new_path, "%s/%s", folder, to);
    ck_assert_int_eq(rename(old_path, new_path), 0);
}

static inline const char *text_of(const char *name)
{
    static char text[4096];
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

/* The folder of the test in a text, as "@". */
static inline const char *without_folder(const char *text)
{
    static char shorter[4096];
    size_t used = 0;
    for (size_t size = strlen(folder); *text; text++) {
        bool found = strncmp(text, folder, size) == 0;
        shorter[used++] = found ? '@' : *text;
        text += found ? size - 1 : 0;
    }
    shorter[used] = '\0';
    return shorter;
}

static inline void expect_text(const char *name, const char *text)
{
    ck_assert_str_eq(without_folder(text_of(name)), text);
}

#endif
