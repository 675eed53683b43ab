/* Whether a message is encoded as it would be again. */
#ifndef DENM_CANONICAL_H
#define DENM_CANONICAL_H

#include "input.h"

/*
 * Encodes `message`, which was read from the item, and compares the bytes.
 * Tells the sink of the first bit that differs. Returns the number of findings,
 * 0 or 1. A message with additions that are not known is not compared: it
 * cannot be encoded again.
 */
unsigned denm_canonical_check(const struct denm_item *item,
                              const struct stepden_message *message,
                              enum stepden_release release,
                              const struct stepden_finding_sink *sink);

#endif
