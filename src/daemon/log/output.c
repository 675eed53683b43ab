#include "daemon/log/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "daemon/log/paths.h"
#include "daemon/log/put.h"

/* ---- opening ---- */

const char *stepden_log_output_name(const struct stepden_log_handler *handler)
{
    if (handler->kind == STEPDEN_LOG_HANDLER_STREAM)
        return stepden_log_handler_stream_stream_text(handler->stream.stream);
    if (handler->kind == STEPDEN_LOG_HANDLER_SYSLOG)
        return STEPDEN_LOG_SYSLOG_PATH;
    const char *path = stepden_log_path(handler);
    return path ? path : "";
}

static int open_stream(struct stepden_log_output *output)
{
    output->stream = stepden_log_put_open(
        strcmp(output->to, "stdout") == 0 ? STDOUT_FILENO : STDERR_FILENO);
    return output->stream >= 0 ? 0 : errno;
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

int stepden_log_output_open(struct stepden_log_output *output,
                            const struct stepden_log_handler *handler,
                            const struct stepden_log_writer *writer, bool anew,
                            int64_t unix_ms)
{
    struct stepden_log_file_settings settings;
    *output = (struct stepden_log_output){
        .kind = handler->kind,
        .to = stepden_log_output_name(handler),
        .stream = -1,
        .file.fd = -1,
        .syslog.fd = -1,
    };
    switch (handler->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        return open_stream(output);
    case STEPDEN_LOG_HANDLER_FILE:
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        settings = settings_of(handler, anew);
        return stepden_log_file_open(&output->file, &settings, unix_ms);
    case STEPDEN_LOG_HANDLER_SYSLOG:
        return stepden_log_syslog_open(&output->syslog, output->to,
                                       handler->syslog.facility, writer->name,
                                       writer->process);
    case STEPDEN_LOG_HANDLER_NULL:
        break;
    }
    return 0;
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

static int write_stream(struct stepden_log_output *output, const char *line,
                        size_t size)
{
    int error = output->stream >= 0 ? 0 : open_stream(output);
    return error == 0 ? stepden_log_put(output->stream, &output->outage.cut,
                                        line, size)
                      : error;
}

int stepden_log_output_write(struct stepden_log_output *output,
                             enum stepden_log_level level, const char *line,
                             size_t size, int64_t unix_ms)
{
    switch (output->kind) {
    case STEPDEN_LOG_HANDLER_STREAM:
        return write_stream(output, line, size);
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
