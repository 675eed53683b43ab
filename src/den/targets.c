#include "den/targets.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/diag.h"

#define NOT_FOUND UINT32_MAX

static enum stepden_status
refuse(const struct stepden_station_collision_array *array,
       const struct stepden_collision_station *station, const char *member,
       const char *reason, struct stepden_diag *diag)
{
    char where[64];
    snprintf(where, sizeof where, "/stations/%td%s",
             station - array->stations.item, member);
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, where, "%s", reason);
}

static bool is_reference(const struct stepden_collision_station *station)
{
    return station->has_role &&
           station->role == STEPDEN_COLLISION_STATION_ROLE_REFERENCE;
}

static enum stepden_status
find_reference(const struct stepden_station_collision_array *array,
               uint32_t *reference, struct stepden_diag *diag)
{
    const struct stepden_collision_station *stations = array->stations.item;

    if (array->stations.count < 2)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stations",
                                "fewer than two stations");
    if (array->stations.count > STEPDEN_TARGETS_MAX + 1)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stations",
                                "%u stations, at most %d",
                                array->stations.count, STEPDEN_TARGETS_MAX + 1);
    *reference = stations[0].has_role ? NOT_FOUND : 0;
    for (uint32_t i = 0; i < array->stations.count; i++) {
        if (stations[i].has_role != stations[0].has_role)
            return refuse(array, &stations[i], "/role",
                          "all stations have a role, or none", diag);
        if (!is_reference(&stations[i]))
            continue;
        if (*reference != NOT_FOUND)
            return refuse(array, &stations[i], "/role", "a second reference",
                          diag);
        *reference = i;
    }
    if (*reference == NOT_FOUND)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/stations",
                                "no station is the reference");
    return STEPDEN_OK;
}

static uint64_t identity_of(const struct stepden_collision_station *station)
{
    return (uint64_t)station->station_id << 16 | station->object_id;
}

static enum stepden_status
collect(struct stepden_targets *targets, uint32_t reference,
        const struct stepden_station_collision_array *array,
        struct stepden_diag *diag)
{
    targets->reference = &array->stations.item[reference];
    targets->count = 0;
    for (uint32_t i = 0; i < array->stations.count; i++) {
        const struct stepden_collision_station *station =
            &array->stations.item[i];
        if (i == reference)
            continue;
        if (!station->has_time_to_collision)
            return refuse(array, station, "/timeToCollision",
                          "every target needs one", diag);
        targets->item[targets->count++] = (struct stepden_target){
            .station = station,
            .identity = identity_of(station),
        };
    }
    return STEPDEN_OK;
}

static int by_identity(const void *one, const void *other)
{
    const struct stepden_target *a = one;
    const struct stepden_target *b = other;
    return (a->identity > b->identity) - (a->identity < b->identity);
}

/* Most urgent first. */
static int by_urgency(const void *one, const void *other)
{
    const struct stepden_target *a = one;
    const struct stepden_target *b = other;
    uint32_t a_ms = a->station->time_to_collision_ms;
    uint32_t b_ms = b->station->time_to_collision_ms;
    return a_ms != b_ms ? (a_ms > b_ms) - (a_ms < b_ms) : by_identity(a, b);
}

static void sort(struct stepden_targets *targets,
                 int (*compare)(const void *, const void *))
{
    qsort(targets->item, targets->count, sizeof targets->item[0], compare);
}

/* The targets are in order of identity. */
static enum stepden_status
check_identities(const struct stepden_targets *targets,
                 const struct stepden_station_collision_array *array,
                 struct stepden_diag *diag)
{
    uint64_t reference = identity_of(targets->reference);

    for (uint32_t i = 0; i < targets->count; i++) {
        const struct stepden_target *target = &targets->item[i];
        if (target->identity == reference)
            return refuse(array, target->station, "",
                          "a target that is the reference", diag);
        if (i > 0 && target->identity == target[-1].identity)
            return refuse(array, target->station, "", "a target twice", diag);
    }
    return STEPDEN_OK;
}

enum stepden_status
stepden_targets_order(struct stepden_targets *targets,
                      const struct stepden_station_collision_array *array,
                      struct stepden_diag *diag)
{
    uint32_t reference = 0;

    enum stepden_status status = find_reference(array, &reference, diag);
    if (status != STEPDEN_OK)
        return status;
    status = collect(targets, reference, array, diag);
    if (status != STEPDEN_OK)
        return status;
    sort(targets, by_identity);
    status = check_identities(targets, array, diag);
    if (status != STEPDEN_OK)
        return status;
    sort(targets, by_urgency);
    return STEPDEN_OK;
}
