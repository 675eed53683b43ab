#include <stepden/denm.h>

#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "codec/uper_plan.h"
#include "codec/uper_put.h"

static enum stepden_status encode(struct stepden_uper_encoder *encoder,
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
                                       const struct stepden_type *type,
                                       const void *value)
{
    uint8_t octets[STEPDEN_DENM_UPER_MAX];
    struct stepden_uper_encoder inner = {
        .bits = {.at = octets, .end = octets + sizeof octets},
        .diag = encoder->diag,
    };
    enum stepden_status status = encode(&inner, type, value);

    if (status != STEPDEN_OK)
        return status;
    end(&inner, octets);
    encoder->bits.full |= inner.bits.full;

    size_t size = (size_t)(inner.bits.at - octets);
    status = stepden_uper_put_length(encoder, size);
    stepden_uper_put_octets(encoder, octets, size);
    return status;
}

static enum stepden_status encode_member(struct stepden_uper_encoder *encoder,
                                         const struct stepden_member *member,
                                         const void *value)
{
    enum stepden_status status = member->is_addition
                                     ? encode_open(encoder, member->type, value)
                                     : encode(encoder, member->type, value);
    struct stepden_step step = {.member = member};

    return status == STEPDEN_OK
               ? STEPDEN_OK
               : stepden_step_prepend(encoder->diag, status, &step);
}

static enum stepden_status encode_choice(struct stepden_uper_encoder *encoder,
                                         const struct stepden_type *type,
                                         const void *value)
{
    const struct stepden_member *member = stepden_alternative(type, value);
    const void *chosen = member ? stepden_member_value(member, value) : NULL;

    if (!chosen)
        return stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, NULL,
                                   "no alternative of %s", type->name);
    stepden_uper_put_index(encoder, type, (unsigned)(member - type->members));
    return encode_member(encoder, member, chosen);
}

static enum stepden_status encode_list(struct stepden_uper_encoder *encoder,
                                       const struct stepden_type *type,
                                       const void *list)
{
    int count = stepden_list_count(list);
    enum stepden_status status =
        stepden_uper_put_count(encoder, type, (size_t)count);

    if (status != STEPDEN_OK)
        return status;
    for (int i = 0; i < count; i++) {
        status = encode(encoder, type->members[0].type,
                        stepden_list_element(list, i));
        if (status != STEPDEN_OK)
            return stepden_step_prepend(encoder->diag, status,
                                        &(struct stepden_step){.index = i});
    }
    return STEPDEN_OK;
}

/* Is it what a receiver takes it for if it is absent? */
static bool is_usual(const struct stepden_member *member, const void *value)
{
    return member->default_value && stepden_member_is_default(member, value);
}

/* Its members are no groups. */
static bool is_empty_group(const struct stepden_type *type, const void *group)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const void *value = stepden_member_value(member, group);

        if (value && !is_usual(member, value))
            return false;
    }
    return true;
}

/* The value of a member if it is to be encoded, else NULL. */
static const void *to_encode(const struct stepden_member *member,
                             const void *owner)
{
    const void *value = stepden_member_value(member, owner);

    if (!value || (member->is_group ? is_empty_group(member->type, value)
                                    : is_usual(member, value)))
        return NULL;
    return value;
}

static bool has_addition(const struct stepden_uper_op *op, const void *owner)
{
    for (unsigned i = 0; i < op->type->addition_count; i++)
        if (to_encode(&op->member[i], owner))
            return true;
    return false;
}

/* The number of additions (X.691, clause 19.8). */
static enum stepden_status
put_addition_count(struct stepden_uper_encoder *encoder, unsigned count)
{
    if (count <= 64) {
        stepden_uper_put(encoder, count - 1, 7);
        return STEPDEN_OK;
    }
    stepden_uper_put(encoder, 1, 1);
    return stepden_uper_put_length(encoder, count);
}

static enum stepden_status
encode_additions(struct stepden_uper_encoder *encoder,
                 const struct stepden_uper_op *op, const void *owner)
{
    unsigned count = op->type->addition_count;
    enum stepden_status status = STEPDEN_OK;

    if (!has_addition(op, owner))
        return STEPDEN_OK;
    status = put_addition_count(encoder, count);
    for (unsigned i = 0; i < count; i++)
        stepden_uper_put(encoder, to_encode(&op->member[i], owner) != NULL, 1);
    for (unsigned i = 0; status == STEPDEN_OK && i < count; i++) {
        const void *addition = to_encode(&op->member[i], owner);

        if (addition)
            status = encode_member(encoder, &op->member[i], addition);
    }
    return status;
}

/* What is absent is told by its presence bit. */
static enum stepden_status encode_if_there(struct stepden_uper_encoder *encoder,
                                           const struct stepden_member *member,
                                           const void *owner)
{
    const void *value = to_encode(member, owner);

    if (value)
        return encode(encoder, member->type, value);
    return member->is_optional
               ? STEPDEN_OK
               : stepden_step_refuse(encoder->diag, STEPDEN_ERR_INVALID, NULL,
                                     "missing");
}

/* Returns false of a number outside its range, of which it puts nothing. */
static bool put_number(struct stepden_bit_writer *bits,
                       const struct stepden_uper_op *op, const long *number)
{
    uint64_t above = (uint64_t)*number - op->lower;

    if (above > op->span)
        return false;
    stepden_bits_put(bits, above, op->width);
    return true;
}

/* Which pointers of a row are not NULL. */
static const struct stepden_uper_op *
put_presence(struct stepden_bit_writer *bits, const struct stepden_uper_op *op,
             const char *value)
{
    uint64_t presence = 0;
    unsigned width = 0;

    for (; op->code == STEPDEN_UPER_POINTER_PRESENCE && width < 32; op++) {
        const void *pointer = value + op->offset;

        presence = presence << 1 | (*(const void *const *)pointer != NULL);
        width++;
    }
    stepden_bits_put(bits, presence, width);
    return op;
}

/*
 * What most operations are, and a few instructions do. Returns false of the
 * others, for which there is run.
 */
static bool put(struct stepden_bit_writer *bits,
                const struct stepden_uper_op *op, const void *at)
{
    if (op->code == STEPDEN_UPER_NUMBER)
        return put_number(bits, op, at);
    if (op->code == STEPDEN_UPER_POINTER_NUMBER) {
        at = *(const void *const *)at;
        return !at || put_number(bits, op, at);
    }
    if (op->code == STEPDEN_UPER_POINTER)
        return !*(const void *const *)at;
    if (op->code != STEPDEN_UPER_ZERO)
        return false;
    stepden_bits_put(bits, 0, 1);
    return true;
}

static enum stepden_status run(struct stepden_uper_encoder *encoder,
                               const struct stepden_uper_op *op, const void *at)
{
    switch (op->code) {
    case STEPDEN_UPER_MEMBER:
        return encode_if_there(encoder, op->member, at);
    case STEPDEN_UPER_ADDITIONS:
        return encode_additions(encoder, op, at);
    case STEPDEN_UPER_CHOICE:
        return encode_choice(encoder, op->type, at);
    case STEPDEN_UPER_LIST:
        return encode_list(encoder, op->type, at);
    case STEPDEN_UPER_POINTER:
    case STEPDEN_UPER_POINTER_NUMBER:
        return encode(encoder, op->type, *(const void *const *)at);
    case STEPDEN_UPER_NUMBER:
    case STEPDEN_UPER_SIMPLE:
        return stepden_uper_encode_simple(encoder, op->type, at);
    case STEPDEN_UPER_PRESENCE:
        stepden_uper_put(encoder, to_encode(op->member, at) != NULL, 1);
        break;
    case STEPDEN_UPER_EXTENSION:
        stepden_uper_put(encoder, has_addition(op, at), 1);
        break;
    case STEPDEN_UPER_ZERO:
    case STEPDEN_UPER_POINTER_PRESENCE:
    case STEPDEN_UPER_END:
        break;
    }
    return STEPDEN_OK;
}

static enum stepden_status encode(struct stepden_uper_encoder *encoder,
                                  const struct stepden_type *type,
                                  const void *value)
{
    const struct stepden_uper_op *op = type->plan;
    enum stepden_status status = STEPDEN_OK;

    while (op->code != STEPDEN_UPER_END) {
        const void *at = (const char *)value + op->offset;

        if (op->code == STEPDEN_UPER_POINTER_PRESENCE) {
            op = put_presence(&encoder->bits, op, value);
            continue;
        }
        if (!put(&encoder->bits, op, at))
            status = run(encoder, op, at);
        if (status != STEPDEN_OK)
            return stepden_step_prepend(encoder->diag, status, op->step);
        op++;
    }
    return STEPDEN_OK;
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
        type ? encode(&encoder, type, value)
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
