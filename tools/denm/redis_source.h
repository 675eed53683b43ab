/* The messages of a Redis stream: its entries' field `uper`. */
#ifndef DENM_REDIS_SOURCE_H
#define DENM_REDIS_SOURCE_H

#include "framer.h"

/*
 * Passes on the entries that there are, and with --follow those that come,
 * until SIGINT or SIGTERM; a connection that is lost in the meantime is made
 * again. Returns the exit status, as denm_input_run.
 */
int denm_redis_run(const struct denm_options *options,
                   struct denm_framer *framer);

#endif
