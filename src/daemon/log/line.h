/* A line of the log while it is made. */
#ifndef STEPDEN_DAEMON_LOG_LINE_H
#define STEPDEN_DAEMON_LOG_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "daemon/log/format.h"

struct stepden_log_line {
    char *text;
    size_t used;
    size_t room;   /* for the text, without its line feed */
    size_t wanted; /* for all that was put, whether there was room or not */
};

/* `size` bytes as they are. */
void stepden_log_line_put(struct stepden_log_line *line, const char *text,
                          size_t size);

/* Likewise, but control characters as \u00XX; the line stays one. */
void stepden_log_line_put_escaped(struct stepden_log_line *line,
                                  const char *text, size_t size);

/* The entry as an object of JSON. */
void stepden_log_line_put_json(struct stepden_log_line *line,
                               const struct stepden_log_entry *entry);

/* The time in UTC, as strftime has it. */
void stepden_log_line_write_time(char text[32], int64_t unix_ms,
                                 const char *layout);

int stepden_log_line_milliseconds(int64_t unix_ms);

/* "app" of "daemon/app.c". */
void stepden_log_line_write_module(char text[64], const char *file);

#endif
