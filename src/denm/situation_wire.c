#include "denm/wire.h"

/*
 * CauseCodeChoice has one alternative a cause code, in their order and all of
 * one type, so that its index is the code.
 */
_Static_assert(R2CauseCodeChoice_PR_reserved0 == 1 &&
                   R2CauseCodeChoice_PR_collisionRisk97 == 98 &&
                   R2CauseCodeChoice_PR_reserved128 == 129,
               "CauseCodeChoice is not numbered by cause code");

static R2CauseCodeV2_t cause_to_wire(uint8_t cause, uint8_t sub_cause)
{
    return (R2CauseCodeV2_t){
        .ccAndScc =
            {
                .present = (R2CauseCodeChoice_PR)(cause + 1),
                .choice = {.reserved0 = sub_cause},
            },
    };
}

static uint8_t cause_from_wire(const R2CauseCodeV2_t *wire)
{
    return (uint8_t)(wire->ccAndScc.present - 1);
}

static uint8_t sub_cause_from_wire(const R2CauseCodeV2_t *wire)
{
    return (uint8_t)wire->ccAndScc.choice.reserved0;
}

void stepden_situation_to_wire(
    struct stepden_situation_wire *storage,
    const struct stepden_situation_container *situation)
{
    storage->situation = (R2SituationContainer_t){
        .informationQuality = situation->information_quality,
        .eventType =
            cause_to_wire(situation->event_type, situation->sub_cause_code),
    };
    if (!situation->has_linked_cause)
        return;
    storage->linked_cause =
        cause_to_wire(situation->linked_cause.event_type,
                      situation->linked_cause.sub_cause_code);
    storage->situation.linkedCause = &storage->linked_cause;
}

void stepden_situation_from_wire(struct stepden_situation_container *situation,
                                 const R2SituationContainer_t *wire)
{
    *situation = (struct stepden_situation_container){
        .information_quality = (uint8_t)wire->informationQuality,
        .event_type = cause_from_wire(&wire->eventType),
        .sub_cause_code = sub_cause_from_wire(&wire->eventType),
        .has_linked_cause = wire->linkedCause,
    };
    if (!wire->linkedCause)
        return;
    situation->linked_cause.event_type = cause_from_wire(wire->linkedCause);
    situation->linked_cause.sub_cause_code =
        sub_cause_from_wire(wire->linkedCause);
}
