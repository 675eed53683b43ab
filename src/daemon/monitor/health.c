#include "daemon/monitor/health.h"

#include <microhttpd.h>

#include "base/date_time.h"
#include "daemon/monitor/metrics_text.h"
#include "daemon/monitor/process.h"

static struct stepden_vitals look(void *ctx)
{
    const struct stepden_health *health = ctx;
    return health->look(health->ctx);
}

static unsigned write_health(FILE *file, void *ctx)
{
    (void)ctx;
    fputs("ok\n", file);
    return MHD_HTTP_OK;
}

/* As JSON; null for 0. */
static void write_time(FILE *file, int64_t unix_ms)
{
    char text[STEPDEN_RFC3339_SIZE];
    stepden_unix_format(text, unix_ms);
    if (unix_ms > 0)
        fprintf(file, "\"%s\"", text);
    else
        fputs("null", file);
}

static unsigned write_readiness(FILE *file, void *ctx)
{
    const struct stepden_vitals vitals = look(ctx);
    const char *reason = stepden_vitals_reason(&vitals);
    bool is_ready = reason[0] == '\0';
    fprintf(file,
            "{\"ready\":%s,\"redisConnected\":%s,\"lease\":\"%s\","
            "\"lastCommit\":",
            is_ready ? "true" : "false", vitals.is_connected ? "true" : "false",
            stepden_vitals_lease_text(stepden_vitals_lease(&vitals)));
    write_time(file, vitals.metrics->last_commit_unix_ms);
    fprintf(file, ",\"reasons\":[%s]}\n",
            is_ready ? "" : STEPDEN_LOG_VALUE(reason));
    return is_ready ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
}

static unsigned write_metrics(FILE *file, void *ctx)
{
    const struct stepden_vitals vitals = look(ctx);
    struct stepden_process process;
    stepden_process_look(&process);
    stepden_metrics_write(file, &vitals, &process);
    return MHD_HTTP_OK;
}

const struct stepden_http_page stepden_health_pages[STEPDEN_HEALTH_PAGES] = {
    {"/healthz", "text/plain; charset=utf-8", write_health},
    {"/readyz", "application/json", write_readiness},
    {"/metrics", STEPDEN_METRICS_TYPE, write_metrics},
};
