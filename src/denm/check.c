#include <inttypes.h>
#include <stdio.h>

#include "base/diag.h"
#include "denm/tree.h"

static const char situation_path[] = "denm.situation";
static const char location_path[] = "denm.location";
static const char pre_crash_path[] = "denm.alacarte.preCrash";
static const char traces_path[] = "denm.location.detectionZonesToEventPosition";
static const char predicted_paths_path[] = "denm.location.predictedPaths";

static enum stepden_status exclude(bool is_there, const char *path,
                                   struct stepden_diag *diag)
{
    if (!is_there)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, path,
                            "not in a DENM with termination");
}

/* EN 302 637-3, clause 7.1; the WITH COMPONENTS of DenmPayload. */
static enum stepden_status
check_containers(const struct stepden_denm_data *denm,
                 struct stepden_diag *diag)
{
    enum stepden_status status = STEPDEN_OK;

    if (!denm->management_container.has_termination) {
        if (!denm->has_situation_container)
            return stepden_diag_set(diag, STEPDEN_ERR_INVALID, situation_path,
                                    "missing in a DENM without termination");
        return STEPDEN_OK;
    }
    status = exclude(denm->has_situation_container, situation_path, diag);
    if (status == STEPDEN_OK)
        status = exclude(denm->has_location_container, location_path, diag);
    if (status == STEPDEN_OK)
        status = exclude(denm->has_pre_crash_container, pre_crash_path, diag);
    return status;
}

static enum stepden_status check_count(const char *path, uint32_t count,
                                       uint32_t max, struct stepden_diag *diag)
{
    if (count <= max)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_RANGE, path,
                            "%" PRIu32 " elements, more than %" PRIu32, count,
                            max);
}

/* PathDeltaTime is extensible: PER would take any number. */
static enum stepden_status check_times(const struct stepden_trace *trace,
                                       const char *path,
                                       struct stepden_diag *diag)
{
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct stepden_trace_point *point = &trace->item[i];
        char where[sizeof diag->where];

        if (!point->has_delta_time || point->delta_time_cs > 0)
            continue;
        snprintf(where, sizeof where, "%s[%" PRIu32 "].pathDeltaTime", path, i);
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, where,
                                "0 is outside 1..65535");
    }
    return STEPDEN_OK;
}

static enum stepden_status
check_traces(const struct stepden_location_container *location,
             struct stepden_diag *diag)
{
    enum stepden_status status = check_count(
        traces_path, location->traces.count, STEPDEN_TRACES_MAX, diag);

    for (uint32_t i = 0; status == STEPDEN_OK && i < location->traces.count;
         i++) {
        const struct stepden_trace *trace = &location->traces.item[i];
        char path[sizeof traces_path + 16];

        snprintf(path, sizeof path, "%s[%" PRIu32 "]", traces_path, i);
        status =
            check_count(path, trace->count, STEPDEN_TRACE_POINTS_MAX, diag);
        if (status == STEPDEN_OK)
            status = check_times(trace, path, diag);
    }
    return status;
}

/* These sizes are extensible: PER would take any number, 0 too. */
static enum stepden_status check_size(const char *path, uint32_t count,
                                      uint32_t max, struct stepden_diag *diag)
{
    if (count >= 1 && count <= max)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_RANGE, path,
                            "%" PRIu32 " elements, outside 1..%" PRIu32, count,
                            max);
}

static enum stepden_status
check_predicted_paths(const struct stepden_location_container *location,
                      struct stepden_diag *diag)
{
    uint32_t count = location->predicted_paths.count;
    enum stepden_status status = check_size(predicted_paths_path, count,
                                            STEPDEN_PREDICTED_PATHS_MAX, diag);

    for (uint32_t i = 0; status == STEPDEN_OK && i < count; i++) {
        char path[sizeof predicted_paths_path + 32];

        snprintf(path, sizeof path, "%s[%" PRIu32 "].pathPredicted",
                 predicted_paths_path, i);
        status = check_size(
            path, location->predicted_paths.item[i].path_predicted.count,
            STEPDEN_PREDICTED_POINTS_MAX, diag);
    }
    return status;
}

static enum stepden_status check_cause(const char *path, uint8_t cause,
                                       enum stepden_release release,
                                       struct stepden_diag *diag)
{
    if (release == STEPDEN_RELEASE_R1 || cause <= STEPDEN_CAUSE_MAX_R2)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_RANGE, path,
                            "%u is outside 0..%u", cause, STEPDEN_CAUSE_MAX_R2);
}

static enum stepden_status check_origin(const struct stepden_denm_data *denm,
                                        struct stepden_diag *diag)
{
    const struct stepden_position *origin =
        &denm->management_container.event_position;

    if (!denm->has_pre_crash_container ||
        (origin->latitude_e7 != R2Latitude_unavailable &&
         origin->longitude_e7 != R2Longitude_unavailable))
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, pre_crash_path,
                            "needs an event position");
}

static enum stepden_status
check_extensions(const struct stepden_denm_data *denm,
                 struct stepden_diag *diag)
{
    enum stepden_status status = check_origin(denm, diag);

    if (status == STEPDEN_OK && denm->has_location_container &&
        denm->location_container.has_predicted_paths)
        status = check_predicted_paths(&denm->location_container, diag);
    return status;
}

struct stepden_causes stepden_denm_causes(const struct stepden_denm_data *denm)
{
    const struct stepden_situation_container *situation =
        &denm->situation_container;

    if (!denm->has_situation_container)
        return (struct stepden_causes){0};
    return (struct stepden_causes){
        .event = situation->event_type,
        .linked = situation->has_linked_cause
                      ? situation->linked_cause.event_type
                      : 0,
    };
}

enum stepden_status stepden_denm_check(const struct stepden_denm_data *denm,
                                       enum stepden_release release,
                                       struct stepden_diag *diag)
{
    struct stepden_causes causes = stepden_denm_causes(denm);
    enum stepden_status status = check_containers(denm, diag);

    if (status == STEPDEN_OK && denm->has_location_container &&
        denm->location_container.has_traces)
        status = check_traces(&denm->location_container, diag);
    if (status == STEPDEN_OK)
        status = check_cause("denm.situation.eventType", causes.event, release,
                             diag);
    if (status == STEPDEN_OK)
        status = check_cause("denm.situation.linkedCause", causes.linked,
                             release, diag);
    if (status == STEPDEN_OK && release != STEPDEN_RELEASE_R1)
        status = check_extensions(denm, diag);
    return status;
}
