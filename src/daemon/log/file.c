#include "daemon/log/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/log/put.h"

/* ---- opening ---- */

static struct stepden_log_period period_of(const struct stepden_log_file *file,
                                           int64_t unix_s)
{
    const struct stepden_log_file_settings *settings = &file->settings;
    return settings->when ? stepden_log_rotation_period(
                                settings->when, settings->interval, unix_s)
                          : (struct stepden_log_period){0, INT64_MAX};
}

/* Of a crash, or of a full disk. A file that may not be read ends well. */
static bool ends_within_line(const char *path, off_t size)
{
    char last = '\n';
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool known = pread(fd, &last, 1, size - 1) == 1;
    close(fd);
    return known && last != '\n';
}

/* Whoever rotates it has it alone: two would rename each other's files, and
 * exceed its size. Where there are no locks, as on some networks, nobody knows.
 */
static bool is_taken(const struct stepden_log_file *file)
{
    bool rotates = file->settings.max_bytes > 0 || file->settings.when;
    return rotates && file->regular &&
           flock(file->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/* Non-blocking, as a named pipe without a reader would wait for it. */
static int open_file(struct stepden_log_file *file, int flags, int64_t unix_ms)
{
    const char *path = file->settings.path;
    stepden_log_file_close(file);
    int fd = open(path,
                  O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY |
                      O_CLOEXEC | flags,
                  0640);
    struct stat state;
    if (fd < 0 || fstat(fd, &state) != 0)
        return errno;
    file->fd = fd;
    file->device = state.st_dev;
    file->inode = state.st_ino;
    file->regular = S_ISREG(state.st_mode);
    if (is_taken(file)) {
        stepden_log_file_close(file);
        return EBUSY;
    }
    file->size = state.st_size;
    file->period =
        period_of(file, file->size > 0 ? state.st_mtime : unix_ms / 1000);
    file->cut =
        file->regular && file->size > 0 && ends_within_line(path, file->size);
    return 0;
}

int stepden_log_file_open(struct stepden_log_file *file,
                          const struct stepden_log_file_settings *settings,
                          int64_t unix_ms)
{
    *file = (struct stepden_log_file){.settings = *settings, .fd = -1};
    return open_file(file, settings->truncate ? O_TRUNC : 0, unix_ms);
}

void stepden_log_file_close(struct stepden_log_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
}

/* ---- writing ---- */

/* Whether the path still names the open file; takes its size. */
static bool is_in_place(struct stepden_log_file *file)
{
    struct stat state;
    if (file->fd < 0 || stat(file->settings.path, &state) != 0 ||
        state.st_dev != file->device || state.st_ino != file->inode)
        return false;
    file->size = state.st_size;
    return true;
}

static int rotate_by_time(struct stepden_log_file *file, int64_t unix_ms)
{
    const struct stepden_log_file_settings *settings = &file->settings;
    file->rotation_error = 0;
    if (stepden_log_rotation_by_time(settings->path, settings->when,
                                     file->period.start_s,
                                     settings->backup_count) == 0)
        return open_file(file, 0, unix_ms);
    file->rotation_error = errno;
    file->period.end_s = unix_ms / 1000 + 1;
    return 0;
}

static int rotate_by_size(struct stepden_log_file *file, int64_t unix_ms)
{
    const struct stepden_log_file_settings *settings = &file->settings;
    int result = settings->backup_count == 0
                     ? ftruncate(file->fd, 0)
                     : stepden_log_rotation_by_size(settings->path,
                                                    settings->backup_count);
    return result == 0 ? open_file(file, 0, unix_ms) : errno;
}

/* An empty file is of the time of its first line. */
static int make_room(struct stepden_log_file *file, size_t size,
                     int64_t unix_ms)
{
    int64_t max_bytes = file->settings.max_bytes;
    int64_t unix_s = unix_ms / 1000;
    struct stepden_log_period period = file->period;
    if (!file->regular)
        return 0;
    if (max_bytes > 0 && file->size > 0 &&
        file->size + file->cut + (int64_t)size > max_bytes)
        return rotate_by_size(file, unix_ms);
    if (unix_s < period.end_s && unix_s >= 2 * period.start_s - period.end_s)
        return 0;
    if (file->size > 0)
        return rotate_by_time(file, unix_ms);
    file->period = period_of(file, unix_s);
    return 0;
}

/* No half a line stays on a full disk, unless others have written, too. */
static void take_back(struct stepden_log_file *file, size_t most, bool was_cut)
{
    struct stat state;
    if (file->regular && fstat(file->fd, &state) == 0 &&
        state.st_size > file->size &&
        state.st_size - file->size <= (off_t)most &&
        ftruncate(file->fd, file->size) == 0)
        file->cut = was_cut;
}

int stepden_log_file_write(struct stepden_log_file *file, const char *line,
                           size_t size, int64_t unix_ms)
{
    int error = is_in_place(file) ? 0 : open_file(file, 0, unix_ms);
    if (error == 0)
        error = make_room(file, size, unix_ms);
    if (error != 0)
        return error;
    bool was_cut = file->cut;
    error = stepden_log_put(file->fd, &file->cut, line, size);
    if (error != 0 && file->cut)
        take_back(file, was_cut + size, was_cut);
    return error;
}
