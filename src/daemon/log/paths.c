#include "daemon/log/paths.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *stepden_log_path(const struct stepden_log_handler *handler)
{
    switch (handler->kind) {
    case STEPDEN_LOG_HANDLER_FILE:
        return handler->file.path;
    case STEPDEN_LOG_HANDLER_SIZE_ROTATE:
        return handler->size_rotate.path;
    case STEPDEN_LOG_HANDLER_TIME_ROTATE:
        return handler->time_rotate.path;
    case STEPDEN_LOG_HANDLER_STREAM:
    case STEPDEN_LOG_HANDLER_SYSLOG:
    case STEPDEN_LOG_HANDLER_NULL:
        break;
    }
    return NULL;
}

bool stepden_log_path_rotates(const struct stepden_log_handler *handler)
{
    return handler->kind == STEPDEN_LOG_HANDLER_SIZE_ROTATE ||
           handler->kind == STEPDEN_LOG_HANDLER_TIME_ROTATE;
}

/* A path in the one spelling that its folder has, if that is there. */
struct place {
    char path[PATH_MAX + sizeof((struct stepden_log_handler *)NULL)->file.path];
};

static void find_place(struct place *place, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char folder[sizeof((struct stepden_log_handler *)NULL)->file.path + 2];
    char resolved[PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s.", (int)(name - path), path);
    if (realpath(folder, resolved))
        snprintf(place->path, sizeof place->path, "%s/%s", resolved, name);
    else
        snprintf(place->path, sizeof place->path, "%s", path);
}

/* By links of any kind; devices may be shared. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat at_a, at_b;
    return stat(a, &at_a) == 0 && stat(b, &at_b) == 0 &&
           S_ISREG(at_a.st_mode) && at_a.st_dev == at_b.st_dev &&
           at_a.st_ino == at_b.st_ino;
}

/* Numbers and dates begin with a digit. */
static bool is_old_file(const struct place *place, const struct place *of)
{
    size_t size = strlen(of->path);
    return strncmp(place->path, of->path, size) == 0 &&
           place->path[size] == '.' &&
           isdigit((unsigned char)place->path[size + 1]);
}

/* What is wrong with `handler` beside an earlier one, or NULL. */
static const char *compare(const struct stepden_log_handler *handler,
                           const struct stepden_log_handler *earlier)
{
    const char *path = stepden_log_path(handler);
    const char *other = stepden_log_path(earlier);
    struct place place, other_place;
    if (!path || !other)
        return NULL;
    find_place(&place, path);
    find_place(&other_place, other);
    if (strcmp(place.path, other_place.path) == 0 || is_same_file(path, other))
        return "found the file";
    if (stepden_log_path_rotates(earlier) && is_old_file(&place, &other_place))
        return "found the name of an old file";
    if (stepden_log_path_rotates(handler) && is_old_file(&other_place, &place))
        return "its old files may get the name of the file";
    return NULL;
}

static bool is_refused(const struct stepden_config_log *config, uint32_t i,
                       stepden_diag_report *report, void *ctx)
{
    const struct stepden_log_handler *handler = config->handlers.item;
    struct stepden_diag diag;
    for (uint32_t j = 0; j < i; j++) {
        const char *why = compare(&handler[i], &handler[j]);
        char where[48];
        if (!why)
            continue;
        snprintf(where, sizeof where, "/log/handlers/%" PRIu32 "/path", i);
        stepden_diag_set(&diag, STEPDEN_ERR_INVALID, where,
                         "%s of handler %" PRIu32 ", allowed is one handler a "
                         "file",
                         why, j);
        report(ctx, &diag);
        return true;
    }
    return false;
}

enum stepden_status
stepden_log_paths_check(const struct stepden_config_log *config,
                        stepden_diag_report *report, void *ctx)
{
    enum stepden_status status = STEPDEN_OK;
    for (uint32_t i = 0; i < config->handlers.count; i++)
        if (is_refused(config, i, report, ctx))
            status = STEPDEN_ERR_INVALID;
    return status;
}
