#include "denm/tree.h"

#include <R2AlacarteContainer.h>
#include <R2LocationContainer.h>
#include <R2PreCrashContainer.h>
#include <R2SituationContainer.h>

#include "base/diag.h"

/* ItsPduHeader of every DENM (EN 302 637-3, annex B.1). */
#define PROTOCOL_VERSION 2
#define MESSAGE_ID R2MessageId_denm

/* What only TS 103 831 has. */
static void extensions_to_wire(struct stepden_denm_tree *tree,
                               const struct stepden_denm_data *denm)
{
    R2DenmPayload_t *payload = &tree->denm.denm;

    if (denm->has_location_container &&
        denm->location_container.has_predicted_paths)
        stepden_predicted_paths_to_wire(payload->location,
                                        &tree->predicted_paths,
                                        &denm->location_container);
    if (!denm->has_pre_crash_container)
        return;
    stepden_pre_crash_to_wire(&tree->pre_crash, &denm->pre_crash_container,
                              &denm->management_container.event_position);
    payload->alacarte = &tree->pre_crash.alacarte;
}

static void containers_to_wire(struct stepden_denm_tree *tree,
                               const struct stepden_denm_data *denm,
                               enum stepden_release release)
{
    static const struct stepden_location_container no_location;
    R2DenmPayload_t *payload = &tree->denm.denm;

    stepden_situation_to_wire(&tree->situation, &denm->situation_container);
    payload->situation = &tree->situation.situation;

    stepden_location_to_wire(&tree->location, denm->has_location_container
                                                  ? &denm->location_container
                                                  : &no_location);
    payload->location = &tree->location.location;
    if (release != STEPDEN_RELEASE_R1)
        extensions_to_wire(tree, denm);
}

void stepden_denm_to_wire(struct stepden_denm_tree *tree,
                          const struct stepden_denm_data *denm,
                          enum stepden_release release)
{
    tree->denm = (R2DENM_t){
        .header = {.protocolVersion = PROTOCOL_VERSION,
                   .messageId = MESSAGE_ID,
                   .stationId = denm->station_id},
    };
    stepden_management_to_wire(&tree->denm.denm.management, &tree->management,
                               &denm->management_container);
    if (!denm->management_container.has_termination)
        containers_to_wire(tree, denm, release);
}

static enum stepden_status check_header(const R2ItsPduHeader_t *header,
                                        struct stepden_diag *diag)
{
    if (header->protocolVersion != PROTOCOL_VERSION)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "header.protocolVersion", "%ld, not %d",
                                header->protocolVersion, PROTOCOL_VERSION);
    if (header->messageId != MESSAGE_ID)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "header.messageId",
                                "%ld, not denm(%d)", header->messageId,
                                MESSAGE_ID);
    return STEPDEN_OK;
}

static const R2PreCrashContainer_t *find_pre_crash(const R2DENM_t *wire)
{
    const R2AlacarteContainer_t *alacarte = wire->denm.alacarte;

    return alacarte && alacarte->extGroup1 ? alacarte->extGroup1->preCrash
                                           : NULL;
}

/* Returns false if the container says nothing in that release. */
static bool location_from_wire(struct stepden_location_container *location,
                               const R2LocationContainer_t *wire,
                               enum stepden_release release)
{
    bool says_something = stepden_location_from_wire(location, wire);

    if (release == STEPDEN_RELEASE_R1)
        return says_something;
    return stepden_predicted_paths_from_wire(location, wire) || says_something;
}

enum stepden_status stepden_denm_from_wire(struct stepden_denm_data *denm,
                                           const R2DENM_t *wire,
                                           enum stepden_release release,
                                           struct stepden_diag *diag)
{
    const R2PreCrashContainer_t *pre_crash =
        release == STEPDEN_RELEASE_R1 ? NULL : find_pre_crash(wire);
    enum stepden_status status = check_header(&wire->header, diag);
    if (status != STEPDEN_OK)
        return status;

    stepden_denm_data_init(denm);
    denm->station_id = (uint32_t)wire->header.stationId;
    stepden_management_from_wire(&denm->management_container,
                                 &wire->denm.management);
    denm->has_situation_container = wire->denm.situation;
    if (wire->denm.situation)
        stepden_situation_from_wire(&denm->situation_container,
                                    wire->denm.situation);
    if (wire->denm.location)
        denm->has_location_container = location_from_wire(
            &denm->location_container, wire->denm.location, release);
    denm->has_pre_crash_container = pre_crash;
    if (pre_crash)
        stepden_pre_crash_from_wire(&denm->pre_crash_container, pre_crash,
                                    &denm->management_container.event_position);
    return STEPDEN_OK;
}
