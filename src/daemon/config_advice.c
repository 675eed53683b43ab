#include <stepden/config.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/compare.h"
#include "base/diag.h"

/* Predictors make some ten predictions a second. */
#define PREDICTION_PERIOD_MS 100

/* What is advised of, and the figures that more than one advice needs. */
struct advice {
    const struct stepden_config *config;
    const struct stepden_config_report *report;
    int64_t validity_ms; /* the least: of a DENM whose collision is now */
    char validity[160];  /* of any DENM, as a sum */
};

static void advise(const struct advice *advice, const char *where,
                   const char *format, ...) STEPDEN_PRINTF(3, 4);

static void advise(const struct advice *advice, const char *where,
                   const char *format, ...)
{
    struct stepden_config_fault fault = {.line = 0};
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(&fault.diag, STEPDEN_OK, where, format, arguments);
    va_end(arguments);
    advice->report->fault(advice->report->ctx, &fault);
}

static struct advice begin(const struct stepden_config *config,
                           const struct stepden_config_report *report)
{
    unsigned after_s = config->time_after_collision_s;
    unsigned delay_ms = config->denm_last_update_max_delay_ms;
    unsigned check_ms = config->denm_check_last_update_max_interval_ms;
    unsigned validity_s = after_s + (delay_ms + check_ms + 999) / 1000;
    struct advice advice = {
        .config = config,
        .report = report,
        .validity_ms = validity_s * INT64_C(1000),
    };
    snprintf(advice.validity, sizeof advice.validity,
             "%u s (timeAfterCollision %u s + denmLastUpdateMaxDelay %u ms + "
             "denmCheckLastUpdateMaxInterval %u ms) + time to collision",
             validity_s, after_s, delay_ms, check_ms);
    return advice;
}

/* ---- repetition ---- */

/*
 * For so long, at most, a live DENM is the latest of its event: then it is
 * updated or cancelled, which starts its repetition anew.
 */
static int64_t latest_ms(const struct stepden_config *config)
{
    return stepden_larger(config->denm_last_update_max_delay_ms,
                          config->denm.min_update_interval_ms);
}

static void advise_half_repetition(const struct advice *advice)
{
    const struct stepden_config_denm *denm = &advice->config->denm;
    bool has_interval = denm->repetition_interval_ms > 0;
    advise(advice,
           has_interval ? "/denm/repetitionDuration"
                        : "/denm/repetitionInterval",
           "0 with %s %" PRIu32 " ms: no DENM is repeated, that takes both",
           has_interval ? "repetitionInterval" : "repetitionDuration",
           has_interval ? denm->repetition_interval_ms
                        : denm->repetition_duration_ms);
}

static void advise_repetition_interval(const struct advice *advice)
{
    static const char where[] = "/denm/repetitionInterval";
    const struct stepden_config *config = advice->config;
    const struct stepden_config_denm *denm = &config->denm;
    int64_t interval_ms = denm->repetition_interval_ms;
    bool held = latest_ms(config) > config->denm_last_update_max_delay_ms;

    if (interval_ms >= denm->repetition_duration_ms)
        advise(advice, where,
               "%" PRId64 " ms, but repetitionDuration ends after %" PRIu32
               " ms: no DENM is repeated",
               interval_ms, denm->repetition_duration_ms);
    else if (interval_ms >= advice->validity_ms)
        advise(advice, where,
               "%" PRId64 " ms, but a DENM is valid for %s: if the collision "
               "is near, none is repeated",
               interval_ms, advice->validity);
    else if (interval_ms >= latest_ms(config))
        advise(advice, where,
               "%" PRId64 " ms, but a live DENM is updated or cancelled "
               "within %s %" PRId64 " ms: only cancellations are repeated",
               interval_ms,
               held ? "minUpdateInterval" : "denmLastUpdateMaxDelay",
               latest_ms(config));
}

static void advise_repetition_duration(const struct advice *advice)
{
    int64_t duration_ms = advice->config->denm.repetition_duration_ms;
    if (duration_ms > advice->validity_ms)
        advise(advice, "/denm/repetitionDuration",
               "%" PRId64 " ms is cut to the validity, %s", duration_ms,
               advice->validity);
}

static void advise_repetition(const struct advice *advice)
{
    const struct stepden_config_denm *denm = &advice->config->denm;
    bool has_interval = denm->repetition_interval_ms > 0;
    bool has_duration = denm->repetition_duration_ms > 0;
    if (has_interval != has_duration) {
        advise_half_repetition(advice);
    } else if (has_interval) {
        advise_repetition_interval(advice);
        advise_repetition_duration(advice);
    }
}

/* ---- the life of an event ---- */

static void advise_update_interval(const struct advice *advice)
{
    int64_t interval_ms = advice->config->denm.min_update_interval_ms;
    if (interval_ms >= advice->validity_ms)
        advise(advice, "/denm/minUpdateInterval",
               "%" PRId64 " ms, but a DENM is valid for %s: if the collision "
               "is near, the event ends before its next update",
               interval_ms, advice->validity);
}

static void advise_delay(const struct advice *advice)
{
    uint32_t delay_ms = advice->config->denm_last_update_max_delay_ms;
    if (delay_ms <= PREDICTION_PERIOD_MS)
        advise(advice, "/denmLastUpdateMaxDelay",
               "%" PRIu32 " ms: of a predictor that predicts every %d ms, "
               "each event is cancelled and opened anew with each prediction",
               delay_ms, PREDICTION_PERIOD_MS);
}

/* An event keeps its record for its validity, even when it has ended. */
static void advise_records(const struct advice *advice)
{
    int64_t records = advice->config->denm.max_records;
    if (records * 1000 < advice->validity_ms)
        advise(advice, "/denm/maxRecords",
               "%" PRId64 ", and each is kept for %s: at most %" PRId64
               " new events a minute",
               records, advice->validity,
               records * 60000 / advice->validity_ms);
}

void stepden_config_advise(const struct stepden_config *config,
                           const struct stepden_config_report *report)
{
    struct advice advice = begin(config, report);
    advise_delay(&advice);
    advise_repetition(&advice);
    advise_update_interval(&advice);
    advise_records(&advice);
}
