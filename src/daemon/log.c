#include "daemon/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define LEVEL_COUNT 5
#define LEVEL_NOTHING 255u

static const struct {
    enum stepden_log_level level;
    int priority;
} priorities[] = {
    {STEPDEN_LOG_LEVEL_DEBUG, LOG_DEBUG},
    {STEPDEN_LOG_LEVEL_INFO, LOG_INFO},
    {STEPDEN_LOG_LEVEL_WARNING, LOG_WARNING},
    {STEPDEN_LOG_LEVEL_ERROR, LOG_ERR},
    {STEPDEN_LOG_LEVEL_CRITICAL, LOG_CRIT},
};

/* In the order of the schema. */
static const int facilities[] = {
    LOG_KERN,     LOG_USER,   LOG_MAIL,   LOG_DAEMON, LOG_AUTH,
    LOG_SYSLOG,   LOG_LPR,    LOG_NEWS,   LOG_UUCP,   LOG_CRON,
    LOG_AUTHPRIV, LOG_FTP,    LOG_LOCAL0, LOG_LOCAL1, LOG_LOCAL2,
    LOG_LOCAL3,   LOG_LOCAL4, LOG_LOCAL5, LOG_LOCAL6, LOG_LOCAL7,
};

static int priority_of(enum stepden_log_level level)
{
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        if (priorities[i].level == level)
            return priorities[i].priority;
    return LOG_NOTICE;
}

/* ---- opening ---- */

static unsigned level_of(bool has_level, unsigned level, unsigned log_level)
{
    return has_level ? level : log_level;
}

static void
open_size_rotate(struct stepden_log_output *output,
                 const struct stepden_log_handler_size_rotate *handler,
                 int64_t unix_ms)
{
    struct stepden_log_file_settings settings = {
        .path = handler->path,
        .max_bytes = handler->max_bytes,
        .backup_count = handler->backup_count,
    };
    stepden_log_file_open(&output->file, &settings, unix_ms);
}

static void
open_time_rotate(struct stepden_log_output *output,
                 const struct stepden_log_handler_time_rotate *handler,
                 int64_t unix_ms)
{
    struct stepden_log_file_settings settings = {
        .path = handler->path,
        .when = stepden_log_handler_time_rotate_when_text(handler->when),
        .interval = handler->interval,
        .backup_count = handler->backup_count,
    };
    stepden_log_file_open(&output->file, &settings, unix_ms);
}

static void open_file(struct stepden_log_output *output,
                      const struct stepden_log_handler_file *handler, bool anew,
                      int64_t unix_ms)
{
    struct stepden_log_file_settings settings = {
        .path = handler->path,
        .truncate = anew && handler->mode == STEPDEN_LOG_HANDLER_FILE_MODE_W,
    };
    stepden_log_file_open(&output->file, &settings, unix_ms);
}

static void open_output(struct stepden_log_output *output,
                        const struct stepden_log_handler *handler,
                        unsigned level, const char *name, bool anew,
                        int64_t unix_ms)
{
    output->kind = handler->kind;
    output->file = (struct stepden_log_file){.fd = -1};
    switch (handler->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        output->level =
            level_of(handler->stream.has_level, handler->stream.level, level);
        output->file.fd =
            handler->stream.stream == STEPDEN_LOG_HANDLER_STREAM_STREAM_STDOUT
                ? STDOUT_FILENO
                : STDERR_FILENO;
        break;
    case STEPDEN_LOG_HANDLER_FILE:
        output->level =
            level_of(handler->file.has_level, handler->file.level, level);
        open_file(output, &handler->file, anew, unix_ms);
        break;
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
        output->level = level_of(handler->size_rotate.has_level,
                                 handler->size_rotate.level, level);
        open_size_rotate(output, &handler->size_rotate, unix_ms);
        break;
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        output->level = level_of(handler->time_rotate.has_level,
                                 handler->time_rotate.level, level);
        open_time_rotate(output, &handler->time_rotate, unix_ms);
        break;
    case STEPDEN_LOG_HANDLER_SYSLOG:
        output->level =
            level_of(handler->syslog.has_level, handler->syslog.level, level);
        output->facility = facilities[handler->syslog.facility];
        openlog(name, LOG_PID, output->facility);
        break;
    case STEPDEN_LOG_HANDLER_NULL:
        output->level = LEVEL_NOTHING;
        break;
    }
}

/* With `anew`, files of the mode "w" start anew. */
static void open_outputs(struct stepden_log *log, bool anew)
{
    const struct stepden_config_log *config = &log->config;
    int64_t unix_ms = log->clock.unix_ms(log->clock.ctx);
    for (uint32_t i = 0; i < config->handlers.count; i++) {
        struct stepden_log_output *output = &log->output[i];
        open_output(output, &config->handlers.item[i], config->level, log->name,
                    anew, unix_ms);
        if (output->level < log->level)
            log->level = output->level;
    }
    log->output_count = config->handlers.count;
}

enum stepden_status stepden_log_open(struct stepden_log *log,
                                     const struct stepden_config_log *config,
                                     const char *name,
                                     const struct stepden_log_clock *clock,
                                     struct stepden_diag *diag)
{
    *log = (struct stepden_log){
        .level = LEVEL_NOTHING,
        .process = (int)getpid(),
        .config = *config,
        .clock = *clock,
    };
    snprintf(log->name, sizeof log->name, "%s", name);
    enum stepden_status status =
        stepden_log_format_compile(&log->format, config->format, diag);
    if (status == STEPDEN_OK)
        open_outputs(log, true);
    return status;
}

enum stepden_status stepden_log_reopen(struct stepden_log *log,
                                       const struct stepden_config_log *config,
                                       struct stepden_diag *diag)
{
    struct stepden_log_format format;
    enum stepden_status status =
        stepden_log_format_compile(&format, config->format, diag);
    if (status != STEPDEN_OK)
        return status;
    stepden_log_close(log);
    log->format = format;
    log->config = *config;
    open_outputs(log, false);
    return STEPDEN_OK;
}

void stepden_log_close(struct stepden_log *log)
{
    for (uint32_t i = 0; i < log->output_count; i++) {
        struct stepden_log_output *output = &log->output[i];
        if (output->kind == STEPDEN_LOG_HANDLER_SYSLOG)
            closelog();
        else if (output->kind != STEPDEN_LOG_HANDLER_STREAM)
            stepden_log_file_close(&output->file);
    }
    log->output_count = 0;
    log->level = LEVEL_NOTHING;
}

/* ---- writing ---- */

/* Said once on standard error, however many lines are lost. */
static void say_failed(struct stepden_log_output *output)
{
    if (!output->failed && output->file.settings.path)
        dprintf(STDERR_FILENO, "log_lost path=%s reason=\"%s\"\n",
                STEPDEN_LOG_VALUE(output->file.settings.path),
                strerror(output->file.error));
    output->failed = true;
}

static void write_output(struct stepden_log_output *output,
                         enum stepden_log_level level, const char *line,
                         size_t size, int64_t unix_ms)
{
    if (output->kind == STEPDEN_LOG_HANDLER_SYSLOG)
        syslog(output->facility | priority_of(level), "%.*s", (int)size - 1,
               line);
    else if (stepden_log_file_write(&output->file, line, size, unix_ms) !=
             STEPDEN_OK)
        say_failed(output);
    else
        output->failed = false;
}

void stepden_log_write(struct stepden_log *log, enum stepden_log_level level,
                       const char *file, const char *function, int line_number,
                       const char *format, ...)
{
    char message[STEPDEN_LOG_LINE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    struct stepden_log_entry entry = {
        .unix_ms = log->clock.unix_ms(log->clock.ctx),
        .level = stepden_log_level_text(level),
        .name = log->name,
        .file = file,
        .function = function,
        .line = line_number,
        .process = log->process,
        .message = message,
    };
    char line[STEPDEN_LOG_LINE_MAX];
    size_t size = stepden_log_format_line(line, &log->format, &entry);
    for (uint32_t i = 0; i < log->output_count; i++)
        if (level >= log->output[i].level)
            write_output(&log->output[i], level, line, size, entry.unix_ms);
}
