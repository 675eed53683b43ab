/* The metrics as text. */
#ifndef STEPDEN_DAEMON_MONITOR_METRICS_TEXT_H
#define STEPDEN_DAEMON_MONITOR_METRICS_TEXT_H

#include <stdio.h>

#include "daemon/monitor/process.h"
#include "daemon/monitor/vitals.h"

#define STEPDEN_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Writes all of them in the text format of Prometheus, version 0.0.4. Every
 * label has few values. */
void stepden_metrics_write(FILE *file, const struct stepden_vitals *vitals,
                           const struct stepden_process *process);

#endif
