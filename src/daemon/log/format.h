/* How a log line looks. */
#ifndef STEPDEN_DAEMON_LOG_FORMAT_H
#define STEPDEN_DAEMON_LOG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

/* The longest line, its line feed and a NUL included. */
#define STEPDEN_LOG_LINE_MAX 4096

/* Everything that a line can tell. The texts are borrowed. */
struct stepden_log_entry {
    int64_t unix_ms;
    const char *level; /* "INFO" */
    const char *name;  /* of the instance */
    const char *file;  /* source file, with or without its folder */
    const char *function;
    int line;
    int process;
    const char *message;
};

enum stepden_log_field {
    STEPDEN_LOG_FIELD_ASCTIME,
    STEPDEN_LOG_FIELD_MSECS,
    STEPDEN_LOG_FIELD_LEVELNAME,
    STEPDEN_LOG_FIELD_NAME,
    STEPDEN_LOG_FIELD_PROCESS,
    STEPDEN_LOG_FIELD_THREAD,
    STEPDEN_LOG_FIELD_THREAD_NAME,
    STEPDEN_LOG_FIELD_MODULE,
    STEPDEN_LOG_FIELD_FUNC_NAME,
    STEPDEN_LOG_FIELD_LINENO,
    STEPDEN_LOG_FIELD_MESSAGE,
};

/* Literal text, then one field. */
struct stepden_log_part {
    uint16_t literal; /* where in the format's `literals` */
    uint16_t literal_size;
    uint8_t field;
    bool has_field;
    bool is_number;  /* the field is written by %d, else by %s */
    bool left;       /* the text is, and the spaces follow */
    uint16_t width;  /* of the text, in characters */
    char printf[16]; /* the number's printf conversion */
};

/* A format, taken apart once. */
struct stepden_log_format {
    bool json;
    uint16_t part_count;
    struct stepden_log_part part[300];
    char literals[2049];
};

/*
 * Takes `text` apart: "json" for a JSON object a line, else text with Python's
 * placeholders %(name)<flags><width>s or d, and %%. Known names: asctime (UTC,
 * to the second), msecs, levelname, name, process, thread (the process again),
 * threadName, module, funcName, lineno, message.
 *
 * STEPDEN_ERR_INVALID  an unknown name, a number for a text, a bad placeholder,
 *                      or none
 */
STEPDEN_CHECKED enum stepden_status
stepden_log_format_compile(struct stepden_log_format *format, const char *text,
                           struct stepden_diag *diag);

/*
 * Writes the line of `entry`, with its line feed and a NUL, to `line`. Returns
 * its length without the NUL. Control characters are written as
 * \u00XX, so that an entry is always one line.
 *
 * As JSON the message, which is text first, so that a call of the log is one of
 * printf, becomes the member `event` and one for each key=value;
 * numbers are numbers. A message that is too long loses words, or the end of a
 * quoted value, so that what is left is well-formed.
 */
size_t stepden_log_format_line(char line[STEPDEN_LOG_LINE_MAX],
                               const struct stepden_log_format *format,
                               const struct stepden_log_entry *entry);

#endif
