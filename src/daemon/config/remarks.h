/* What is to be said of a valid configuration before the service uses it. */
#ifndef STEPDEN_DAEMON_CONFIG_REMARKS_H
#define STEPDEN_DAEMON_CONFIG_REMARKS_H

#include <stepden/config.h>

/*
 * Reports what stepden_config_advise does, and what else does not keep the
 * service from its work, but should be known: the template's station id, an
 * input that may lapse, keys that no cluster takes, members without effect, a
 * mask in place of a secret, a secret in the file at `path`, of the
 * configuration, that others can read, health told to other hosts.
 */
void stepden_remarks_report(const struct stepden_config *config,
                            const char *path,
                            const struct stepden_config_report *report);

#endif
