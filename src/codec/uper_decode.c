#include <string.h>

#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "codec/uper_take.h"

static enum stepden_status decode(struct stepden_uper_decoder *decoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type, void *value);

/* The padding of the value, and the bytes behind it. */
static enum stepden_status refuse_rest(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step)
{
    size_t start = decoder->bits.at;
    size_t rest = decoder->bits.end - (decoder->bits.end - start) / 8 * 8;

    decoder->bits.at = rest;
    stepden_uper_tell(decoder, STEPDEN_BITS_PADDING, start, step, NULL, NULL);
    decoder->bits.at = decoder->bits.end;
    stepden_uper_tell(decoder, STEPDEN_BITS_REST, rest, step, NULL, NULL);
    return stepden_uper_located(decoder, rest,
                                stepden_step_refuse(decoder->diag,
                                                    STEPDEN_ERR_INVALID, step,
                                                    "bytes are left over"));
}

/* Less than an octet of zeros; all of the octet if the value has no bits. */
static enum stepden_status take_padding(struct stepden_uper_decoder *decoder,
                                        const struct stepden_step *step,
                                        bool is_empty)
{
    size_t start = decoder->bits.at;
    size_t width = decoder->bits.end - start;
    uint64_t padding = 0;

    if (width > 8 || (width == 8 && !is_empty))
        return refuse_rest(decoder, step);
    padding = stepden_bits_get(&decoder->bits, (unsigned)width);
    if (padding != 0)
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_INVALID, step,
                                "padding bits are not zero"));
    stepden_uper_tell(decoder, STEPDEN_BITS_PADDING, start, step, NULL, NULL);
    return STEPDEN_OK;
}

/* The octets of an open type (X.691, clause 11.2). */
static enum stepden_status take_open(struct stepden_uper_decoder *decoder,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     uint64_t *width)
{
    size_t start = decoder->bits.at;
    enum stepden_status status = stepden_uper_take_length(decoder, step, width);

    if (status != STEPDEN_OK)
        return status;
    stepden_uper_tell(decoder, STEPDEN_BITS_OPEN, start, step, type, NULL);
    *width *= 8;
    return stepden_uper_need(decoder, step, *width);
}

static enum stepden_status decode_open(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       void *value)
{
    const size_t outer_end = decoder->bits.end;
    uint64_t width = 0;
    enum stepden_status status = take_open(decoder, step, type, &width);
    size_t start = decoder->bits.at;

    if (status != STEPDEN_OK)
        return status;
    decoder->bits.end = start + (size_t)width;
    decoder->additions++;
    status = decode(decoder, step, type, value);
    if (status == STEPDEN_OK)
        status = take_padding(decoder, step, decoder->bits.at == start);
    decoder->additions--;
    decoder->bits.end = outer_end;
    return status;
}

static enum stepden_status skip_open(struct stepden_uper_decoder *decoder,
                                     const struct stepden_step *step)
{
    uint64_t width = 0;
    enum stepden_status status = take_open(decoder, step, NULL, &width);
    size_t start = decoder->bits.at;

    if (status != STEPDEN_OK)
        return status;
    decoder->bits.at += (size_t)width;
    decoder->unknown++;
    stepden_uper_tell(decoder, STEPDEN_BITS_UNKNOWN, start, step, NULL, NULL);
    return STEPDEN_OK;
}

static enum stepden_status decode_choice(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *before,
                                         const struct stepden_type *type,
                                         void *value)
{
    uint64_t index = 0;
    enum stepden_status status =
        stepden_uper_take_index(decoder, before, type, &index);

    if (status != STEPDEN_OK)
        return status;
    stepden_uper_tell(decoder, STEPDEN_BITS_CHOICE, decoder->value_at, before,
                      type, NULL);
    if (index >= type->count)
        return skip_open(decoder, before);

    const struct stepden_member *member = &type->members[index];
    struct stepden_step step = {.before = before, .member = member};
    void *place = stepden_member_place(member, value, decoder->arena);

    if (!place)
        return stepden_uper_no_memory(decoder, &step);
    stepden_alternative_set(type, value, member);
    return member->is_addition
               ? decode_open(decoder, &step, member->type, place)
               : decode(decoder, &step, member->type, place);
}

static enum stepden_status decode_list(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       void *list)
{
    uint64_t count = 0;
    enum stepden_status status =
        stepden_uper_take_count(decoder, before, type, &count);

    for (int i = 0; status == STEPDEN_OK && i < (int)count; i++) {
        struct stepden_step step = {.before = before, .index = i};
        void *element = stepden_list_add(type, list, decoder->arena);

        status = element
                     ? decode(decoder, &step, type->members[0].type, element)
                     : stepden_uper_no_memory(decoder, &step);
    }
    return status;
}

/* A row of presence bits, which stay where they are in the message. */
static enum stepden_status take_presence(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         uint64_t count,
                                         struct stepden_bit_reader *presence)
{
    enum stepden_status status = stepden_uper_need(decoder, step, count);

    if (status != STEPDEN_OK)
        return status;
    *presence = decoder->bits;
    decoder->bits.at += (size_t)count;
    stepden_uper_tell(decoder, STEPDEN_BITS_PRESENCE, presence->at, step, type,
                      NULL);
    return STEPDEN_OK;
}

static void set_default(const struct stepden_member *member, void *owner)
{
    void *at = (char *)owner + member->offset;

    if (member->default_value && member->is_pointer)
        memcpy(at, &member->default_value, sizeof member->default_value);
}

static enum stepden_status decode_member(struct stepden_uper_decoder *decoder,
                                         const struct stepden_step *before,
                                         const struct stepden_member *member,
                                         void *owner)
{
    struct stepden_step step = {.before = before, .member = member};
    void *place = stepden_member_place(member, owner, decoder->arena);

    if (!place)
        return stepden_uper_no_memory(decoder, &step);
    return member->is_addition
               ? decode_open(decoder, &step, member->type, place)
               : decode(decoder, &step, member->type, place);
}

static enum stepden_status decode_root(struct stepden_uper_decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       void *value)
{
    struct stepden_bit_reader presence;
    enum stepden_status status =
        take_presence(decoder, step, type, type->optional_count, &presence);

    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];

        if (member->is_addition ||
            (member->is_optional && !stepden_bits_get(&presence, 1)))
            set_default(member, value);
        else
            status = decode_member(decoder, step, member, value);
    }
    return status;
}

/* The number of additions that the sender knows (X.691, clause 19.8). */
static enum stepden_status
take_addition_count(struct stepden_uper_decoder *decoder,
                    const struct stepden_step *step, uint64_t *count)
{
    size_t start = decoder->bits.at;
    uint64_t is_large = 0;
    enum stepden_status status =
        stepden_uper_take_bits(decoder, step, 1, &is_large);

    if (status == STEPDEN_OK && is_large) {
        status = stepden_uper_take_length(decoder, step, count);
    } else if (status == STEPDEN_OK) {
        status = stepden_uper_take_bits(decoder, step, 6, count);
        ++*count;
    }
    if (status == STEPDEN_OK && *count == 0)
        return stepden_uper_located(
            decoder, start,
            stepden_step_refuse(decoder->diag, STEPDEN_ERR_INVALID, step,
                                "no additions behind an extension bit"));
    if (status == STEPDEN_OK)
        stepden_uper_tell(decoder, STEPDEN_BITS_ADDITIONS, start, step, NULL,
                          NULL);
    return status;
}

static enum stepden_status
decode_additions(struct stepden_uper_decoder *decoder,
                 const struct stepden_step *step,
                 const struct stepden_type *type, void *value)
{
    struct stepden_bit_reader presence;
    uint64_t count = 0;
    enum stepden_status status = take_addition_count(decoder, step, &count);

    if (status == STEPDEN_OK)
        status = take_presence(decoder, step, type, count, &presence);
    for (unsigned i = 0; status == STEPDEN_OK && i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];

        if (!member->is_addition || count == 0)
            continue;
        count--;
        if (stepden_bits_get(&presence, 1))
            status = decode_member(decoder, step, member, value);
    }
    for (; status == STEPDEN_OK && count > 0; count--)
        if (stepden_bits_get(&presence, 1))
            status = skip_open(decoder, step);
    return status;
}

static enum stepden_status decode_sequence(struct stepden_uper_decoder *decoder,
                                           const struct stepden_step *step,
                                           const struct stepden_type *type,
                                           void *value)
{
    uint64_t is_extended = 0;
    enum stepden_status status = stepden_uper_take_extension(
        decoder, step, type, type->is_extensible, &is_extended);

    if (status == STEPDEN_OK)
        status = decode_root(decoder, step, type, value);
    if (status == STEPDEN_OK && is_extended)
        status = decode_additions(decoder, step, type, value);
    return status;
}

static enum stepden_status decode(struct stepden_uper_decoder *decoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type, void *value)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE)
        return decode_sequence(decoder, step, type, value);
    if (type->kind == STEPDEN_KIND_CHOICE)
        return decode_choice(decoder, step, type, value);
    if (type->kind == STEPDEN_KIND_LIST)
        return decode_list(decoder, step, type, value);

    decoder->value_at = decoder->bits.at;
    enum stepden_status status =
        stepden_uper_decode_simple(decoder, step, type, value);
    if (status == STEPDEN_OK)
        stepden_uper_tell(decoder, STEPDEN_BITS_VALUE, decoder->value_at, step,
                          type, value);
    return status;
}

enum stepden_status stepden_uper_decode(
    void **value, struct stepden_arena *arena, const struct stepden_type *type,
    const uint8_t *bytes, size_t size, unsigned *unknown,
    const struct stepden_bits_sink *sink, struct stepden_diag *diag)
{
    struct stepden_uper_decoder decoder = {
        .bits = {.octets = bytes, .end = 8 * size},
        .size = 8 * size,
        .arena = arena,
        .sink = sink,
        .diag = diag,
    };

    *value = type ? stepden_arena_take(arena, type->size) : NULL;
    if (!*value)
        return stepden_uper_no_memory(&decoder, NULL);
    enum stepden_status status = decode(&decoder, NULL, type, *value);
    if (status == STEPDEN_OK)
        status = take_padding(&decoder, NULL, size > 0 && decoder.bits.at == 0);
    if (unknown)
        *unknown = decoder.unknown;
    return status;
}
