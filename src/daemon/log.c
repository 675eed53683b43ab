#include "daemon/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log_paths.h"
#include "daemon/log_put.h"
#include "daemon/log_words.h"

#define LEVEL_NOTHING 255u
#define TELL_AGAIN_MS 10000

/* What the log says of itself: an event, a path as a value, and a little. */
#define MESSAGE_MAX (STEPDEN_LOG_VALUE_MAX + 256)

/* A line, made once for all outputs. */
struct line {
    enum stepden_log_level level;
    int64_t unix_ms;
    size_t size;
    char text[STEPDEN_LOG_LINE_MAX];
};

/* Where in the source it comes from. */
struct place {
    const char *file;
    const char *function;
    int line;
};

#define HERE ((struct place){__FILE__, __func__, __LINE__})

static void make_line(struct line *line, const struct stepden_log *log,
                      enum stepden_log_level level, struct place place,
                      const char *message)
{
    struct stepden_log_entry entry = {
        .unix_ms = log->clock.unix_ms(log->clock.ctx),
        .level = stepden_log_level_text(level),
        .name = log->name,
        .file = place.file,
        .function = place.function,
        .line = place.line,
        .process = log->process,
        .message = message,
    };
    line->level = level;
    line->unix_ms = entry.unix_ms;
    line->size = stepden_log_format_line(line->text, log->line_max,
                                         &log->format, &entry);
}

/* ---- an output that fails ---- */

static void put(struct stepden_log *log, struct stepden_log_output *output,
                const struct line *line);

static const char *reason_of(int error)
{
    return error == EAGAIN ? "full, as it is not read fast enough"
                           : strerror(error);
}

static void put_to_stderr(const struct line *line)
{
    bool cut = false;
    int fd = stepden_log_put_open(STDERR_FILENO);
    if (fd < 0)
        return;
    stepden_log_put(fd, &cut, line->text, line->size);
    close(fd);
}

/* To all outputs that work, but for one; at least to standard error, unless
 * that is the one. */
static void tell(struct stepden_log *log,
                 const struct stepden_log_output *failed,
                 const struct line *line)
{
    bool done = failed && strcmp(failed->to, "stderr") == 0;
    for (uint32_t i = 0; i < log->output_count; i++) {
        struct stepden_log_output *output = &log->output[i];
        if (output == failed || output->error != 0 ||
            line->level < output->level)
            continue;
        put(log, output, line);
        done = done || output->error == 0;
    }
    if (!done)
        put_to_stderr(line);
}

static bool was_told_lately(const struct stepden_log_output *output,
                            int64_t unix_ms)
{
    int64_t since_ms = unix_ms - output->told_ms;
    return output->told_ms != 0 && since_ms >= 0 && since_ms < TELL_AGAIN_MS;
}

static void tell_lost(struct stepden_log *log,
                      struct stepden_log_output *output, int64_t unix_ms)
{
    if (output->told || was_told_lately(output, unix_ms))
        return;
    output->told = true;
    output->told_ms = unix_ms;

    char message[MESSAGE_MAX];
    struct line line;
    snprintf(message, sizeof message, "log_lost to=%s reason=\"%s\"",
             STEPDEN_LOG_VALUE(output->to), reason_of(output->error));
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE, message);
    tell(log, output, &line);
}

/* Says there how many lines are missing, if it works again, and elsewhere. */
static bool resume(struct stepden_log *log, struct stepden_log_output *output)
{
    char message[MESSAGE_MAX];
    struct line line;
    snprintf(message, sizeof message, "log_resumed to=%s lost=%" PRIu64,
             STEPDEN_LOG_VALUE(output->to), output->lost);
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE, message);
    if (stepden_log_output_write(output, line.level, line.text, line.size,
                                 line.unix_ms) != 0)
        return false;
    bool told = output->told;
    output->lost = 0;
    output->told = false;
    if (told)
        tell(log, output, &line);
    return true;
}

/* Of a file that goes on, though it should have made room. */
static void tell_rotation(struct stepden_log *log,
                          struct stepden_log_output *output)
{
    int error = output->file.rotation_error;
    if (error == output->rotation_told)
        return;
    output->rotation_told = error;
    if (error == 0)
        return;
    char message[MESSAGE_MAX];
    struct line line;
    snprintf(message, sizeof message, "log_not_rotated to=%s reason=\"%s\"",
             STEPDEN_LOG_VALUE(output->to), strerror(error));
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE, message);
    tell(log, NULL, &line);
}

/* ---- writing ---- */

static void put(struct stepden_log *log, struct stepden_log_output *output,
                const struct line *line)
{
    bool works = (output->lost == 0 && !output->told) || resume(log, output);
    if (works && stepden_log_output_write(output, line->level, line->text,
                                          line->size, line->unix_ms) == 0) {
        tell_rotation(log, output);
    } else {
        output->lost++;
        tell_lost(log, output, line->unix_ms);
    }
}

void stepden_log_write(struct stepden_log *log, enum stepden_log_level level,
                       const char *file, const char *function, int line_number,
                       const char *format, ...)
{
    char message[STEPDEN_LOG_LINE_MAX];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (size >= (int)sizeof message)
        stepden_log_words_cut(message, sizeof message - 2);

    struct line line;
    make_line(&line, log, level, (struct place){file, function, line_number},
              message);
    for (uint32_t i = 0; i < log->output_count; i++)
        if (level >= log->output[i].level)
            put(log, &log->output[i], &line);
}

/* ---- opening ---- */

static unsigned level_of(const struct stepden_log_handler *handler,
                         unsigned log_level)
{
    switch (handler->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        return handler->stream.has_level ? handler->stream.level : log_level;
    case STEPDEN_LOG_HANDLER_FILE:
        return handler->file.has_level ? handler->file.level : log_level;
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
        return handler->size_rotate.has_level ? handler->size_rotate.level
                                              : log_level;
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        return handler->time_rotate.has_level ? handler->time_rotate.level
                                              : log_level;
    case STEPDEN_LOG_HANDLER_SYSLOG:
        return handler->syslog.has_level ? handler->syslog.level : log_level;
    case STEPDEN_LOG_HANDLER_NULL:
        break;
    }
    return LEVEL_NOTHING;
}

/* A line that all outputs have room for. */
static size_t line_max_of(const struct stepden_config_log *config)
{
    size_t line_max = STEPDEN_LOG_LINE_MAX;
    for (uint32_t i = 0; i < config->handlers.count; i++) {
        const struct stepden_log_handler *handler = &config->handlers.item[i];
        if (handler->kind == STEPDEN_LOG_HANDLER_SIZE_ROTATE &&
            handler->size_rotate.max_bytes > 0 &&
            handler->size_rotate.max_bytes < (int64_t)line_max)
            line_max = (size_t)handler->size_rotate.max_bytes;
    }
    return line_max;
}

/* With `anew`, files of the mode "w" are emptied. */
static void open_outputs(struct stepden_log *log, bool anew)
{
    const struct stepden_config_log *config = &log->config;
    struct stepden_log_writer writer = {log->name, log->process};
    int64_t unix_ms = log->clock.unix_ms(log->clock.ctx);
    log->line_max = line_max_of(config);
    log->output_count = config->handlers.count;
    for (uint32_t i = 0; i < log->output_count; i++) {
        struct stepden_log_output *output = &log->output[i];
        const struct stepden_log_handler *handler = &config->handlers.item[i];
        stepden_log_output_open(output, handler, &writer, anew, unix_ms);
        output->level = level_of(handler, config->level);
        if (output->level < log->level)
            log->level = output->level;
    }
    for (uint32_t i = 0; i < log->output_count; i++)
        if (log->output[i].error != 0)
            tell_lost(log, &log->output[i], unix_ms);
}

enum stepden_status stepden_log_check(const struct stepden_config_log *config,
                                      stepden_diag_report *report, void *ctx)
{
    struct stepden_log_format format;
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_log_format_compile(&format, config->format, &diag);
    if (status != STEPDEN_OK)
        report(ctx, &diag);
    enum stepden_status paths = stepden_log_paths_check(config, report, ctx);
    return status != STEPDEN_OK ? status : paths;
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

/* What is missing at the end is said at least elsewhere. */
static void end_output(struct stepden_log *log,
                       struct stepden_log_output *output)
{
    output->error = 0; /* no pause: this is the last try */
    if (output->lost == 0 || resume(log, output))
        return;
    char message[MESSAGE_MAX];
    struct line line;
    snprintf(
        message, sizeof message, "log_lost to=%s reason=\"%s\" lost=%" PRIu64,
        STEPDEN_LOG_VALUE(output->to), reason_of(output->error), output->lost);
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE, message);
    tell(log, output, &line);
}

void stepden_log_close(struct stepden_log *log)
{
    for (uint32_t i = 0; i < log->output_count; i++)
        end_output(log, &log->output[i]);
    for (uint32_t i = 0; i < log->output_count; i++)
        stepden_log_output_close(&log->output[i]);
    log->output_count = 0;
    log->level = LEVEL_NOTHING;
}
