#include "daemon/remarks.h"

#include <sys/stat.h>

#include "base/diag.h"

static void remark(const struct stepden_config_report *report,
                   const char *where, const char *format, ...)
    STEPDEN_PRINTF(3, 4);

static void remark(const struct stepden_config_report *report,
                   const char *where, const char *format, ...)
{
    struct stepden_config_fault fault = {.line = 0};
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&fault.diag, STEPDEN_OK, where, format, arguments);
    va_end(arguments);
    report->fault(report->ctx, &fault);
}

static void remark_ttl(const struct stepden_config_report *report,
                       const char *where, uint32_t ttl_s)
{
    if (ttl_s > 0)
        remark(report, where,
               "%u s: when the key lapses, what it held and how far it was "
               "read are gone",
               (unsigned)ttl_s);
}

static void remark_secret(const struct stepden_config_report *report,
                          const struct stepden_config *config, const char *path)
{
    struct stat state;
    if (stepden_config_has_plain_secret(config) && stat(path, &state) == 0 &&
        (state.st_mode & (S_IRGRP | S_IROTH)) != 0)
        remark(report, "/redis/connection",
               "%s holds a secret and can be read by others", path);
}

void stepden_remarks_report(const struct stepden_config *config,
                            const char *path,
                            const struct stepden_config_report *report)
{
    const struct stepden_config_redis_streams_inputs *inputs =
        &config->redis.streams.inputs;

    stepden_config_advise(config, report);
    remark_secret(report, config, path);
    remark_ttl(report, "/redis/streams/inputs/crashPrediction/ttl",
               inputs->crash_prediction.ttl_s);
    remark_ttl(report, "/redis/streams/inputs/client/ttl",
               inputs->client.ttl_s);
    if (config->health.has_listen)
        remark(report, "/health/listen", "%s: not served by this version",
               config->health.listen);
}
