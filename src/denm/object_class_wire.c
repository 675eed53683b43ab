#include "denm/object_wire.h"

#define PROFILE(name) R2VruProfileAndSubprofile_PR_##name

struct profile {
    R2VruProfileAndSubprofile_PR profile; /* 0: not a VRU */
    long sub_profile;
};

/* By station type. The sub-profiles are all of one type. */
static const struct profile profile_of[256] = {
    [STEPDEN_STATION_TYPE_PEDESTRIAN] = {PROFILE(pedestrian), 0},
    [STEPDEN_STATION_TYPE_CYCLIST] = {PROFILE(bicyclistAndLightVruVehicle),
                                      R2VruSubProfileBicyclist_bicyclist},
    [STEPDEN_STATION_TYPE_MOPED] = {PROFILE(motorcyclist),
                                    R2VruSubProfileMotorcyclist_moped},
    [STEPDEN_STATION_TYPE_MOTORCYCLE] =
        {PROFILE(motorcyclist), R2VruSubProfileMotorcyclist_motorcycle},
    [STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE] =
        {PROFILE(bicyclistAndLightVruVehicle), 0},
    [STEPDEN_STATION_TYPE_ANIMAL] = {PROFILE(animal), 0},
};

/* The station types that vehicleSubClass admits, its value 0 beside. */
static bool is_vehicle(uint8_t type)
{
    return (type >= STEPDEN_STATION_TYPE_PASSENGER_CAR &&
            type <= STEPDEN_STATION_TYPE_TRAM) ||
           type == STEPDEN_STATION_TYPE_AGRICULTURAL;
}

static R2ObjectClass_t vehicle_class(uint8_t type)
{
    return (R2ObjectClass_t){
        .present = R2ObjectClass_PR_vehicleSubClass,
        .choice = {.vehicleSubClass = type},
    };
}

R2ObjectClass_t
stepden_class_to_wire(const struct stepden_classification *classification)
{
    uint8_t type = classification->station_type;
    const struct profile *profile = &profile_of[type];

    if (classification->vru && profile->profile)
        return (R2ObjectClass_t){
            .present = R2ObjectClass_PR_vruSubClass,
            .choice = {.vruSubClass = {.present = profile->profile,
                                       .choice = {.pedestrian =
                                                      profile->sub_profile}}},
        };
    if (is_vehicle(type))
        return vehicle_class(type);
    if (type == STEPDEN_STATION_TYPE_MOPED ||
        type == STEPDEN_STATION_TYPE_MOTORCYCLE)
        return vehicle_class(STEPDEN_STATION_TYPE_UNKNOWN);
    return (R2ObjectClass_t){
        .present = R2ObjectClass_PR_otherSubClass,
        .choice = {.otherSubClass = R2OtherSubClass_unknown},
    };
}

/* Whether a bicyclist's sub-profile is something with pedals and two wheels. */
static bool is_bicycle(R2VruSubProfileBicyclist_t sub_profile)
{
    return sub_profile == R2VruSubProfileBicyclist_bicyclist ||
           (sub_profile >= R2VruSubProfileBicyclist_pedelec &&
            sub_profile <= R2VruSubProfileBicyclist_racebike);
}

static uint8_t vru_type(const R2VruProfileAndSubprofile_t *wire)
{
    switch (wire->present) {
    case PROFILE(pedestrian):
        return STEPDEN_STATION_TYPE_PEDESTRIAN;
    case PROFILE(bicyclistAndLightVruVehicle):
        return is_bicycle(wire->choice.bicyclistAndLightVruVehicle)
                   ? STEPDEN_STATION_TYPE_CYCLIST
                   : STEPDEN_STATION_TYPE_LIGHT_VRU_VEHICLE;
    case PROFILE(motorcyclist):
        return wire->choice.motorcyclist == R2VruSubProfileMotorcyclist_moped
                   ? STEPDEN_STATION_TYPE_MOPED
                   : STEPDEN_STATION_TYPE_MOTORCYCLE;
    case PROFILE(animal):
        return STEPDEN_STATION_TYPE_ANIMAL;
    case PROFILE(NOTHING):
        break;
    }
    return STEPDEN_STATION_TYPE_UNKNOWN;
}

bool stepden_class_from_wire(struct stepden_classification *classification,
                             const R2ObjectClass_t *wire)
{
    *classification = (struct stepden_classification){0};
    switch (wire->present) {
    case R2ObjectClass_PR_vehicleSubClass:
        classification->station_type = (uint8_t)wire->choice.vehicleSubClass;
        return true;
    case R2ObjectClass_PR_vruSubClass:
        classification->station_type = vru_type(&wire->choice.vruSubClass);
        classification->vru = true;
        return true;
    case R2ObjectClass_PR_otherSubClass:
        return true;
    case R2ObjectClass_PR_groupSubClass:
    case R2ObjectClass_PR_NOTHING:
        break;
    }
    return false;
}
