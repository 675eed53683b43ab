/* The other party of a collision (TS 103 831, PreCrashContainer). */
#ifndef STEPDEN_DEN_PRE_CRASH_H
#define STEPDEN_DEN_PRE_CRASH_H

#include "den/mapping.h"

/* The container that goes with `management`. */
struct stepden_pre_crash_container
stepden_pre_crash_of(const struct stepden_config_denm *config,
                     const struct stepden_prediction *prediction,
                     const struct stepden_management_container *management);

#endif
