/* The predicted paths of a vector. */
#ifndef VECTOR_PATHS_H
#define VECTOR_PATHS_H

#include <json-c/json.h>

#include <stepden/records/denm_data.h>

/*
 * Fails the test if those of `location` are not those of `jer`, which is NULL
 * if there are none.
 */
void vector_check_paths(const struct stepden_location_container *location,
                        json_object *jer);

#endif
