#include "daemon/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/log_rotation.h"

#define RETRY_MS 1000

static void start_period(struct stepden_log_file *file, int64_t start_s)
{
    if (file->settings.when)
        file->rotate_s = stepden_log_rotation_next(
            file->settings.when, file->settings.interval, start_s);
}

/* Of a file that goes on, the period began with its last change. */
static void open_file(struct stepden_log_file *file, int flags, int64_t unix_ms)
{
    file->retry_ms = unix_ms + RETRY_MS;
    file->fd = open(file->settings.path,
                    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | flags, 0640);
    struct stat state;
    if (file->fd < 0 || fstat(file->fd, &state) != 0) {
        file->error = errno;
        return;
    }
    file->size = state.st_size;
    start_period(file, file->size > 0 ? state.st_mtime : unix_ms / 1000);
}

void stepden_log_file_open(struct stepden_log_file *file,
                           const struct stepden_log_file_settings *settings,
                           int64_t unix_ms)
{
    *file = (struct stepden_log_file){.settings = *settings, .fd = -1};
    open_file(file, settings->truncate ? O_TRUNC : 0, unix_ms);
}

void stepden_log_file_close(struct stepden_log_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

static void rotate(struct stepden_log_file *file, int64_t unix_ms)
{
    const struct stepden_log_file_settings *settings = &file->settings;
    int result = settings->when
                     ? stepden_log_rotation_by_time(
                           settings->path, settings->when, settings->interval,
                           file->rotate_s, settings->backup_count)
                     : stepden_log_rotation_by_size(settings->path,
                                                    settings->backup_count);
    start_period(file, unix_ms / 1000);
    if (result != 0) {
        file->error = errno;
        return;
    }
    stepden_log_file_close(file);
    open_file(file, 0, unix_ms);
}

static bool is_full(const struct stepden_log_file *file, size_t size,
                    int64_t unix_ms)
{
    const struct stepden_log_file_settings *settings = &file->settings;
    if (settings->when)
        return unix_ms / 1000 >= file->rotate_s;
    return settings->max_bytes > 0 && file->size > 0 &&
           file->size + (int64_t)size > settings->max_bytes;
}

static bool write_all(struct stepden_log_file *file, const char *text,
                      size_t size)
{
    while (size > 0) {
        ssize_t written = write(file->fd, text, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            file->error = errno;
            return false;
        }
        file->size += written;
        file->cut = text[written - 1] != '\n';
        text += written;
        size -= (size_t)written;
    }
    return true;
}

enum stepden_status stepden_log_file_write(struct stepden_log_file *file,
                                           const char *line, size_t size,
                                           int64_t unix_ms)
{
    if (file->fd < 0 && unix_ms >= file->retry_ms)
        open_file(file, 0, unix_ms);
    if (file->fd >= 0 && is_full(file, size, unix_ms))
        rotate(file, unix_ms);
    if (file->fd < 0 || (file->cut && !write_all(file, "\n", 1)) ||
        !write_all(file, line, size)) {
        file->lost++;
        return STEPDEN_ERR_SYSTEM;
    }
    file->error = 0;
    file->lost = 0;
    return STEPDEN_OK;
}
