#include "codec/uper.h"

#include <per_decoder.h>
#include <per_encoder.h>

#include "base/diag.h"
#include "codec/range.h"

enum stepden_status stepden_uper_encode(uint8_t *bytes, size_t size,
                                        size_t *length,
                                        asn_TYPE_descriptor_t *type,
                                        void *value, struct stepden_diag *diag)
{
    asn_enc_rval_t encoded = uper_encode_to_buffer(type, value, bytes, size);

    if (encoded.encoded < 0) {
        enum stepden_status status = stepden_range_check(type, value, diag);
        if (status != STEPDEN_OK)
            return status;
        return stepden_diag_set(diag, STEPDEN_ERR_SPACE, "",
                                "longer than %zu bytes", size);
    }
    *length = ((size_t)encoded.encoded + 7) / 8;
    return STEPDEN_OK;
}

static enum stepden_status refuse_at(struct stepden_diag *diag, size_t offset,
                                     const char *reason)
{
    enum stepden_status status =
        stepden_diag_set(diag, STEPDEN_ERR_INVALID, "", "%s", reason);

    if (diag)
        diag->offset = offset;
    return status;
}

static enum stepden_status check_end(const uint8_t *bytes, size_t size,
                                     size_t bits, struct stepden_diag *diag)
{
    size_t used = (bits + 7) / 8;
    uint8_t padding = (uint8_t)(bits % 8 ? 0xff >> bits % 8 : 0);

    if (used < size)
        return refuse_at(diag, used, "bytes are left over");
    if (used > 0 && (bytes[used - 1] & padding))
        return refuse_at(diag, used - 1, "padding bits are not zero");
    return STEPDEN_OK;
}

static enum stepden_status decode(void **value, asn_TYPE_descriptor_t *type,
                                  const uint8_t *bytes, size_t size,
                                  struct stepden_diag *diag)
{
    asn_dec_rval_t decoded = uper_decode(NULL, type, value, bytes, size, 0, 0);

    if (decoded.code == RC_WMORE)
        return stepden_diag_set(diag, STEPDEN_ERR_TRUNCATED, "",
                                "ends after %zu bytes, early", size);
    if (decoded.code != RC_OK)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "does not decode as UPER");
    enum stepden_status status = check_end(bytes, size, decoded.consumed, diag);
    if (status != STEPDEN_OK)
        return status;
    return stepden_range_check(type, *value, diag);
}

enum stepden_status stepden_uper_decode(void **value,
                                        asn_TYPE_descriptor_t *type,
                                        const uint8_t *bytes, size_t size,
                                        struct stepden_diag *diag)
{
    *value = NULL;
    enum stepden_status status = decode(value, type, bytes, size, diag);

    if (status != STEPDEN_OK) {
        ASN_STRUCT_FREE(*type, *value);
        *value = NULL;
    }
    return status;
}
