/*
 * A DENM (EN 302 637-3 V1.3.1, TS 103 831 V2.3.1) as a plain value, and its
 * two encodings: JSON (records/denm_data.h) and unaligned PER (X.691).
 *
 * All functions are pure. They may be called from any thread once
 * stepden_denm_encode or stepden_denm_decode has returned for the first time.
 */
#ifndef STEPDEN_DENM_H
#define STEPDEN_DENM_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/records/common.h>
#include <stepden/records/denm_data.h>
#include <stepden/status.h>

/* The longest DENM that is written or accepted, in bytes. */
#define STEPDEN_DENM_UPER_MAX 1400

/*
 * Encodes `denm` as UPER into the `size` bytes at `bytes`, and sets `length`
 * to the number of bytes written.
 *
 * A DENM without termination gets a situation and a location container, one
 * with termination neither (EN 302 637-3, clause 7.1; TS 103 831, DenmPayload).
 * With STEPDEN_RELEASE_R1 the preCrash container is left out, otherwise it
 * travels as an extension that receivers of EN 302 637-3 skip; for them the
 * bytes are the same.
 *
 * STEPDEN_ERR_RANGE    a value outside its type's range; `diag` names it
 * STEPDEN_ERR_INVALID  members that exclude or require each other
 * STEPDEN_ERR_SPACE    `size` is too small
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_denm_encode(uint8_t *bytes, size_t size, size_t *length,
                    const struct stepden_denm_data *denm,
                    enum stepden_release release, struct stepden_diag *diag);

/*
 * Decodes exactly one DENM from the `size` bytes at `bytes`. Members that
 * `struct stepden_denm_data` does not have are skipped, unknown extensions too.
 * With STEPDEN_RELEASE_R1 or _R2 only that grammar is used; with _R1_R2 the
 * grammar of TS 103 831 first, then, for cause codes that it cannot express,
 * that of EN 302 637-3.
 *
 * Leaves `denm` untouched on error.
 *
 * STEPDEN_ERR_TRUNCATED  more bytes are needed
 * STEPDEN_ERR_INVALID    not a DENM, or bytes are left over
 * STEPDEN_ERR_RANGE      a value outside its type's range
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_denm_decode(struct stepden_denm_data *denm, const uint8_t *bytes,
                    size_t size, enum stepden_release release,
                    struct stepden_diag *diag);

#endif
