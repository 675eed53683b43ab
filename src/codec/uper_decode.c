#include <inttypes.h>
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include "codec/arena.h"
#include "codec/bits.h"
#include "codec/field_path.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "codec/utf8.h"

struct decoder {
    struct stepden_bit_reader bits;
    size_t size; /* of the message, in bits */
    struct stepden_arena *arena;
    const struct stepden_bits_sink *sink;
    struct stepden_diag *diag;
    unsigned unknown;
    size_t value_at; /* the first bit of the value that is being read */
};

static enum stepden_status decode(struct decoder *decoder,
                                  const struct stepden_step *step,
                                  const struct stepden_type *type, void *value);

/* With the byte where the bits at `at` are. */
static enum stepden_status located(struct decoder *decoder, size_t at,
                                   enum stepden_status status)
{
    if (decoder->diag)
        decoder->diag->offset = at / 8;
    return status;
}

#define REFUSE(decoder, at, status, step, ...)                                 \
    located(decoder, at,                                                       \
            stepden_step_refuse((decoder)->diag, status, step, __VA_ARGS__))

static enum stepden_status no_memory(struct decoder *decoder,
                                     const struct stepden_step *step)
{
    return stepden_step_refuse(decoder->diag, STEPDEN_ERR_MEMORY, step,
                               "no memory left");
}

static void tell(struct decoder *decoder, enum stepden_bits_role role,
                 size_t offset, const struct stepden_step *step,
                 const struct stepden_type *type, const void *value)
{
    struct stepden_bit_reader bits = decoder->bits;
    struct stepden_bits told = {
        .role = role,
        .offset = offset,
        .width = bits.at - offset,
        .step = step,
        .type = type,
        .value = value,
    };

    if (!decoder->sink || told.width == 0)
        return;
    bits.at = offset;
    if (told.width <= 64)
        told.number = stepden_bits_get(&bits, (unsigned)told.width);
    decoder->sink->take(decoder->sink->ctx, &told);
}

/* Are there `count` bits more? */
static enum stepden_status need(struct decoder *decoder,
                                const struct stepden_step *step, uint64_t count)
{
    if (count <= decoder->bits.end - decoder->bits.at)
        return STEPDEN_OK;
    if (decoder->bits.end < decoder->size)
        return REFUSE(decoder, decoder->bits.at, STEPDEN_ERR_INVALID, step,
                      "the addition is too short for it");
    return REFUSE(decoder, decoder->bits.at, STEPDEN_ERR_TRUNCATED, step,
                  "ends after %zu bytes, early", decoder->size / 8);
}

static enum stepden_status take_bits(struct decoder *decoder,
                                     const struct stepden_step *step,
                                     unsigned width, uint64_t *bits)
{
    enum stepden_status status = need(decoder, step, width);

    if (status == STEPDEN_OK)
        *bits = stepden_bits_get(&decoder->bits, width);
    return status;
}

/* A length determinant without limits (X.691, clause 11.9.3.5 to 11.9.3.8). */
static enum stepden_status take_length(struct decoder *decoder,
                                       const struct stepden_step *step,
                                       uint64_t *length)
{
    size_t start = decoder->bits.at;
    enum stepden_status status = take_bits(decoder, step, 8, length);

    if (status != STEPDEN_OK || *length < 0x80)
        return status;
    if (*length >= 0xc0)
        return REFUSE(decoder, start, STEPDEN_ERR_INVALID, step,
                      "fragments of 16384 are too long for a DENM");
    uint64_t low = 0;
    status = take_bits(decoder, step, 8, &low);
    *length = (*length & 0x3f) << 8 | low;
    return status;
}

/* An extension bit; 0 without. */
static enum stepden_status take_extension(struct decoder *decoder,
                                          const struct stepden_step *step,
                                          const struct stepden_type *type,
                                          bool is_extensible,
                                          uint64_t *is_extended)
{
    size_t start = decoder->bits.at;
    enum stepden_status status =
        take_bits(decoder, step, is_extensible, is_extended);

    if (status == STEPDEN_OK)
        tell(decoder, STEPDEN_BITS_EXTENSION, start, step, type, NULL);
    return status;
}

/* A normally small number (X.691, clause 11.6). */
static enum stepden_status take_small(struct decoder *decoder,
                                      const struct stepden_step *step,
                                      uint64_t *number)
{
    uint64_t is_large = 0;
    uint64_t octets = 0;
    enum stepden_status status = take_bits(decoder, step, 1, &is_large);

    if (status != STEPDEN_OK || !is_large)
        return status == STEPDEN_OK ? take_bits(decoder, step, 6, number)
                                    : status;
    status = take_length(decoder, step, &octets);
    if (status == STEPDEN_OK && octets > 4)
        return REFUSE(decoder, decoder->bits.at, STEPDEN_ERR_INVALID, step,
                      "an index of %" PRIu64 " bytes", octets);
    if (status == STEPDEN_OK)
        status = take_bits(decoder, step, 8 * (unsigned)octets, number);
    return status;
}

/* How many elements, bits, octets, characters there are. */
static enum stepden_status take_count(struct decoder *decoder,
                                      const struct stepden_step *step,
                                      const struct stepden_type *type,
                                      uint64_t *count)
{
    const struct stepden_limits *limits = &type->length;
    uint64_t is_extended = 0;
    enum stepden_status status = take_extension(
        decoder, step, type, limits->is_extensible, &is_extended);
    size_t start = decoder->bits.at;

    if (status != STEPDEN_OK)
        return status;
    if (is_extended || !limits->has_upper || limits->upper > UINT16_MAX) {
        status = take_length(decoder, step, count);
    } else {
        status = take_bits(decoder, step, limits->bits, count);
        *count += (uint64_t)limits->lower;
        if (status == STEPDEN_OK && (int64_t)*count > limits->upper)
            return located(
                decoder, start,
                stepden_step_refuse_length(decoder->diag, step, type, *count));
    }
    if (status == STEPDEN_OK)
        tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    decoder->value_at = decoder->bits.at;
    return status;
}

/* Two's complement behind its length, or if there is a `lower`, from that. */
static enum stepden_status take_long_number(struct decoder *decoder,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            bool has_lower, int64_t *number)
{
    size_t start = decoder->bits.at;
    uint64_t octets = 0;
    uint64_t bits = 0;
    enum stepden_status status = take_length(decoder, step, &octets);

    if (status != STEPDEN_OK)
        return status;
    tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    if (octets == 0 || octets > 8)
        return REFUSE(decoder, start, STEPDEN_ERR_RANGE, step,
                      "a number of %" PRIu64 " bytes, outside 1..8", octets);
    unsigned width = 8 * (unsigned)octets;
    decoder->value_at = decoder->bits.at;
    status = take_bits(decoder, step, width, &bits);
    if (has_lower)
        *number = (int64_t)((uint64_t)type->value.lower + bits);
    else
        *number = (int64_t)(bits << (64 - width)) >> (64 - width);
    return status;
}

static enum stepden_status take_number(struct decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       int64_t *number)
{
    const struct stepden_limits *limits = &type->value;
    uint64_t is_extended = 0;
    uint64_t bits = 0;
    enum stepden_status status = take_extension(
        decoder, step, type, limits->is_extensible, &is_extended);

    if (status != STEPDEN_OK)
        return status;
    if (is_extended || !limits->has_upper)
        return take_long_number(decoder, step, type,
                                limits->has_lower && !is_extended, number);
    decoder->value_at = decoder->bits.at;
    status = take_bits(decoder, step, limits->bits, &bits);
    *number = (int64_t)((uint64_t)limits->lower + bits);
    if (status == STEPDEN_OK && *number > limits->upper)
        return located(
            decoder, decoder->value_at,
            stepden_step_refuse_value(decoder->diag, step, type, *number));
    return status;
}

static enum stepden_status decode_integer(struct decoder *decoder,
                                          const struct stepden_step *step,
                                          const struct stepden_type *type,
                                          void *value)
{
    int64_t number = 0;
    enum stepden_status status = take_number(decoder, step, type, &number);

    if (status != STEPDEN_OK)
        return status;
    if (!stepden_number_set(value, type, number, decoder->arena))
        return REFUSE(decoder, decoder->value_at, STEPDEN_ERR_RANGE, step,
                      "%" PRId64 " does not fit", number);
    return STEPDEN_OK;
}

/* The index of an item or alternative; unknown ones are `count` and more. */
static enum stepden_status take_index(struct decoder *decoder,
                                      const struct stepden_step *step,
                                      const struct stepden_type *type,
                                      uint64_t *index)
{
    uint64_t is_extended = 0;
    enum stepden_status status =
        take_extension(decoder, step, type, type->is_extensible, &is_extended);

    decoder->value_at = decoder->bits.at;
    if (status == STEPDEN_OK && is_extended) {
        status = take_small(decoder, step, index);
        *index += type->root_count;
    } else if (status == STEPDEN_OK) {
        status = take_bits(decoder, step, type->index_bits, index);
        if (status == STEPDEN_OK && *index >= type->root_count)
            return REFUSE(decoder, decoder->value_at, STEPDEN_ERR_INVALID, step,
                          "number %" PRIu64 " of %u of %s", *index,
                          type->root_count, type->name);
    }
    return status;
}

static enum stepden_status decode_enumerated(struct decoder *decoder,
                                             const struct stepden_step *step,
                                             const struct stepden_type *type,
                                             long *value)
{
    uint64_t index = 0;
    enum stepden_status status = take_index(decoder, step, type, &index);

    if (status != STEPDEN_OK)
        return status;
    if (index < type->count) {
        *value = type->items[index].value;
    } else {
        *value = -1 - (long)(index - type->count);
        decoder->unknown++;
    }
    return STEPDEN_OK;
}

/* Less than an octet of zeros; all of the octet if the value has no bits. */
static enum stepden_status take_padding(struct decoder *decoder,
                                        const struct stepden_step *step,
                                        bool is_empty)
{
    size_t start = decoder->bits.at;
    size_t width = decoder->bits.end - start;
    uint64_t padding = 0;

    if (width > 8 || (width == 8 && !is_empty))
        return REFUSE(decoder, (start + 7) / 8 * 8, STEPDEN_ERR_INVALID, step,
                      "bytes are left over");
    padding = stepden_bits_get(&decoder->bits, (unsigned)width);
    if (padding != 0)
        return REFUSE(decoder, start, STEPDEN_ERR_INVALID, step,
                      "padding bits are not zero");
    tell(decoder, STEPDEN_BITS_PADDING, start, step, NULL, NULL);
    return STEPDEN_OK;
}

/* The octets of an open type (X.691, clause 11.2). */
static enum stepden_status take_open(struct decoder *decoder,
                                     const struct stepden_step *step,
                                     const struct stepden_type *type,
                                     uint64_t *width)
{
    size_t start = decoder->bits.at;
    enum stepden_status status = take_length(decoder, step, width);

    if (status != STEPDEN_OK)
        return status;
    tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    *width *= 8;
    return need(decoder, step, *width);
}

static enum stepden_status decode_open(struct decoder *decoder,
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
    status = decode(decoder, step, type, value);
    if (status == STEPDEN_OK)
        status = take_padding(decoder, step, decoder->bits.at == start);
    decoder->bits.end = outer_end;
    return status;
}

static enum stepden_status skip_open(struct decoder *decoder,
                                     const struct stepden_step *step)
{
    uint64_t width = 0;
    enum stepden_status status = take_open(decoder, step, NULL, &width);
    size_t start = decoder->bits.at;

    if (status != STEPDEN_OK)
        return status;
    decoder->bits.at += (size_t)width;
    decoder->unknown++;
    tell(decoder, STEPDEN_BITS_UNKNOWN, start, step, NULL, NULL);
    return STEPDEN_OK;
}

static enum stepden_status decode_choice(struct decoder *decoder,
                                         const struct stepden_step *before,
                                         const struct stepden_type *type,
                                         void *value)
{
    uint64_t index = 0;
    enum stepden_status status = take_index(decoder, before, type, &index);

    if (status != STEPDEN_OK)
        return status;
    tell(decoder, STEPDEN_BITS_CHOICE, decoder->value_at, before, type, NULL);
    if (index >= type->count)
        return skip_open(decoder, before);

    const struct stepden_member *member = &type->members[index];
    struct stepden_step step = {.before = before, .member = member};
    void *place = stepden_member_place(member, value, decoder->arena);

    if (!place)
        return no_memory(decoder, &step);
    stepden_alternative_set(type, value, member);
    return member->is_addition
               ? decode_open(decoder, &step, member->type, place)
               : decode(decoder, &step, member->type, place);
}

static enum stepden_status decode_list(struct decoder *decoder,
                                       const struct stepden_step *before,
                                       const struct stepden_type *type,
                                       void *list)
{
    uint64_t count = 0;
    enum stepden_status status = take_count(decoder, before, type, &count);

    for (int i = 0; status == STEPDEN_OK && i < (int)count; i++) {
        struct stepden_step step = {.before = before, .index = i};
        void *element = stepden_list_add(type, list, decoder->arena);

        status = element
                     ? decode(decoder, &step, type->members[0].type, element)
                     : no_memory(decoder, &step);
    }
    return status;
}

/* A row of presence bits, which stay where they are in the message. */
static enum stepden_status take_presence(struct decoder *decoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         uint64_t count,
                                         struct stepden_bit_reader *presence)
{
    enum stepden_status status = need(decoder, step, count);

    if (status != STEPDEN_OK)
        return status;
    *presence = decoder->bits;
    decoder->bits.at += (size_t)count;
    tell(decoder, STEPDEN_BITS_PRESENCE, presence->at, step, type, NULL);
    return STEPDEN_OK;
}

static void set_default(const struct stepden_member *member, void *owner)
{
    void *at = (char *)owner + member->offset;

    if (member->default_value && member->is_pointer)
        memcpy(at, &member->default_value, sizeof member->default_value);
}

static enum stepden_status decode_member(struct decoder *decoder,
                                         const struct stepden_step *before,
                                         const struct stepden_member *member,
                                         void *owner)
{
    struct stepden_step step = {.before = before, .member = member};
    void *place = stepden_member_place(member, owner, decoder->arena);

    if (!place)
        return no_memory(decoder, &step);
    return member->is_addition
               ? decode_open(decoder, &step, member->type, place)
               : decode(decoder, &step, member->type, place);
}

static enum stepden_status decode_root(struct decoder *decoder,
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
static enum stepden_status take_addition_count(struct decoder *decoder,
                                               const struct stepden_step *step,
                                               uint64_t *count)
{
    size_t start = decoder->bits.at;
    uint64_t is_large = 0;
    enum stepden_status status = take_bits(decoder, step, 1, &is_large);

    if (status == STEPDEN_OK && is_large) {
        status = take_length(decoder, step, count);
    } else if (status == STEPDEN_OK) {
        status = take_bits(decoder, step, 6, count);
        ++*count;
    }
    if (status == STEPDEN_OK)
        tell(decoder, STEPDEN_BITS_LENGTH, start, step, NULL, NULL);
    return status;
}

static enum stepden_status decode_additions(struct decoder *decoder,
                                            const struct stepden_step *step,
                                            const struct stepden_type *type,
                                            void *value)
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

static enum stepden_status decode_sequence(struct decoder *decoder,
                                           const struct stepden_step *step,
                                           const struct stepden_type *type,
                                           void *value)
{
    uint64_t is_extended = 0;
    enum stepden_status status =
        take_extension(decoder, step, type, type->is_extensible, &is_extended);

    if (status == STEPDEN_OK)
        status = decode_root(decoder, step, type, value);
    if (status == STEPDEN_OK && is_extended)
        status = decode_additions(decoder, step, type, value);
    return status;
}

static enum stepden_status decode_boolean(struct decoder *decoder,
                                          const struct stepden_step *step,
                                          BOOLEAN_t *value)
{
    uint64_t bit = 0;
    enum stepden_status status = take_bits(decoder, step, 1, &bit);

    *value = (BOOLEAN_t)bit;
    return status;
}

/* `count` units of `width` bits each, which are there, into new octets. */
static enum stepden_status take_octets(struct decoder *decoder,
                                       const struct stepden_step *step,
                                       uint64_t count, unsigned width,
                                       uint8_t **octets, int *size)
{
    enum stepden_status status = need(decoder, step, count * width);

    if (status != STEPDEN_OK)
        return status;
    *size = (int)count;
    *octets = stepden_arena_take(decoder->arena, (size_t)count + 1);
    if (!*octets)
        return no_memory(decoder, step);
    for (uint64_t i = 0; i < count; i++)
        (*octets)[i] = (uint8_t)stepden_bits_get(&decoder->bits, width);
    return STEPDEN_OK;
}

static enum stepden_status decode_bits(struct decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       BIT_STRING_t *value)
{
    uint64_t count = 0;
    enum stepden_status status = take_count(decoder, step, type, &count);
    unsigned rest = (unsigned)count % 8;

    if (status == STEPDEN_OK)
        status = need(decoder, step, count);
    if (status == STEPDEN_OK)
        status =
            take_octets(decoder, step, count / 8, 8, &value->buf, &value->size);
    if (status != STEPDEN_OK || rest == 0)
        return status;
    value->buf[value->size++] =
        (uint8_t)(stepden_bits_get(&decoder->bits, rest) << (8 - rest));
    value->bits_unused = 8 - (int)rest;
    return STEPDEN_OK;
}

static enum stepden_status decode_octets(struct decoder *decoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         OCTET_STRING_t *value)
{
    uint64_t count = 0;
    enum stepden_status status = take_count(decoder, step, type, &count);

    if (status == STEPDEN_OK)
        status =
            take_octets(decoder, step, count, 8, &value->buf, &value->size);
    return status;
}

static enum stepden_status decode_characters(struct decoder *decoder,
                                             const struct stepden_step *step,
                                             const struct stepden_type *type,
                                             OCTET_STRING_t *value)
{
    const struct stepden_limits *codes = &type->value;
    uint64_t count = 0;
    enum stepden_status status = take_count(decoder, step, type, &count);

    if (status == STEPDEN_OK)
        status = take_octets(decoder, step, count, codes->bits, &value->buf,
                             &value->size);
    for (int i = 0; status == STEPDEN_OK && i < value->size; i++) {
        if (value->buf[i] < codes->lower || value->buf[i] > codes->upper)
            return REFUSE(decoder, decoder->value_at + (size_t)i * codes->bits,
                          STEPDEN_ERR_RANGE, step,
                          "character code %u is outside %" PRId64 "..%" PRId64,
                          value->buf[i], codes->lower, codes->upper);
        if (type->alphabet)
            value->buf[i] = type->alphabet[value->buf[i]];
    }
    return status;
}

static enum stepden_status decode_utf8(struct decoder *decoder,
                                       const struct stepden_step *step,
                                       const struct stepden_type *type,
                                       OCTET_STRING_t *value)
{
    size_t start = decoder->bits.at;
    size_t characters = 0;
    uint64_t count = 0;
    enum stepden_status status = take_length(decoder, step, &count);

    if (status != STEPDEN_OK)
        return status;
    tell(decoder, STEPDEN_BITS_LENGTH, start, step, type, NULL);
    decoder->value_at = decoder->bits.at;
    status = take_octets(decoder, step, count, 8, &value->buf, &value->size);
    if (status != STEPDEN_OK)
        return status;
    if (!stepden_utf8_count(&characters, value->buf, (size_t)count))
        return REFUSE(decoder, decoder->value_at, STEPDEN_ERR_INVALID, step,
                      "is not UTF-8");
    if (!stepden_limits_hold(&type->length, (int64_t)characters))
        return located(
            decoder, decoder->value_at,
            stepden_step_refuse_length(decoder->diag, step, type, characters));
    return STEPDEN_OK;
}

static enum stepden_status decode_simple(struct decoder *decoder,
                                         const struct stepden_step *step,
                                         const struct stepden_type *type,
                                         void *value)
{
    switch (type->kind) {
    case STEPDEN_KIND_BOOLEAN:
        return decode_boolean(decoder, step, value);
    case STEPDEN_KIND_INTEGER:
        return decode_integer(decoder, step, type, value);
    case STEPDEN_KIND_ENUMERATED:
        return decode_enumerated(decoder, step, type, value);
    case STEPDEN_KIND_BITS:
        return decode_bits(decoder, step, type, value);
    case STEPDEN_KIND_OCTETS:
        return decode_octets(decoder, step, type, value);
    case STEPDEN_KIND_CHARACTERS:
        return decode_characters(decoder, step, type, value);
    case STEPDEN_KIND_UTF8:
        return decode_utf8(decoder, step, type, value);
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_SEQUENCE:
    case STEPDEN_KIND_CHOICE:
    case STEPDEN_KIND_LIST:
        break;
    }
    return STEPDEN_OK; /* NULL has no bits */
}

static enum stepden_status decode(struct decoder *decoder,
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
    enum stepden_status status = decode_simple(decoder, step, type, value);
    if (status == STEPDEN_OK)
        tell(decoder, STEPDEN_BITS_VALUE, decoder->value_at, step, type, value);
    return status;
}

enum stepden_status stepden_uper_decode(
    void **value, struct stepden_arena *arena, const struct stepden_type *type,
    const uint8_t *bytes, size_t size, unsigned *unknown,
    const struct stepden_bits_sink *sink, struct stepden_diag *diag)
{
    struct decoder decoder = {
        .bits = {.octets = bytes, .end = 8 * size},
        .size = 8 * size,
        .arena = arena,
        .sink = sink,
        .diag = diag,
    };

    *value = type ? stepden_arena_take(arena, type->size) : NULL;
    if (!*value)
        return no_memory(&decoder, NULL);
    enum stepden_status status = decode(&decoder, NULL, type, *value);
    if (status == STEPDEN_OK)
        status = take_padding(&decoder, NULL, size > 0 && decoder.bits.at == 0);
    if (unknown)
        *unknown = decoder.unknown;
    return status;
}
