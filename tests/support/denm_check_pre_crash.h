/* The preCrash container, which Wireshark does not know. */
#ifndef DENM_CHECK_PRE_CRASH_H
#define DENM_CHECK_PRE_CRASH_H

#include <json-c/json.h>
#include <stdbool.h>

/*
 * Whether `uper`, the member preCrash of what erlang_denm prints, says what the
 * DENM `data` does, as far as UPER can say it; NULL stands for none. What is
 * rounded in x and y may differ by 1 cm. If not, says on stderr what differs.
 *
 * Computed by the standards (TS 103 831, TS 102 894-2), without our codec.
 */
bool denm_check_pre_crash(json_object *data, json_object *uper);

#endif
