#include "denm/high_cause.h"

#include <R1AlacarteContainer.h>
#include <R1DENM.h>
#include <R1RoadWorksContainerExtended.h>
#include <R1SituationContainer.h>
#include <R1StationaryVehicleContainer.h>

#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"

bool stepden_causes_are_high(struct stepden_causes causes)
{
    return causes.event > STEPDEN_CAUSE_MAX_R2 ||
           causes.linked > STEPDEN_CAUSE_MAX_R2 ||
           causes.a_la_carte > STEPDEN_CAUSE_MAX_R2;
}

static uint8_t swap_cause(R1CauseCode_t *wire, uint8_t cause)
{
    if (!wire)
        return 0;
    uint8_t before = (uint8_t)wire->causeCode;
    wire->causeCode = cause;
    return before;
}

static void swap_causes(R1DENM_t *wire, struct stepden_causes causes,
                        struct stepden_causes *before)
{
    struct R1SituationContainer *situation = wire->denm.situation;

    if (!situation)
        return;
    before->event = swap_cause(&situation->eventType, causes.event);
    before->linked = swap_cause(situation->linkedCause, causes.linked);
}

static uint8_t drop_alacarte(R1DENM_t *wire)
{
    struct R1AlacarteContainer *alacarte = wire->denm.alacarte;
    uint8_t incident = 0;
    uint8_t standing = 0;

    if (alacarte && alacarte->roadWorks)
        incident = swap_cause(alacarte->roadWorks->incidentIndication, 0);
    if (alacarte && alacarte->stationaryVehicle)
        standing = swap_cause(alacarte->stationaryVehicle->stationaryCause, 0);
    wire->denm.alacarte = NULL;
    return incident > standing ? incident : standing;
}

enum stepden_status stepden_causes_replace(uint8_t *bytes, size_t size,
                                           size_t *length,
                                           struct stepden_causes causes,
                                           struct stepden_causes *before,
                                           struct stepden_diag *diag)
{
    const struct stepden_type *type = stepden_grammar(STEPDEN_RELEASE_R1);
    struct stepden_arena arena = {0};
    void *tree = NULL;
    enum stepden_status status = stepden_uper_decode(&tree, &arena, type, bytes,
                                                     *length, NULL, NULL, diag);

    if (status == STEPDEN_OK) {
        *before = (struct stepden_causes){.a_la_carte = drop_alacarte(tree)};
        swap_causes(tree, causes, before);
        status = stepden_uper_encode(bytes, size, length, type, tree, diag);
    }
    stepden_arena_free(&arena);
    return status;
}
