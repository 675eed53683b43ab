/* The preCrash container, for which there is no decoder but ours. */
#ifndef DENM_CHECK_PRE_CRASH_H
#define DENM_CHECK_PRE_CRASH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the preCrash container in the UPER `hex` says what that in the
 * DenmDataV1 of `size` bytes at `json` does, as far as the UPER can say it. If
 * not, says why on stderr. A DENM without it in the UPER passes.
 */
bool denm_check_pre_crash(const char *json, size_t size, const char *hex);

#endif
