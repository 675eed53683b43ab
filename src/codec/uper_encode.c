#include <stepden/denm.h>

#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "codec/uper_put.h"

static enum stepden_status encode(struct stepden_uper_encoder *encoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type,
                                  const void *value);

/* A value without bits is an octet of zeros (X.691, clause 11.1.3). */
static void end(struct stepden_uper_encoder *encoder, const uint8_t *start)
{
    if (encoder->bits.at == start && encoder->bits.pending_count == 0)
        stepden_uper_put(encoder, 0, 8);
    stepden_bits_end(&encoder->bits);
}

/* An open type (X.691, clause 11.2). */
static enum stepden_status encode_open(struct stepden_uper_encoder *encoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       const void *value)
{
    uint8_t octets[STEPDEN_DENM_UPER_MAX];
    struct stepden_uper_encoder inner = {
        .bits = {.at = octets, .end = octets + sizeof octets},
        .diag = encoder->diag,
    };
    enum stepden_status status = encode(&inner, step, type, value);

    if (status != STEPDEN_OK)
        return status;
    end(&inner, octets);
    encoder->bits.full |= inner.bits.full;

    size_t size = (size_t)(inner.bits.at - octets);
    status = stepden_uper_put_length(encoder, step, size);
    stepden_uper_put_octets(encoder, octets, size);
    return status;
}

static enum stepden_status encode_choice(struct stepden_uper_encoder *encoder,
                                         const struct stepden_step *before,
                                         const struct stepden_type *type,
                                         const void *value)
{
    const struct stepden_member *member = stepden_alternative(type, value);
    const void *chosen = member ? stepden_member_value(member, value) : NULL;
    struct stepden_step step = {.before = before, .member = member};

    if (!chosen)
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, before,
                                   "no alternative of %s", type->name);
    stepden_uper_put_index(encoder, type, (unsigned)(member - type->members));
    return member->is_addition
               ? encode_open(encoder, &step, member->type, chosen)
               : encode(encoder, &step, member->type, chosen);
}

static enum stepden_status encode_list(struct stepden_uper_encoder *encoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       const void *list)
{
    int count = stepden_list_count(list);
    enum stepden_status status =
        stepden_uper_put_count(encoder, before, type, (size_t)count);

    for (int i = 0; status == STEPDEN_OK && i < count; i++) {
        struct stepden_step step = {.before = before, .index = i};

        status = encode(encoder, &step, type->members[0].type,
                        stepden_list_element(list, i));
    }
    return status;
}

static const void *to_encode(const struct stepden_member *member,
                             const void *owner);

static bool is_empty_group(const struct stepden_type *type, const void *value)
{
    for (unsigned i = 0; i < type->count; i++)
        if (to_encode(&type->members[i], value))
            return false;
    return true;
}

/* The value of a member if it is to be encoded, else NULL. */
static const void *to_encode(const struct stepden_member *member,
                             const void *owner)
{
    const void *value = stepden_member_value(member, owner);

    if (value &&
        ((member->is_group && is_empty_group(member->type, value)) ||
         (member->default_value && stepden_member_is_default(member, value))))
        return NULL;
    return value;
}

static enum stepden_status encode_root(struct stepden_uper_encoder *encoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       const void *value)
{
    enum stepden_status status = STEPDEN_OK;

    for (unsigned i = 0; type->optional_count > 0 && i < type->count; i++)
        if (type->members[i].is_optional && !type->members[i].is_addition)
            stepden_uper_put(encoder,
                             to_encode(&type->members[i], value) != NULL, 1);
    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        struct stepden_step step = {.before = before, .member = member};
        const void *field =
            member->is_addition ? NULL : to_encode(member, value);

        if (field)
            status = encode(encoder, &step, member->type, field);
        else if (!member->is_optional && !member->is_addition)
            status = stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID,
                                         &step, "missing");
    }
    return status;
}

static bool has_addition(const struct stepden_type *type, const void *value)
{
    for (unsigned i = 0; type->addition_count > 0 && i < type->count; i++)
        if (type->members[i].is_addition && to_encode(&type->members[i], value))
            return true;
    return false;
}

/* The number of additions (X.691, clause 19.8). */
static enum stepden_status
put_addition_count(struct stepden_uper_encoder *encoder,
                   const struct stepden_step *step, unsigned count)
{
    if (count <= 64) {
        stepden_uper_put(encoder, count - 1, 7);
        return STEPDEN_OK;
    }
    stepden_uper_put(encoder, 1, 1);
    return stepden_uper_put_length(encoder, step, count);
}

static enum stepden_status
encode_additions(struct stepden_uper_encoder *encoder,
                 const struct stepden_step *before,
                 const struct stepden_type *type, const void *value)
{
    enum stepden_status status =
        put_addition_count(encoder, before, type->addition_count);

    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_addition)
            stepden_uper_put(encoder,
                             to_encode(&type->members[i], value) != NULL, 1);
    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        struct stepden_step step = {.before = before, .member = member};
        const void *field =
            member->is_addition ? to_encode(member, value) : NULL;

        if (field)
            status = encode_open(encoder, &step, member->type, field);
    }
    return status;
}

static enum stepden_status encode_sequence(struct stepden_uper_encoder *encoder,
                                           const struct stepden_step *step,
                                           const struct stepden_type *type,
                                           const void *value)
{
    bool is_extended = type->is_extensible && has_addition(type, value);

    if (type->is_extensible)
        stepden_uper_put(encoder, is_extended, 1);
    enum stepden_status status = encode_root(encoder, step, type, value);
    if (status == STEPDEN_OK && is_extended)
        status = encode_additions(encoder, step, type, value);
    return status;
}

static enum stepden_status encode(struct stepden_uper_encoder *encoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type,
                                  const void *value)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE)
        return encode_sequence(encoder, step, type, value);
    if (type->kind == STEPDEN_KIND_CHOICE)
        return encode_choice(encoder, step, type, value);
    if (type->kind == STEPDEN_KIND_LIST)
        return encode_list(encoder, step, type, value);
    return stepden_uper_encode_simple(encoder, step, type, value);
}

enum stepden_status stepden_uper_encode(uint8_t *bytes, size_t size,
                                        size_t *length,
                                        const struct stepden_type *type,
                                        const void *value,
                                        struct stepden_diag *diag)
{
    struct stepden_uper_encoder encoder = {
        .bits = {.at = bytes, .end = bytes + size},
        .diag = diag,
    };
    enum stepden_status status =
        type ? encode(&encoder, NULL, type, value)
             : stepden_step_refuse(diag, STEPDEN_ERR_MEMORY, NULL,
                                   "no memory left");

    if (status != STEPDEN_OK)
        return status;
    end(&encoder, bytes);
    if (encoder.bits.full)
        return stepden_step_refuse(diag, STEPDEN_ERR_SPACE, NULL,
                                   "longer than %zu bytes", size);
    *length = (size_t)(encoder.bits.at - bytes);
    return STEPDEN_OK;
}
