#include "daemon/monitor/health.h"

#include <inttypes.h>

#include <microhttpd.h>

#include "base/date_time.h"
#include "daemon/monitor/metrics_text.h"
#include "daemon/monitor/process.h"
#include "daemon/monitor/source.h"

enum { REASON_MAX = 512 };

static struct stepden_vitals look(void *ctx)
{
    const struct stepden_monitor_source *source = ctx;
    return source->look(source->ctx);
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

static void write_reasons(FILE *file,
                          const struct stepden_vitals_reasons *reasons,
                          uint32_t of)
{
    char text[REASON_MAX];
    for (uint32_t i = 0; i < reasons->count; i++) {
        snprintf(text, sizeof text,
                 "%s (%" PRIu32 " of %" PRIu32 " partitions)",
                 reasons->item[i].text, reasons->item[i].partitions, of);
        fprintf(file, "%s%s", i > 0 ? "," : "",
                STEPDEN_LOG_VALUE(of > 1 ? text : reasons->item[i].text));
    }
}

static void write_partitions(FILE *file, const struct stepden_vitals *vitals)
{
    fprintf(file,
            "\"lease\":\"%s\",\"partitions\":{\"held\":%" PRIu32
            ",\"standby\":%" PRIu32 ",\"none\":%" PRIu32 "}",
            stepden_vitals_lease_text(stepden_vitals_best_lease(vitals)),
            stepden_vitals_count(vitals, STEPDEN_VITALS_LEASE_HELD),
            stepden_vitals_count(vitals, STEPDEN_VITALS_LEASE_STANDBY),
            stepden_vitals_count(vitals, STEPDEN_VITALS_LEASE_NONE));
}

static unsigned write_readiness(FILE *file, void *ctx)
{
    const struct stepden_vitals vitals = look(ctx);
    uint32_t count = vitals.partition_count;
    struct stepden_vitals_reasons reasons;
    stepden_vitals_reasons(&reasons, &vitals);
    bool is_ready = reasons.count == 0;
    fprintf(file, "{\"ready\":%s,\"redisConnected\":%s,",
            is_ready ? "true" : "false",
            stepden_vitals_count_connected(&vitals) == count ? "true"
                                                             : "false");
    write_partitions(file, &vitals);
    fputs(",\"lastCommit\":", file);
    write_time(file, vitals.metrics->last_commit_unix_ms);
    fputs(",\"reasons\":[", file);
    write_reasons(file, &reasons, count);
    fputs("]}\n", file);
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
    {.path = "/healthz",
     .type = "text/plain; charset=utf-8",
     .write = write_health},
    {.path = "/readyz", .type = "application/json", .write = write_readiness},
    {.path = "/metrics", .type = STEPDEN_METRICS_TYPE, .write = write_metrics},
};
