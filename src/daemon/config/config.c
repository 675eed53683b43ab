#include <stepden/config.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/reader.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "daemon/config/load.h"
#include "daemon/config/rules.h"
#include "json/find.h"
#include "json/indent.h"

#define NAME_CHARACTERS_MAX 64

/* One more than are told: the last says that more are not. */
#define REFUSED_MAX (STEPDEN_JSON_ERRORS_MAX + 1)

/* What is told of the faults, and what they are. */
struct faults {
    const struct stepden_config_report *report;
    const char *json;
    size_t size;
    bool contradicts;
    size_t refused_count; /* places of what could not be read */
    char refused[REFUSED_MAX][sizeof((struct stepden_diag *)0)->where];
};

/* ---- places ---- */

static void find_place(struct stepden_config_fault *fault, const char *json,
                       size_t size)
{
    size_t end = fault->diag.offset < size ? fault->diag.offset : size;
    fault->line = 1;
    fault->column = 1;
    for (size_t i = 0; i < end; i++) {
        if (json[i] == '\n') {
            fault->line++;
            fault->column = 1;
        } else if (!stepden_utf8_continues(json[i])) {
            fault->column++;
        }
    }
}

void stepden_config_tell(const struct stepden_config_report *report,
                         const struct stepden_config_fault *fault)
{
    if (report)
        report->fault(report->ctx, fault);
}

static void tell(struct faults *faults, struct stepden_config_fault *fault)
{
    if (faults->json)
        find_place(fault, faults->json, faults->size);
    else
        fault->diag.offset = 0;
    stepden_config_tell(faults->report, fault);
}

/* The place is that of the member, or of what would hold it. */
static void tell_at(struct faults *faults, struct stepden_config_fault *fault)
{
    if (faults->json)
        fault->diag.offset = stepden_json_find_place(faults->json, faults->size,
                                                     fault->diag.where);
    tell(faults, fault);
}

/* ---- what holds between members ---- */

/* Whether `pointer` is, or is within, what is at `holder`. */
static bool is_within(const char *pointer, const char *holder)
{
    size_t size = strlen(holder);
    return size > 0 && strncmp(holder, pointer, size) == 0 &&
           (pointer[size] == '/' || pointer[size] == '\0');
}

/* Whether the member at `pointer`, what holds it or a part of it could not be
 * read. */
static bool is_refused(const struct faults *faults, const char *pointer)
{
    for (size_t i = 0; i < faults->refused_count; i++)
        if (is_within(pointer, faults->refused[i]) ||
            is_within(faults->refused[i], pointer))
            return true;
    return false;
}

static void tell_contradiction(void *ctx, const struct stepden_diag *diag,
                               const char *other)
{
    struct faults *faults = ctx;
    struct stepden_config_fault fault = {.diag = *diag};
    if (is_refused(faults, diag->where) || is_refused(faults, other))
        return;
    tell_at(faults, &fault);
    faults->contradicts = true;
}

static enum stepden_status check_members(const struct stepden_config *config,
                                         struct faults *faults)
{
    stepden_rules_check(config, tell_contradiction, faults);
    return faults->contradicts ? STEPDEN_ERR_INVALID : STEPDEN_OK;
}

/* ---- reading ---- */

static void tell_refused(void *ctx, const struct stepden_diag *diag)
{
    struct faults *faults = ctx;
    struct stepden_config_fault fault = {.diag = *diag};
    if (faults->refused_count < REFUSED_MAX)
        memcpy(faults->refused[faults->refused_count++], diag->where,
               sizeof diag->where);
    tell(faults, &fault);
}

static void tell_ruled(void *ctx, const struct stepden_diag *diag)
{
    struct faults *faults = ctx;
    struct stepden_config_fault fault = {.diag = *diag};
    if (!is_refused(faults, diag->where))
        tell_at(faults, &fault);
}

enum stepden_status stepden_config_parse_for(
    stepden_config_rule *rule, struct stepden_config *config, const char *json,
    size_t size, const struct stepden_config_report *report)
{
    struct faults faults = {.report = report, .json = json, .size = size};
    enum stepden_status status =
        stepden_config_read_all(config, json, size, tell_refused, &faults);
    /* Of half a text, what the other half says is not known. */
    if (status != STEPDEN_OK &&
        stepden_json_check(json, size, NULL) != STEPDEN_OK)
        return status;
    enum stepden_status checked = check_members(config, &faults);
    enum stepden_status ruled =
        rule ? rule(config, tell_ruled, &faults) : STEPDEN_OK;
    if (status == STEPDEN_OK)
        status = checked;
    return status == STEPDEN_OK ? ruled : status;
}

enum stepden_status
stepden_config_parse(struct stepden_config *config, const char *json,
                     size_t size, const struct stepden_config_report *report)
{
    return stepden_config_parse_for(NULL, config, json, size, report);
}

/* ---- a value of the caller's own ---- */

/* What the schema allows is known to the reader alone: the value is written,
 * and read again. */
static enum stepden_status check_ranges(const struct stepden_config *config,
                                        struct faults *faults)
{
    struct {
        struct stepden_config config;
        char json[STEPDEN_CONFIG_JSON_MAX];
    } *again = malloc(sizeof *again);
    if (!again)
        return STEPDEN_ERR_MEMORY;
    size_t size = stepden_config_write(again->json, sizeof again->json, config);
    enum stepden_status status = stepden_config_read_all(
        &again->config, again->json, size, tell_refused, faults);
    explicit_bzero(again, sizeof *again); /* it may hold a secret */
    free(again);
    return status;
}

enum stepden_status
stepden_config_check(const struct stepden_config *config,
                     const struct stepden_config_report *report)
{
    struct faults faults = {.report = report};
    enum stepden_status ranges = check_ranges(config, &faults);
    enum stepden_status members = check_members(config, &faults);
    return ranges != STEPDEN_OK ? ranges : members;
}

/* ---- writing ---- */

/* `json` with lines, or NULL without memory. */
static char *indent(const char *json, size_t size)
{
    for (size_t room = 2 * size;; room *= 2) {
        char *text = malloc(room + 2);
        if (!text)
            return NULL;
        size_t used = stepden_json_indent(text, room, json, size);
        if (used > 0) {
            memcpy(text + used, "\n", 2);
            return text;
        }
        free(text);
    }
}

char *stepden_config_text(const struct stepden_config *config)
{
    char *json = malloc(STEPDEN_CONFIG_JSON_MAX);
    if (!json)
        return NULL;
    size_t size =
        stepden_config_write_masked(json, STEPDEN_CONFIG_JSON_MAX, config);
    char *text = indent(json, size);
    free(json);
    return text;
}

/* ---- parts ---- */

enum stepden_status stepden_config_name(struct stepden_config *config,
                                        const char *instance,
                                        struct stepden_diag *diag)
{
    size_t characters = 0;
    size_t size = strlen(instance);
    if (!stepden_utf8_count(&characters, (const uint8_t *)instance, size))
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/instanceName",
                                "not UTF-8 after %zu characters", characters);
    if (characters == 0 || characters > NAME_CHARACTERS_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, "/instanceName",
                                "%zu characters, allowed are 1 to %d",
                                characters, NAME_CHARACTERS_MAX);
    memcpy(config->instance_name, instance, size + 1);
    return STEPDEN_OK;
}

static bool is_plain(bool has, const struct stepden_secret *secret)
{
    return has && secret->kind == STEPDEN_SECRET_PLAIN;
}

bool stepden_config_has_plain_secret(const struct stepden_config *config)
{
    const struct stepden_redis_connection *connection =
        &config->redis.connection;
    const struct stepden_config_redis_sentinel *sentinel =
        &config->redis.sentinel;
    return is_plain(connection->has_password, &connection->password) ||
           is_plain(connection->has_ssl_client_key_file_password,
                    &connection->ssl_client_key_file_password) ||
           is_plain(sentinel->has_password, &sentinel->password);
}
