#include "daemon/config/check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "daemon/log/log.h"
#include "daemon/log/paths.h"
#include "daemon/monitor/http_address.h"
#include "redis/keys.h"
#include "redis/rights.h"
#include "redis/where.h"

/* ---- what keeps the service from its start ---- */

static enum stepden_status check_address(const struct stepden_config *config,
                                         stepden_diag_report *report, void *ctx)
{
    struct stepden_http_address address;
    struct stepden_diag diag;
    if (!config->health.has_listen)
        return STEPDEN_OK;
    enum stepden_status status =
        stepden_http_address_read(&address, config->health.listen, &diag);
    if (status != STEPDEN_OK)
        report(ctx, &diag);
    return status;
}

enum stepden_status stepden_check_start(const struct stepden_config *config,
                                        stepden_diag_report *report, void *ctx)
{
    enum stepden_status log = stepden_log_check(&config->log, report, ctx);
    enum stepden_status link = stepden_where_check(&config->redis, report, ctx);
    enum stepden_status address = check_address(config, report, ctx);
    if (log != STEPDEN_OK)
        return log;
    return link != STEPDEN_OK ? link : address;
}

/* ---- files ---- */

static int try_access(const char *path, int mode)
{
    return faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0 ? 0 : errno;
}

static int try_folder_of(const char *path)
{
    char folder[4 * 1024 + 1];
    const char *slash = strrchr(path, '/');
    if (!slash)
        return try_access(".", W_OK | X_OK);
    snprintf(folder, sizeof folder, "%.*s", (int)(slash + 1 - path), path);
    return try_access(folder, W_OK | X_OK);
}

/* Whether it can be, or could be made: 0, or why not. */
static int try_writing(const char *path, bool is_renamed)
{
    struct stat state;
    int error = stat(path, &state) == 0 ? 0 : errno;
    if (error == 0 && S_ISDIR(state.st_mode))
        return EISDIR;
    if (error == 0)
        error = try_access(path, W_OK);
    if (error == ENOENT || (error == 0 && is_renamed))
        error = try_folder_of(path);
    return error;
}

static void try_file(const struct stepden_config_report *report,
                     const char *where, const char *path, bool is_renamed)
{
    int error = try_writing(path, is_renamed);
    struct stepden_config_fault fault = {.line = 0};
    if (error == 0)
        return;
    stepden_diag_set(&fault.diag, STEPDEN_OK, where, "%s cannot be written: %s",
                     path, strerror(error));
    report->fault(report->ctx, &fault);
}

static void try_handler(const struct stepden_config_report *report,
                        const struct stepden_log_handler *handler, unsigned i)
{
    const char *path = stepden_log_path(handler);
    char where[48];
    snprintf(where, sizeof where, "/log/handlers/%u/path", i);
    if (path)
        try_file(report, where, path, stepden_log_path_rotates(handler));
}

void stepden_check_files(const struct stepden_config *config,
                         const struct stepden_config_report *report)
{
    const struct stepden_config_redis_lease *lease = &config->redis.lease;

    char state_file[sizeof lease->state_file + sizeof ".0"];

    for (uint32_t i = 0; i < config->log.handlers.count; i++)
        try_handler(report, &config->log.handlers.item[i], i);
    snprintf(state_file, sizeof state_file, "%s%s", lease->state_file,
             config->redis.partitions > 1 ? ".0" : "");
    if (lease->has_state_file)
        try_file(report, "/redis/lease/stateFile", state_file, false);
}

/* ---- what Redis has to allow ---- */

/* As it stands, or where that is not plain text, as a value in the log. */
static const char *shown(char value[STEPDEN_LOG_VALUE_MAX], const char *name)
{
    stepden_log_value(value, name, strlen(name));
    return strlen(value) == strlen(name) + strlen("\"\"") ? name : value;
}

#define SHOWN(name) shown((char[STEPDEN_LOG_VALUE_MAX]){0}, (name))

static int longest(const struct stepden_key list[STEPDEN_KEY_COUNT])
{
    size_t most = 0;
    for (size_t i = 0; i < STEPDEN_KEY_COUNT; i++)
        if (strlen(SHOWN(list[i].name)) > most)
            most = strlen(SHOWN(list[i].name));
    return (int)most;
}

void stepden_check_print_needs(const struct stepden_config *config, FILE *file)
{
    struct stepden_keys keys;
    struct stepden_key list[STEPDEN_KEY_COUNT];
    char rights[STEPDEN_RIGHTS_SIZE];

    stepden_keys_derive(&keys, config, 0);
    stepden_keys_list(list, &keys);
    if (config->redis.partitions > 1)
        fprintf(file,
                "Its keys in Redis in partition 0 of %u; the others have their "
                "own number in\nplace of {0}:\n\n",
                (unsigned)config->redis.partitions);
    else
        fputs("Its keys in Redis:\n\n", file);
    for (size_t i = 0; i < STEPDEN_KEY_COUNT; i++)
        fprintf(file, "  %-*s  %-6s  %s\n", longest(list), SHOWN(list[i].name),
                list[i].type, list[i].use);
    fprintf(file,
            "\nThe user that it needs there, for the prompt of redis-cli, with "
            "the password\nin place of PASSWORD:\n\n%s\n",
            stepden_rights_write(rights, config));
    if (!config->redis.connection.has_username)
        fputs(
            "\nThe configuration names no user: redis.connection.username and "
            "password.\n",
            file);
    fprintf(file,
            "\nIt also names its connections and looks at the server's idle "
            "timeout, if it is\ngiven two rights more: %s\n",
            stepden_rights_optional);
}
