/* Predicted paths, which Wireshark does not know. */
#ifndef DENM_CHECK_PATHS_H
#define DENM_CHECK_PATHS_H

#include <json-c/json.h>
#include <stdbool.h>

/*
 * Whether `uper`, the member predictedPaths of what erlang_denm prints, says
 * what the DENM `data` does; NULL stands for none. If not, says on stderr what
 * differs.
 *
 * Computed by the standards (TS 103 831, TS 102 894-2), without our codec.
 */
bool denm_check_paths(json_object *data, json_object *uper);

#endif
