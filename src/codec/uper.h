/*
 * Unaligned PER (X.691) over asn1c's descriptors: whole messages only, every
 * failure explained.
 */
#ifndef STEPDEN_CODEC_UPER_H
#define STEPDEN_CODEC_UPER_H

#include <stddef.h>
#include <stdint.h>

#include <asn_application.h>

#include <stepden/status.h>

/*
 * Encodes the tree `value` of type `type` into the `size` bytes at `bytes`.
 *
 * STEPDEN_ERR_RANGE  a value outside its type's range; `diag` names it
 * STEPDEN_ERR_SPACE  `size` is too small
 */
STEPDEN_CHECKED enum stepden_status
stepden_uper_encode(uint8_t *bytes, size_t size, size_t *length,
                    asn_TYPE_descriptor_t *type, void *value,
                    struct stepden_diag *diag);

/*
 * Decodes exactly one value of type `type` from the `size` bytes at `bytes`:
 * no bytes after it, padding bits zero (X.691, clause 11.1). `*value` is then
 * freed with ASN_STRUCT_FREE; on error it is NULL.
 *
 * STEPDEN_ERR_TRUNCATED  more bytes are needed
 * STEPDEN_ERR_INVALID    not of this type, or something is left over
 * STEPDEN_ERR_RANGE      a value outside its type's range; `diag` names it
 */
STEPDEN_CHECKED enum stepden_status
stepden_uper_decode(void **value, asn_TYPE_descriptor_t *type,
                    const uint8_t *bytes, size_t size,
                    struct stepden_diag *diag);

#endif
