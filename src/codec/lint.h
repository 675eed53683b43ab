/* The parts of stepden_message_lint. */
#ifndef STEPDEN_CODEC_LINT_H
#define STEPDEN_CODEC_LINT_H

#include <stepden/codec.h>

#include "base/diag.h"

/* A message that is looked at, and what was found so far. */
struct stepden_lint {
    const struct stepden_message *message;
    const struct stepden_finding_sink *sink;
    unsigned count;
    unsigned unknown; /* items and alternatives among them */
};

/* Tells of a finding; `format` makes its reason. */
void stepden_lint_tell(struct stepden_lint *lint, const char *rule,
                       const char *clause, const char *path, const char *format,
                       ...) STEPDEN_PRINTF(5, 6);

/* What the standards say in words only, of the message as a whole. */
void stepden_lint_rules(struct stepden_lint *lint);

#endif
