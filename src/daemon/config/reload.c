#include "daemon/config/reload.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/config.h>

#include "base/diag.h"
#include "daemon/config/check.h"
#include "daemon/config/load.h"
#include "daemon/config/merge.h"
#include "daemon/config/remarks.h"

/* Too large for the stack. */
struct work {
    struct stepden_config next; /* as the file says, then as it is used */
    struct stepden_merge merge;
    char running_text[STEPDEN_CONFIG_JSON_MAX];
    char next_text[STEPDEN_CONFIG_JSON_MAX];
    char merged_text[2 * STEPDEN_CONFIG_JSON_MAX];
};

/* ---- what is said ---- */

static void log_fault(void *ctx, const struct stepden_config_fault *fault)
{
    struct stepden_log *log = ctx;
    char place[64] = "";
    if (fault->line > 0)
        snprintf(place, sizeof place, " at=%zu:%zu", fault->line,
                 fault->column);
    STEPDEN_LOG_ERROR(log, "config_fault%s pointer=%s reason=%s", place,
                      STEPDEN_LOG_VALUE(fault->diag.where),
                      STEPDEN_LOG_VALUE(fault->diag.reason));
}

static enum stepden_status refuse(struct stepden_log *log, const char *where,
                                  const char *reason)
{
    struct stepden_config_fault fault = {.line = 0};
    enum stepden_status status =
        stepden_diag_set(&fault.diag, STEPDEN_ERR_SYSTEM, where, "%s", reason);
    log_fault(log, &fault);
    return status;
}

static void log_advice(void *ctx, const struct stepden_config_fault *fault)
{
    struct stepden_log *log = ctx;
    STEPDEN_LOG_WARNING(log, "config_advice pointer=%s reason=%s",
                        STEPDEN_LOG_VALUE(fault->diag.where),
                        STEPDEN_LOG_VALUE(fault->diag.reason));
}

void stepden_reload_advise(const struct stepden_reload *reload)
{
    struct stepden_config_report report = {
        .fault = log_advice,
        .ctx = reload->log,
    };
    stepden_remarks_report(reload->config, reload->path, &report);
}

static void log_merge(const struct stepden_reload *reload,
                      const struct stepden_merge *merge)
{
    STEPDEN_LOG(reload->log,
                merge->kept[0] ? STEPDEN_LOG_LEVEL_WARNING
                               : STEPDEN_LOG_LEVEL_INFO,
                "reloaded path=%s changed=\"%s\" restart=\"%s\"",
                STEPDEN_LOG_VALUE(reload->path), merge->changed, merge->kept);
}

/* ---- what is done ---- */

static enum stepden_status load(struct stepden_config *next,
                                const struct stepden_reload *reload,
                                const struct stepden_config_report *report)
{
    enum stepden_status status = stepden_config_load_for(
        stepden_check_start, true, next, reload->path, report);
    if (status == STEPDEN_OK && reload->instance)
        status = stepden_config_name(next, reload->instance, NULL);
    return status;
}

/* What needs a restart stays; the rest may not go together with that. */
static enum stepden_status merge(struct work *work,
                                 const struct stepden_reload *reload,
                                 const struct stepden_config_report *report)
{
    const struct stepden_json_span running = {
        work->running_text,
        stepden_config_write(work->running_text, sizeof work->running_text,
                             reload->config),
    };
    const struct stepden_json_span next = {
        work->next_text,
        stepden_config_write(work->next_text, sizeof work->next_text,
                             &work->next),
    };
    struct stepden_diag diag;
    work->merge.text = work->merged_text;
    work->merge.size = sizeof work->merged_text;
    stepden_merge_make(&work->merge, running, next, stepden_config_reload);
    enum stepden_status status = stepden_config_read(
        &work->next, work->merged_text, work->merge.used, &diag);
    return status == STEPDEN_OK ? stepden_config_check(&work->next, report)
                                : refuse(reload->log, diag.where, diag.reason);
}

static enum stepden_status reopen(struct stepden_log *log,
                                  const struct stepden_config_log *config)
{
    struct stepden_diag diag;
    enum stepden_status status = stepden_log_reopen(log, config, &diag);
    return status == STEPDEN_OK ? status : refuse(log, diag.where, diag.reason);
}

/* Returns why the configuration in use was not replaced, or NULL. */
static const char *replace(struct work *work,
                           const struct stepden_reload *reload)
{
    struct stepden_config_report report = {
        .fault = log_fault,
        .ctx = reload->log,
    };
    if (load(&work->next, reload, &report) != STEPDEN_OK)
        return "it has faults";
    if (merge(work, reload, &report) != STEPDEN_OK)
        return "it does not go with what needs a restart";
    if (reopen(reload->log, &work->next.log) != STEPDEN_OK)
        return "the log cannot be as it says";
    *reload->config = work->next;
    log_merge(reload, &work->merge);
    return NULL;
}

bool stepden_reload_run(const struct stepden_reload *reload)
{
    struct work *work = malloc(sizeof *work);
    const char *why = work ? replace(work, reload) : "no memory";
    if (work)
        explicit_bzero(work, sizeof *work);
    free(work);
    if (!why) {
        stepden_reload_advise(reload);
        return true;
    }
    reopen(reload->log, &reload->config->log);
    STEPDEN_LOG_ERROR(reload->log,
                      "reload_refused path=%s reason=\"%s: the one in use "
                      "stays\"",
                      STEPDEN_LOG_VALUE(reload->path), why);
    return false;
}

void stepden_reload_hold(bool hold)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}
