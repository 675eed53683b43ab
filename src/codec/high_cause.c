#include "codec/high_cause.h"

#include <R1DENM.h>
#include <R1SituationContainer.h>

#include "codec/uper.h"

bool stepden_causes_are_high(struct stepden_causes causes)
{
    return causes.event > STEPDEN_CAUSE_MAX_R2 ||
           causes.linked > STEPDEN_CAUSE_MAX_R2;
}

static void swap_cause(R1CauseCode_t *wire, uint8_t cause, uint8_t *before)
{
    *before = (uint8_t)wire->causeCode;
    wire->causeCode = cause;
}

static void swap_causes(R1DENM_t *wire, struct stepden_causes causes,
                        struct stepden_causes *before)
{
    struct R1SituationContainer *situation = wire->denm.situation;

    *before = (struct stepden_causes){0};
    if (!situation)
        return;
    swap_cause(&situation->eventType, causes.event, &before->event);
    if (situation->linkedCause)
        swap_cause(situation->linkedCause, causes.linked, &before->linked);
}

static void drop_alacarte(R1DENM_t *wire)
{
    ASN_STRUCT_FREE(asn_DEF_R1AlacarteContainer, wire->denm.alacarte);
    wire->denm.alacarte = NULL;
}

enum stepden_status stepden_causes_replace(uint8_t *bytes, size_t size,
                                           size_t *length,
                                           struct stepden_causes causes,
                                           struct stepden_causes *before,
                                           struct stepden_diag *diag)
{
    void *tree = NULL;
    enum stepden_status status =
        stepden_uper_decode(&tree, &asn_DEF_R1DENM, bytes, *length, diag);
    if (status != STEPDEN_OK)
        return status;

    R1DENM_t *wire = tree;
    drop_alacarte(wire);
    swap_causes(wire, causes, before);
    status =
        stepden_uper_encode(bytes, size, length, &asn_DEF_R1DENM, wire, diag);
    ASN_STRUCT_FREE(asn_DEF_R1DENM, wire);
    return status;
}
