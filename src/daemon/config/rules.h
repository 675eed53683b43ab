/* What has to hold between the members of a configuration. */
#ifndef STEPDEN_DAEMON_CONFIG_RULES_H
#define STEPDEN_DAEMON_CONFIG_RULES_H

#include <stepden/records/config.h>

#include "base/diag.h"

/* What `diag` is about does not go with the member at `other`. */
typedef void stepden_rules_report(void *ctx, const struct stepden_diag *diag,
                                  const char *other);

/* Reports each rule that does not hold. The schema knows those of one member.
 */
void stepden_rules_check(const struct stepden_config *config,
                         stepden_rules_report *report, void *ctx);

#endif
