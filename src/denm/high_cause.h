/*
 * Cause codes above 128, which only EN 302 637-3 can express: CauseCodeType
 * has 256 values, CauseCodeChoice of TS 102 894-2 V2.4.1 129 alternatives.
 * Everything else is the same bytes in both, so the one message is put in
 * place of the other: with cause code 0 in one grammar, then with the real one
 * in the other.
 */
#ifndef STEPDEN_DENM_HIGH_CAUSE_H
#define STEPDEN_DENM_HIGH_CAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/status.h>

#define STEPDEN_CAUSE_MAX_R2 128

/* The cause codes of a DENM; 0 for what is not there. */
struct stepden_causes {
    uint8_t event;
    uint8_t linked;
    uint8_t a_la_carte; /* the largest in the a la carte container */
};

bool stepden_causes_are_high(struct stepden_causes causes);

/*
 * Sets the cause codes of the situation container in the DENM (EN 302 637-3)
 * of `*length` bytes at `bytes`, a buffer of `size`, to `causes`. Returns in
 * `before` what they were. Its a la carte container and unknown extensions are
 * lost.
 *
 * Errors as stepden_uper_decode and stepden_uper_encode.
 */
STEPDEN_CHECKED enum stepden_status stepden_causes_replace(
    uint8_t *bytes, size_t size, size_t *length, struct stepden_causes causes,
    struct stepden_causes *before, struct stepden_diag *diag);

#endif
