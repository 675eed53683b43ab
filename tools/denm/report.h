/* What went wrong with a message. */
#ifndef DENM_REPORT_H
#define DENM_REPORT_H

#include <stddef.h>

#include "input.h"

/* Room for any of these lines. */
#define DENM_REPORT_SIZE 4096

/*
 * Says on standard error what is wrong with the message, and where it came
 * from, behind all that has been written to standard output.
 */
void denm_report(const struct denm_item *item, const struct stepden_diag *diag);

/* {"error":{"message":3,"field":"...","byte":12,"reason":"..."}} */
void denm_report_json(char line[DENM_REPORT_SIZE], const struct denm_item *item,
                      const struct stepden_diag *diag);

/* <error message="3" field="..." byte="12" reason="..."/> */
void denm_report_xml(char line[DENM_REPORT_SIZE], const struct denm_item *item,
                     const struct stepden_diag *diag);

/* The exit status: that of the input, else whether a message failed. */
int denm_exit(int input_code, bool failed);

#endif
