#include "daemon/log_output.h"

#include <errno.h>
#include <unistd.h>

#include "daemon/log_put.h"

#define RETRY_MS 1000

/* ---- opening ---- */

static int open_stream(struct stepden_log_output *output,
                       const struct stepden_log_handler_stream *handler)
{
    bool standard = handler->stream == STEPDEN_LOG_HANDLER_STREAM_STREAM_STDOUT;
    output->to = standard ? "stdout" : "stderr";
    output->stream =
        stepden_log_put_open(standard ? STDOUT_FILENO : STDERR_FILENO);
    return output->stream >= 0 ? 0 : errno;
}

static int open_syslog(struct stepden_log_output *output,
                       const struct stepden_log_handler_syslog *handler,
                       const struct stepden_log_writer *writer)
{
    output->to = STEPDEN_LOG_SYSLOG_PATH;
    return stepden_log_syslog_open(&output->syslog, output->to,
                                   handler->facility, writer->name,
                                   writer->process);
}

static int open_file(struct stepden_log_output *output,
                     struct stepden_log_file_settings settings, int64_t unix_ms)
{
    output->to = settings.path;
    return stepden_log_file_open(&output->file, &settings, unix_ms);
}

static struct stepden_log_file_settings
settings_of(const struct stepden_log_handler *handler, bool anew)
{
    const struct stepden_log_handler_time_rotate *by_time =
        &handler->time_rotate;
    if (handler->kind == STEPDEN_LOG_HANDLER_SIZE_ROTATE)
        return (struct stepden_log_file_settings){
            .path = handler->size_rotate.path,
            .max_bytes = handler->size_rotate.max_bytes,
            .backup_count = handler->size_rotate.backup_count,
        };
    if (handler->kind == STEPDEN_LOG_HANDLER_TIME_ROTATE)
        return (struct stepden_log_file_settings){
            .path = by_time->path,
            .when = stepden_log_handler_time_rotate_when_text(by_time->when),
            .interval = by_time->interval,
            .backup_count = by_time->backup_count,
        };
    return (struct stepden_log_file_settings){
        .path = handler->file.path,
        .truncate =
            anew && handler->file.mode == STEPDEN_LOG_HANDLER_FILE_MODE_W,
    };
}

static int open_kind(struct stepden_log_output *output,
                     const struct stepden_log_handler *handler,
                     const struct stepden_log_writer *writer, bool anew,
                     int64_t unix_ms)
{
    switch (handler->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        return open_stream(output, &handler->stream);
    case STEPDEN_LOG_HANDLER_FILE:
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        return open_file(output, settings_of(handler, anew), unix_ms);
    case STEPDEN_LOG_HANDLER_SYSLOG:
        return open_syslog(output, &handler->syslog, writer);
    case STEPDEN_LOG_HANDLER_NULL:
        break;
    }
    return 0;
}

void stepden_log_output_open(struct stepden_log_output *output,
                             const struct stepden_log_handler *handler,
                             const struct stepden_log_writer *writer, bool anew,
                             int64_t unix_ms)
{
    *output = (struct stepden_log_output){
        .kind = handler->kind,
        .stream = -1,
        .file.fd = -1,
        .syslog.fd = -1,
        .error_ms = unix_ms,
    };
    output->error = open_kind(output, handler, writer, anew, unix_ms);
}

void stepden_log_output_close(struct stepden_log_output *output)
{
    if (output->stream >= 0)
        close(output->stream);
    output->stream = -1;
    stepden_log_file_close(&output->file);
    stepden_log_syslog_close(&output->syslog);
}

/* ---- writing ---- */

static int write_kind(struct stepden_log_output *output,
                      enum stepden_log_level level, const char *line,
                      size_t size, int64_t unix_ms)
{
    switch (output->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        return stepden_log_put(output->stream, &output->cut, line, size);
    case STEPDEN_LOG_HANDLER_FILE:
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        return stepden_log_file_write(&output->file, line, size, unix_ms);
    case STEPDEN_LOG_HANDLER_SYSLOG:
        return stepden_log_syslog_write(&output->syslog, level, line, size - 1,
                                        unix_ms);
    case STEPDEN_LOG_HANDLER_NULL:
        break;
    }
    return 0;
}

static bool pauses(const struct stepden_log_output *output, int64_t unix_ms)
{
    int64_t since_ms = unix_ms - output->error_ms;
    return output->error != 0 && output->error != EAGAIN && since_ms >= 0 &&
           since_ms < RETRY_MS;
}

int stepden_log_output_write(struct stepden_log_output *output,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms)
{
    if (pauses(output, unix_ms))
        return output->error;
    output->error = write_kind(output, level, line, size, unix_ms);
    output->error_ms = unix_ms;
    return output->error;
}
