/*
 * Are all values of a tree within the ranges that asn1c compiled for PER?
 * Stands in for asn_check_constraints, which forgets the ranges of named types
 * at their first use, and says what is wrong where UPER only fails.
 */
#ifndef STEPDEN_CODEC_RANGE_H
#define STEPDEN_CODEC_RANGE_H

#include <asn_application.h>

#include <stepden/status.h>

/*
 * Checks every integer, every enumerated value and every list's length in the
 * tree `value` of type `type`. Values outside an extensible range pass, as do
 * extensions that this version does not know.
 *
 * STEPDEN_ERR_RANGE  `diag` has the path of the first offender, as in
 *                    "denm.management.eventPosition.latitude", its value and
 *                    its range
 */
STEPDEN_CHECKED enum stepden_status
stepden_range_check(const asn_TYPE_descriptor_t *type, const void *value,
                    struct stepden_diag *diag);

#endif
