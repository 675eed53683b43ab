/*
 * uper_open_type_get and uper_open_type_skip: additions, each behind its size
 * (X.691, 11.2).
 *
 * asn1c's own skip reads 24 bits at a time and refuses every addition whose
 * size is not a multiple of three octets (vlm/asn1c issue 40, PR 539). Its own
 * get copies every addition, and reads one octet behind the copy where no
 * padding follows the value.
 */
#include "uper.h"

#include <asn_internal.h>
#include <per_opentype.h>

/* Less than an octet of zeros; all of the octet if the value has no bits. */
static bool is_padding(asn_per_data_t *rest, size_t octets)
{
    size_t bits = rest->nbits - rest->nboff;
    bool is_empty = octets == 1 && bits == 8;

    return bits == 0 ||
           ((bits < 8 || is_empty) && per_get_few_bits(rest, (int)bits) == 0);
}

/*
 * Refuses fragments, which begin at 16384 octets: no packet on the air is
 * that long.
 */
asn_dec_rval_t uper_open_type_get(asn_codec_ctx_t *ctx,
                                  asn_TYPE_descriptor_t *type,
                                  asn_per_constraints_t *constraints,
                                  void **tree, asn_per_data_t *pd)
{
    int is_fragment;
    ssize_t octets = uper_get_length(pd, -1, &is_fragment);
    asn_per_data_t inside = *pd;
    asn_dec_rval_t result;

    if (octets < 0 || !uper_skip_bits(pd, 8 * (size_t)octets))
        return uper_starved();
    if (is_fragment || ASN__STACK_OVERFLOW_CHECK(ctx))
        return uper_failed();
    inside.nbits = inside.nboff + 8 * (size_t)octets;
    result = type->uper_decoder(ctx, type, constraints, tree, &inside);
    if (result.code != RC_OK || !is_padding(&inside, (size_t)octets))
        return uper_failed();
    return uper_done();
}

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
