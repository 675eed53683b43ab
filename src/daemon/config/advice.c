#include <stepden/config.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/compare.h"
#include "base/diag.h"
#include "daemon/config/load.h"

/* Predictors make some ten predictions a second. */
#define PREDICTION_PERIOD_MS 100

/* What is advised of, and the figures that more than one advice needs. */
struct advice {
    const struct stepden_config *config;
    const struct stepden_config_report *report;
    int64_t validity_ms; /* the least: of a DENM whose collision is now */
    char validity[160];  /* that one, as a sum */
    unsigned rest_s;     /* the validity of the cancellation of that one */
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
    stepden_config_tell(advice->report, &fault);
}

/* For so long, at most, an update is held if the collision is now. */
static int64_t hold_ms(const struct advice *advice)
{
    const struct stepden_config *config = advice->config;
    return stepden_smaller(config->denm.min_update_interval_ms,
                           advice->validity_ms -
                               config->denm_check_last_update_max_interval_ms);
}

/*
 * What is left of the least validity, in whole seconds as the cancellation
 * states it: when the event is over or stale, or an update was held before.
 */
static unsigned rest_s(const struct advice *advice)
{
    const struct stepden_config *config = advice->config;
    int64_t end_ms =
        stepden_smaller(config->time_after_collision_s * INT64_C(1000),
                        config->denm_last_update_max_delay_ms);
    int64_t rest_ms =
        advice->validity_ms - stepden_larger(end_ms, hold_ms(advice));
    return (unsigned)((rest_ms + 999) / 1000);
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
    advice.rest_s = rest_s(&advice);
    snprintf(advice.validity, sizeof advice.validity,
             "%u s (timeAfterCollision %u s + denmLastUpdateMaxDelay %u ms + "
             "denmCheckLastUpdateMaxInterval %u ms)",
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

/* Of an interval in which no live DENM is repeated. */
static void advise_cancellations(const struct advice *advice)
{
    static const char where[] = "/denm/repetitionInterval";
    const struct stepden_config *config = advice->config;
    int64_t interval_ms = config->denm.repetition_interval_ms;
    bool held = latest_ms(config) > config->denm_last_update_max_delay_ms;
    const char *within = held ? "minUpdateInterval" : "denmLastUpdateMaxDelay";

    if (interval_ms >= advice->rest_s * INT64_C(1000))
        advise(advice, where,
               "%" PRId64 " ms, but a live DENM is updated or cancelled "
               "within %s %" PRId64 " ms, and its cancellation is valid for "
               "the rest, %u s of %" PRId64 " s if the collision is now: only "
               "cancellations are repeated, and not that one",
               interval_ms, within, latest_ms(config), advice->rest_s,
               advice->validity_ms / 1000);
    else
        advise(advice, where,
               "%" PRId64 " ms, but a live DENM is updated or cancelled "
               "within %s %" PRId64 " ms: only cancellations are repeated",
               interval_ms, within, latest_ms(config));
}

static void advise_repetition_interval(const struct advice *advice)
{
    static const char where[] = "/denm/repetitionInterval";
    const struct stepden_config_denm *denm = &advice->config->denm;
    int64_t interval_ms = denm->repetition_interval_ms;

    if (interval_ms >= denm->repetition_duration_ms)
        advise(advice, where,
               "%" PRId64 " ms, but repetitionDuration ends after %" PRIu32
               " ms: no DENM is repeated",
               interval_ms, denm->repetition_duration_ms);
    else if (interval_ms >= latest_ms(advice->config))
        advise_cancellations(advice);
    else if (interval_ms >= advice->validity_ms)
        advise(advice, where,
               "%" PRId64 " ms, but a DENM is valid for %s + time to "
               "collision: if the collision is now, none is repeated",
               interval_ms, advice->validity);
}

static void advise_repetition_duration(const struct advice *advice)
{
    static const char where[] = "/denm/repetitionDuration";
    const struct stepden_config_denm *denm = &advice->config->denm;
    int64_t duration_ms = denm->repetition_duration_ms;

    if (denm->repetition_interval_ms >= duration_ms)
        return; /* and nothing to be cut */
    if (denm->repetition_interval_ms >= latest_ms(advice->config)) {
        if (duration_ms > advice->rest_s * INT64_C(1000))
            advise(advice, where,
                   "%" PRId64 " ms is cut to what a cancellation leaves of the "
                   "validity: if the collision is now, %u s of %s",
                   duration_ms, advice->rest_s, advice->validity);
    } else if (duration_ms > advice->validity_ms) {
        advise(advice, where,
               "%" PRId64 " ms is cut to the validity, %s + time to collision, "
               "and for a cancellation to the rest of it, %u s if the "
               "collision is now",
               duration_ms, advice->validity, advice->rest_s);
    }
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
    if (interval_ms > hold_ms(advice))
        advise(advice, "/denm/minUpdateInterval",
               "%" PRId64 " ms is cut to %" PRId64 " ms + time to collision "
               "if that is shorter: the validity, %s, less "
               "denmCheckLastUpdateMaxInterval",
               interval_ms, hold_ms(advice), advice->validity);
}

static void advise_delay(const struct advice *advice)
{
    uint32_t delay_ms = advice->config->denm_last_update_max_delay_ms;
    if (delay_ms <= PREDICTION_PERIOD_MS)
        advise(advice, "/denmLastUpdateMaxDelay",
               "%" PRIu32 " ms: if a predictor predicts every %d ms, an event "
               "may be cancelled before each prediction, which then opens a "
               "new one",
               delay_ms, PREDICTION_PERIOD_MS);
}

/* An event keeps its record for its validity, even when it has ended. */
static void advise_records(const struct advice *advice)
{
    int64_t records = advice->config->denm.max_records;
    if (records * 1000 < advice->validity_ms)
        advise(advice, "/denm/maxRecords",
               "%" PRId64 ", and each is kept for %s + time to collision: at "
               "most %" PRId64 " new events a minute",
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
