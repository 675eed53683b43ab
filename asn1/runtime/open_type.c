/*
 * uper_open_type_skip: steps over an addition that this release does not know
 * (X.691, 11.2).
 *
 * asn1c's own one reads 24 bits at a time and refuses every addition whose
 * size is not a multiple of three octets (vlm/asn1c issue 40, PR 539).
 */
#include "uper.h"

#include <per_opentype.h>

int uper_open_type_skip(asn_codec_ctx_t *ctx, asn_per_data_t *pd)
{
    int is_fragment;

    (void)ctx;
    do {
        ssize_t octets = uper_get_length(pd, -1, &is_fragment);

        if (octets < 0 || !uper_skip_bits(pd, 8 * (size_t)octets))
            return -1;
    } while (is_fragment);
    return 0;
}
