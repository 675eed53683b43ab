#include "daemon/log/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log/paths.h"
#include "daemon/log/put.h"
#include "daemon/log/words.h"

#define LEVEL_NOTHING 255u

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

static void vmake_line(struct line *line, const struct stepden_log *log,
                       enum stepden_log_level level, struct place place,
                       const char *format, va_list arguments)
{
    char message[STEPDEN_LOG_LINE_MAX];
    int size = vsnprintf(message, sizeof message, format, arguments);
    if (size >= (int)sizeof message)
        stepden_log_words_cut(message, sizeof message - 2);
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
    line->size = stepden_log_format_line(line->text, &log->format, &entry);
}

static void make_line(struct line *line, const struct stepden_log *log,
                      enum stepden_log_level level, struct place place,
                      const char *format, ...) STEPDEN_PRINTF(5, 6);

static void make_line(struct line *line, const struct stepden_log *log,
                      enum stepden_log_level level, struct place place,
                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vmake_line(line, log, level, place, format, arguments);
    va_end(arguments);
}

/* ---- an output that fails ---- */

static void put(struct stepden_log *log, struct stepden_log_output *output,
                const struct line *line);

static const char *reason_of(int error)
{
    if (error == EAGAIN)
        return "full, as it is not read fast enough";
    return error == EBUSY ? "another process has it" : strerror(error);
}

static bool try_line(struct stepden_log_output *output, const struct line *line)
{
    struct stepden_log_outage *outage = &output->outage;
    if (!stepden_log_outage_tries(outage, line->unix_ms))
        return false;
    int error = stepden_log_output_write(output, line->level, line->text,
                                         line->size, line->unix_ms);
    stepden_log_outage_note(outage, error, line->unix_ms);
    return error == 0;
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
        if (output == failed || output->outage.error != 0 ||
            line->level < output->level)
            continue;
        put(log, output, line);
        done = done || output->outage.error == 0;
    }
    if (!done)
        put_to_stderr(line);
}

static void tell_lost(struct stepden_log *log,
                      const struct stepden_log_output *output)
{
    struct line line;
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE,
              "log_lost to=%s reason=\"%s\"", STEPDEN_LOG_VALUE(output->to),
              reason_of(output->outage.error));
    tell(log, output, &line);
}

static void tell_resumed(struct stepden_log *log,
                         struct stepden_log_output *output)
{
    struct line line;
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE,
              "log_resumed to=%s lost=%" PRIu64, STEPDEN_LOG_VALUE(output->to),
              stepden_log_outage_take_unheard(&output->outage));
    tell(log, output, &line);
}

static void tell_news(struct stepden_log *log,
                      struct stepden_log_output *output, int64_t unix_ms)
{
    switch (stepden_log_outage_news(&output->outage, unix_ms)) {
    case STEPDEN_LOG_NEWS_LOST:
        tell_lost(log, output);
        break;
    case STEPDEN_LOG_NEWS_RESUMED:
        tell_resumed(log, output);
        break;
    case STEPDEN_LOG_NEWS_NONE:
        break;
    }
}

/* There, if it is time to, how many of its lines are missing. */
static void say_resumed(struct stepden_log *log,
                        struct stepden_log_output *output, int64_t unix_ms)
{
    struct stepden_log_outage *outage = &output->outage;
    struct line line;
    if (!stepden_log_outage_is_to_say(outage, unix_ms))
        return;
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE,
              "log_resumed to=%s lost=%" PRIu64, STEPDEN_LOG_VALUE(output->to),
              outage->lost);
    if (try_line(output, &line))
        stepden_log_outage_said(outage, unix_ms);
}

/* Of a file that goes on, though it should have made room. */
static void tell_rotation(struct stepden_log *log,
                          struct stepden_log_output *output)
{
    int error = output->file.rotation_error;
    if (error == output->outage.rotation_error)
        return;
    output->outage.rotation_error = error;
    if (error == 0)
        return;
    struct line line;
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE,
              "log_not_rotated to=%s reason=\"%s\"",
              STEPDEN_LOG_VALUE(output->to), strerror(error));
    tell(log, NULL, &line);
}

/* ---- writing ---- */

static void put(struct stepden_log *log, struct stepden_log_output *output,
                const struct line *line)
{
    say_resumed(log, output, line->unix_ms);
    if (try_line(output, line)) {
        tell_rotation(log, output);
    } else {
        stepden_log_outage_lose(&output->outage);
        log->lost++;
    }
    tell_news(log, output, line->unix_ms);
}

void stepden_log_write(struct stepden_log *log, enum stepden_log_level level,
                       const char *file, const char *function, int line_number,
                       const char *format, ...)
{
    struct line line;
    va_list arguments;
    va_start(arguments, format);
    vmake_line(&line, log, level, (struct place){file, function, line_number},
               format, arguments);
    va_end(arguments);
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

/* With `anew`, files of the mode "w" are emptied. `outages` is what is known of
 * the outputs already. */
static void open_outputs(struct stepden_log *log, bool anew,
                         const struct stepden_log_outage *outages)
{
    const struct stepden_config_log *config = &log->config;
    struct stepden_log_writer writer = {log->name, log->process};
    int64_t unix_ms = log->clock.unix_ms(log->clock.ctx);
    log->output_count = config->handlers.count;
    for (uint32_t i = 0; i < log->output_count; i++) {
        struct stepden_log_output *output = &log->output[i];
        const struct stepden_log_handler *handler = &config->handlers.item[i];
        int error =
            stepden_log_output_open(output, handler, &writer, anew, unix_ms);
        output->outage = outages[i];
        stepden_log_outage_note(&output->outage, error, unix_ms);
        output->level = level_of(handler, config->level);
        if (output->level < log->level)
            log->level = output->level;
    }
    for (uint32_t i = 0; i < log->output_count; i++) {
        say_resumed(log, &log->output[i], unix_ms);
        tell_news(log, &log->output[i], unix_ms);
    }
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
        open_outputs(
            log, true,
            (struct stepden_log_outage[STEPDEN_LOG_OUTPUT_MAX]){{.error = 0}});
    return status;
}

/* What is missing at the end is said at least elsewhere. */
static void end_output(struct stepden_log *log,
                       struct stepden_log_output *output)
{
    struct stepden_log_outage *outage = &output->outage;
    struct line line;
    if (outage->lost == 0 && outage->unheard == 0)
        return;
    stepden_log_outage_hurry(outage);
    say_resumed(log, output, log->clock.unix_ms(log->clock.ctx));
    if (outage->unheard == 0)
        return;
    if (outage->error == 0) {
        tell_resumed(log, output);
        return;
    }
    make_line(&line, log, STEPDEN_LOG_LEVEL_ERROR, HERE,
              "log_lost to=%s reason=\"%s\" lost=%" PRIu64,
              STEPDEN_LOG_VALUE(output->to), reason_of(outage->error),
              outage->unheard);
    tell(log, output, &line);
}

static void close_outputs(struct stepden_log *log)
{
    for (uint32_t i = 0; i < log->output_count; i++)
        stepden_log_output_close(&log->output[i]);
    log->output_count = 0;
    log->level = LEVEL_NOTHING;
}

/* What is known of the outputs that go on, by their names; the others end. */
static void pass_on(struct stepden_log_outage *outages, struct stepden_log *log,
                    const struct stepden_config_log *config)
{
    for (uint32_t i = 0; i < log->output_count; i++) {
        uint32_t next = 0;
        while (next < config->handlers.count &&
               strcmp(stepden_log_output_name(&config->handlers.item[next]),
                      log->output[i].to) != 0)
            next++;
        if (next == config->handlers.count)
            end_output(log, &log->output[i]);
        else
            outages[next] = log->output[i].outage;
    }
}

enum stepden_status stepden_log_reopen(struct stepden_log *log,
                                       const struct stepden_config_log *config,
                                       struct stepden_diag *diag)
{
    struct stepden_log_format format;
    struct stepden_log_outage outages[STEPDEN_LOG_OUTPUT_MAX] = {{.error = 0}};
    enum stepden_status status =
        stepden_log_format_compile(&format, config->format, diag);
    if (status != STEPDEN_OK)
        return status;
    pass_on(outages, log, config);
    close_outputs(log);
    log->format = format;
    log->config = *config;
    open_outputs(log, false, outages);
    return STEPDEN_OK;
}

void stepden_log_close(struct stepden_log *log)
{
    for (uint32_t i = 0; i < log->output_count; i++)
        end_output(log, &log->output[i]);
    close_outputs(log);
}

size_t stepden_log_failing(const struct stepden_log *log)
{
    size_t count = 0;
    for (uint32_t i = 0; i < log->output_count; i++)
        count += log->output[i].outage.error != 0;
    return count;
}
