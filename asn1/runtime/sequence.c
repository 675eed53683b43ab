/*
 * SEQUENCE_decode_uper (X.691, clause 19).
 *
 * asn1c's own one steps over the first addition that it does not know and
 * leaves the others in the message, where they are read as the fields that
 * follow: wrong values without an error (vlm/asn1c issues 40 and 198, PR 547).
 * It also looks for the defaults of additions at the wrong members.
 */
#include "uper.h"

#include <asn_internal.h>
#include <constr_SEQUENCE.h>
#include <per_opentype.h>

struct sequence {
    asn_codec_ctx_t *ctx;
    const asn_TYPE_descriptor_t *type;
    const asn_SEQUENCE_specifics_t *specifics;
    void *tree;
};

static bool is_addition(const struct sequence *sequence, int index)
{
    return index > sequence->specifics->ext_after &&
           index < sequence->specifics->ext_before;
}

static bool set_default(asn_TYPE_member_t *member, void **place)
{
    return member->default_value == NULL ||
           member->default_value(1, place) == 0;
}

static asn_dec_rval_t decode_root(const struct sequence *sequence,
                                  asn_per_data_t *pd)
{
    struct uper_presence presence;

    if (!uper_presence_take(&presence, pd,
                            (size_t)sequence->specifics->roms_count))
        return uper_starved();
    for (int i = 0; i < sequence->type->elements_count; i++) {
        asn_TYPE_member_t *member = &sequence->type->elements[i];
        void *value;
        void **place = uper_member(member, sequence->tree, &value);
        asn_dec_rval_t result;

        if (is_addition(sequence, i))
            continue;
        if (member->optional && !uper_presence_next(&presence)) {
            if (!set_default(member, place))
                return uper_failed();
            continue;
        }
        result = member->type->uper_decoder(sequence->ctx, member->type,
                                            member->per_constraints, place, pd);
        if (result.code != RC_OK)
            return result;
    }
    return uper_done();
}

static asn_dec_rval_t decode_known_additions(const struct sequence *sequence,
                                             struct uper_presence *presence,
                                             asn_per_data_t *pd)
{
    for (int i = 0; i < sequence->type->elements_count; i++) {
        asn_TYPE_member_t *member = &sequence->type->elements[i];
        void *value;
        void **place = uper_member(member, sequence->tree, &value);
        asn_dec_rval_t result;

        if (!is_addition(sequence, i) || !uper_presence_next(presence))
            continue;
        result = uper_open_type_get(sequence->ctx, member->type,
                                    member->per_constraints, place, pd);
        if (result.code != RC_OK)
            return result;
    }
    return uper_done();
}

static asn_dec_rval_t decode_additions(const struct sequence *sequence,
                                       asn_per_data_t *pd)
{
    struct uper_presence presence;
    ssize_t count = uper_get_nslength(pd);
    asn_dec_rval_t result;

    if (count < 0 || !uper_presence_take(&presence, pd, (size_t)count))
        return uper_starved();
    result = decode_known_additions(sequence, &presence, pd);
    while (result.code == RC_OK && presence.left > 0)
        if (uper_presence_next(&presence) &&
            uper_open_type_skip(sequence->ctx, pd) != 0)
            result = uper_starved();
    return result;
}

static asn_dec_rval_t default_additions(const struct sequence *sequence)
{
    for (int i = 0; i < sequence->type->elements_count; i++) {
        asn_TYPE_member_t *member = &sequence->type->elements[i];
        void *value;
        void **place = uper_member(member, sequence->tree, &value);
        bool is_absent = is_addition(sequence, i) && *place == NULL;

        if (is_absent && !set_default(member, place))
            return uper_failed();
    }
    return uper_done();
}

asn_dec_rval_t SEQUENCE_decode_uper(asn_codec_ctx_t *ctx,
                                    asn_TYPE_descriptor_t *type,
                                    asn_per_constraints_t *constraints,
                                    void **tree, asn_per_data_t *pd)
{
    struct sequence sequence = {
        .ctx = ctx, .type = type, .specifics = type->specifics};
    bool is_extensible = sequence.specifics->ext_before >= 0;
    int is_extended = 0;
    asn_dec_rval_t result;

    (void)constraints;
    if (ASN__STACK_OVERFLOW_CHECK(ctx) ||
        !uper_tree(tree, sequence.specifics->struct_size))
        return uper_failed();
    sequence.tree = *tree;
    if (is_extensible)
        is_extended = per_get_few_bits(pd, 1);
    if (is_extended < 0)
        return uper_starved();

    result = decode_root(&sequence, pd);
    if (result.code == RC_OK && is_extended)
        result = decode_additions(&sequence, pd);
    if (result.code == RC_OK)
        result = default_additions(&sequence);
    return result;
}
