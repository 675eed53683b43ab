/*
 * A DENM (EN 302 637-3 V1.3.1, TS 103 831 V2.3.1) as a plain value, and its
 * two encodings: JSON (records/denm_data.h) and unaligned PER (X.691).
 *
 * All functions are pure, and may be called from any thread at any time.
 *
 * What is unavailable on the wire is absent from the value. Besides, the UPER
 * says less than the value or says it in another way in these members:
 *
 * - awarenessDistance is the smallest class that covers it.
 * - timeToCollision is left out above 10 s, and 0 is sent as 1 ms.
 * - A pathDeltaTime above 12.6 s is whole seconds, rounded down. If a point of
 * a predicted path has one, those without are sent with an unavailable one.
 * - referenceStationId, referenceObjectId and the estimated collision position
 *   have no place in it; an objectId of 0, the station itself, is left out.
 * - A perceived object's position is an offset from the event position in
 *   0.01 m, at most 1.3 km away; it comes back rounded to that.
 *     x = N cos(latitude) (its longitude - the event's)
 *     y = M (its latitude - the event's)
 *   M and N being the radii of curvature of the WGS 84 ellipsoid in the
 *   meridian and the prime vertical at the event position, angles in radians.
 *   The heights' difference is added if both are known. The confidence of x and
 *   y is that of the box around the confidence ellipse.
 * - Its speed and heading are a polar velocity, with the angle from east,
 *   counter-clockwise.
 * - Its dimensions end at 25.5 m, which is then sent as out of range.
 * - Its classification tells a station type only of VRUs and vehicles, and of
 *   mopeds and motorcycles only as VRUs.
 */
#ifndef STEPDEN_DENM_H
#define STEPDEN_DENM_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/records/common.h>
#include <stepden/records/denm_data.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The longest DENM that is written or accepted, in bytes. */
#define STEPDEN_DENM_UPER_MAX 1400

/*
 * Encodes `denm` as UPER into the `size` bytes at `bytes`, and sets `length`
 * to the number of bytes written.
 *
 * A DENM without termination needs a situation container and gets a location
 * container, with one trace without points if nothing else is known; one with
 * termination has neither (EN 302 637-3, clause 7.1; TS 103 831, DenmPayload).
 * With STEPDEN_RELEASE_R1 predicted paths and preCrash container are left out,
 * otherwise they travel as extensions that receivers of EN 302 637-3 skip; for
 * them the bytes are the same. Cause codes above 128 exist in EN 302 637-3
 * alone, and need STEPDEN_RELEASE_R1.
 *
 * The codes of ASN.1 for "unavailable" pass, as in latitude_e7 = 900000001.
 *
 * STEPDEN_ERR_RANGE    a value outside its type's range; `diag` has its path
 *                      in TS 103 831, as in
 *                      "denm.management.eventPosition.latitude", value, range
 * STEPDEN_ERR_INVALID  members that exclude or require each other
 * STEPDEN_ERR_SPACE    longer than `size` or STEPDEN_DENM_UPER_MAX
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_denm_encode(uint8_t *bytes, size_t size, size_t *length,
                    const struct stepden_denm_data *denm,
                    enum stepden_release release, struct stepden_diag *diag);

/*
 * Decodes exactly one DENM from the `size` bytes at `bytes`. Members that
 * `struct stepden_denm_data` does not have are skipped, unknown extensions too.
 * STEPDEN_RELEASE_R1 reads it as EN 302 637-3 does, without predicted paths and
 * preCrash container, _R2 as TS 103 831 does, without cause codes above 128,
 * _R1_R2 with all of them. Of more predicted paths, or more points of one, than
 * there is room for, the first are taken.
 *
 * All members are in the ranges of their schema, so that what
 * stepden_denm_data_write makes of them can be read again; with one exception:
 * an unavailable position keeps its codes, 900000001 and 1800000001. A location
 * container that says nothing is absent. Containers that exclude each other are
 * taken as they come.
 *
 * Leaves `denm` untouched on error.
 *
 * STEPDEN_ERR_TRUNCATED  more bytes are needed
 * STEPDEN_ERR_INVALID    not a DENM, longer than STEPDEN_DENM_UPER_MAX, or
 *                        something is left over: bytes, padding that is not 0
 * STEPDEN_ERR_RANGE      a value outside its type's range; `diag` names it
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_denm_decode(struct stepden_denm_data *denm, const uint8_t *bytes,
                    size_t size, enum stepden_release release,
                    struct stepden_diag *diag);

#ifdef __cplusplus
}
#endif

#endif
