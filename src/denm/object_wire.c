#include "denm/object_wire.h"

#include <R2ObjectClassDescription.h>
#include <R2ObjectClassWithConfidence.h>
#include <R2ObjectDimension.h>

static R2ObjectDimension_t *
dimension_to_wire(R2ObjectDimension_t *storage, bool known,
                  const struct stepden_object_dimension *dimension)
{
    if (!known)
        return NULL;
    *storage = (R2ObjectDimension_t){
        .value = dimension->value_dm < R2ObjectDimensionValue_outOfRange
                     ? dimension->value_dm
                     : R2ObjectDimensionValue_outOfRange,
        .confidence = dimension->confidence_dm,
    };
    return storage;
}

static void
classification_to_wire(struct stepden_object_wire *storage,
                       const struct stepden_classification *classification)
{
    storage->class[0] = (R2ObjectClassWithConfidence_t){
        .objectClass = stepden_class_to_wire(classification),
        .confidence = R2ConfidenceLevel_unavailable,
    };
    storage->class_at[0] = &storage->class[0];
    storage->classification = (R2ObjectClassDescription_t){
        .list = {.array = storage->class_at, .count = 1},
    };
}

static void details_to_wire(R2PerceivedObject_t *wire,
                            struct stepden_object_wire *storage,
                            const struct stepden_perceived_object *object)
{
    wire->objectDimensionX =
        dimension_to_wire(&storage->dimension_x, object->has_object_dimension_x,
                          &object->object_dimension_x);
    wire->objectDimensionY =
        dimension_to_wire(&storage->dimension_y, object->has_object_dimension_y,
                          &object->object_dimension_y);
    wire->objectDimensionZ =
        dimension_to_wire(&storage->dimension_z, object->has_object_dimension_z,
                          &object->object_dimension_z);
    if (object->has_object_perception_quality) {
        storage->perception_quality = object->object_perception_quality;
        wire->objectPerceptionQuality = &storage->perception_quality;
    }
    if (object->has_classification) {
        classification_to_wire(storage, &object->classification);
        wire->classification = &storage->classification;
    }
}

void stepden_object_to_wire(R2PerceivedObject_t *wire,
                            struct stepden_object_wire *storage,
                            const struct stepden_perceived_object *object,
                            const struct stepden_position *origin)
{
    *wire = (R2PerceivedObject_t){
        .measurementDeltaTime = object->measurement_delta_time_ms,
    };
    if (object->has_object_id && object->object_id != 0) {
        storage->object_id = object->object_id;
        wire->objectId = &storage->object_id;
    }
    stepden_offset_to_wire(&wire->position, &storage->z, &object->position,
                           origin);
    if (object->has_speed || object->has_heading) {
        storage->velocity = stepden_velocity_to_wire(object);
        wire->velocity = &storage->velocity;
    }
    details_to_wire(wire, storage, object);
}

static bool dimension_from_wire(struct stepden_object_dimension *dimension,
                                const R2ObjectDimension_t *wire)
{
    if (!wire || wire->value == R2ObjectDimensionValue_unavailable)
        return false;
    *dimension = (struct stepden_object_dimension){
        .value_dm = (uint16_t)wire->value,
        .confidence_dm = (uint8_t)wire->confidence,
    };
    return true;
}

static void details_from_wire(struct stepden_perceived_object *object,
                              const R2PerceivedObject_t *wire)
{
    object->has_object_dimension_x = dimension_from_wire(
        &object->object_dimension_x, wire->objectDimensionX);
    object->has_object_dimension_y = dimension_from_wire(
        &object->object_dimension_y, wire->objectDimensionY);
    object->has_object_dimension_z = dimension_from_wire(
        &object->object_dimension_z, wire->objectDimensionZ);
    if (wire->objectPerceptionQuality) {
        object->has_object_perception_quality = true;
        object->object_perception_quality =
            (uint8_t)*wire->objectPerceptionQuality;
    }
    if (wire->classification)
        object->has_classification = stepden_class_from_wire(
            &object->classification,
            &wire->classification->list.array[0]->objectClass);
}

void stepden_object_from_wire(struct stepden_perceived_object *object,
                              const R2PerceivedObject_t *wire,
                              const struct stepden_position *origin)
{
    *object = (struct stepden_perceived_object){
        .measurement_delta_time_ms = (int16_t)wire->measurementDeltaTime,
    };
    if (wire->objectId) {
        object->has_object_id = true;
        object->object_id = (uint16_t)*wire->objectId;
    }
    stepden_offset_from_wire(&object->position, &wire->position, origin);
    if (wire->velocity)
        stepden_velocity_from_wire(object, wire->velocity);
    details_from_wire(object, wire);
}
