/*
 * NativeEnumerated_decode_uper (X.691, clause 14).
 *
 * asn1c's own one refuses the whole message for an item that it does not know
 * (vlm/asn1c issue 40). Here the value is -1 for the first unknown addition,
 * -2 for the next and so on, which an encoder refuses.
 */
#include "uper.h"

#include <NativeEnumerated.h>

/* The items of the root; those behind them are additions. */
static int root_count(const asn_INTEGER_specifics_t *specifics)
{
    return specifics->extension ? specifics->extension - 1
                                : specifics->map_count;
}

static asn_dec_rval_t decode_root(const asn_INTEGER_specifics_t *specifics,
                                  const asn_per_constraint_t *range,
                                  long *value, asn_per_data_t *pd)
{
    int index = per_get_few_bits(pd, range->range_bits);

    if (index < 0)
        return uper_starved();
    if (index >= root_count(specifics))
        return uper_failed();
    *value = specifics->value2enum[index].nat_value;
    return uper_done();
}

static asn_dec_rval_t decode_addition(const asn_INTEGER_specifics_t *specifics,
                                      long *value, asn_per_data_t *pd)
{
    ssize_t number = uper_get_nsnnwn(pd);
    ssize_t index = root_count(specifics) + number;

    if (number < 0)
        return uper_starved();
    if (index < specifics->map_count)
        *value = specifics->value2enum[index].nat_value;
    else
        *value = specifics->map_count - 1 - (long)index;
    return uper_done();
}

asn_dec_rval_t NativeEnumerated_decode_uper(asn_codec_ctx_t *ctx,
                                            asn_TYPE_descriptor_t *type,
                                            asn_per_constraints_t *constraints,
                                            void **tree, asn_per_data_t *pd)
{
    const asn_INTEGER_specifics_t *specifics = type->specifics;
    int is_addition = 0;

    (void)ctx;
    if (constraints == NULL)
        constraints = type->per_constraints;
    if (constraints == NULL || constraints->value.range_bits < 0 ||
        specifics == NULL || !uper_tree(tree, (int)sizeof(long)))
        return uper_failed();
    if (constraints->value.flags & APC_EXTENSIBLE)
        is_addition = per_get_few_bits(pd, 1);
    if (is_addition < 0)
        return uper_starved();
    if (is_addition)
        return decode_addition(specifics, *tree, pd);
    return decode_root(specifics, &constraints->value, *tree, pd);
}
