/*
 * CHOICE_decode_uper (X.691, clause 23).
 *
 * asn1c's own one refuses the whole message for an alternative that it does
 * not know (vlm/asn1c issue 40). Here the alternative is stepped over and
 * `present` is 0, which an encoder refuses.
 */
#include "uper.h"

#include <asn_internal.h>
#include <constr_CHOICE.h>
#include <per_opentype.h>
#include <string.h>

/* asn1c lays `present` out as an enum of whatever size the compiler takes. */
static void set_present(const asn_CHOICE_specifics_t *specifics, void *tree,
                        int present)
{
    void *place = (char *)tree + specifics->pres_offset;

    if (specifics->pres_size == (int)sizeof(int))
        memcpy(place, &present, sizeof present);
    else if (specifics->pres_size == (int)sizeof(short))
        memcpy(place, &(short){(short)present}, sizeof(short));
    else
        *(signed char *)place = (signed char)present;
}

static asn_dec_rval_t decode_root(asn_codec_ctx_t *ctx,
                                  asn_TYPE_descriptor_t *type,
                                  const asn_per_constraint_t *index_range,
                                  void *tree, asn_per_data_t *pd)
{
    const asn_CHOICE_specifics_t *specifics = type->specifics;
    int index = per_get_few_bits(pd, index_range->range_bits);
    asn_TYPE_member_t *member;
    void *value;

    if (index < 0)
        return uper_starved();
    if (index > index_range->upper_bound)
        return uper_failed();
    if (specifics->canonical_order != NULL)
        index = specifics->canonical_order[index];
    set_present(specifics, tree, index + 1);
    member = &type->elements[index];
    return member->type->uper_decoder(ctx, member->type,
                                      member->per_constraints,
                                      uper_member(member, tree, &value), pd);
}

static asn_dec_rval_t decode_addition(asn_codec_ctx_t *ctx,
                                      asn_TYPE_descriptor_t *type, void *tree,
                                      asn_per_data_t *pd)
{
    const asn_CHOICE_specifics_t *specifics = type->specifics;
    ssize_t number = uper_get_nsnnwn(pd);
    ssize_t index = specifics->ext_start + number;
    asn_TYPE_member_t *member;
    void *value;

    if (number < 0)
        return uper_starved();
    if (index >= type->elements_count)
        return uper_open_type_skip(ctx, pd) == 0 ? uper_done() : uper_starved();
    if (specifics->canonical_order != NULL)
        index = specifics->canonical_order[index];
    set_present(specifics, tree, (int)index + 1);
    member = &type->elements[index];
    return uper_open_type_get(ctx, member->type, member->per_constraints,
                              uper_member(member, tree, &value), pd);
}

asn_dec_rval_t CHOICE_decode_uper(asn_codec_ctx_t *ctx,
                                  asn_TYPE_descriptor_t *type,
                                  asn_per_constraints_t *constraints,
                                  void **tree, asn_per_data_t *pd)
{
    const asn_CHOICE_specifics_t *specifics = type->specifics;
    int is_addition = 0;

    if (constraints == NULL)
        constraints = type->per_constraints;
    if (constraints == NULL || constraints->value.range_bits < 0)
        return uper_failed();
    if (ASN__STACK_OVERFLOW_CHECK(ctx) ||
        !uper_tree(tree, specifics->struct_size))
        return uper_failed();
    if (constraints->value.flags & APC_EXTENSIBLE)
        is_addition = per_get_few_bits(pd, 1);
    if (is_addition < 0)
        return uper_starved();
    if (is_addition)
        return decode_addition(ctx, type, *tree, pd);
    return decode_root(ctx, type, &constraints->value, *tree, pd);
}
