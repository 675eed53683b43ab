#include "codec/grammar_simple.h"

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <INTEGER.h>
#include <NativeInteger.h>
#include <OCTET_STRING.h>

#include "codec/arena.h"

uint8_t stepden_bit_count(uint64_t number)
{
    uint8_t bits = 0;

    for (; number; number >>= 1)
        bits++;
    return bits;
}

struct stepden_limits stepden_limits_of(const asn_per_constraint_t *constraint)
{
    struct stepden_limits limits = {
        .lower = constraint->lower_bound,
        .upper = constraint->upper_bound,
        .has_lower =
            constraint->flags & (APC_CONSTRAINED | APC_SEMI_CONSTRAINED),
        .has_upper = constraint->flags & APC_CONSTRAINED,
        .is_extensible = constraint->flags & APC_EXTENSIBLE,
    };

    limits.bits =
        stepden_bit_count((uint64_t)limits.upper - (uint64_t)limits.lower);
    return limits;
}

/* asn1c's bounds are long, which may have 32 bits. */
static void correct_range(struct stepden_limits *limits,
                          const struct asn1_note *note)
{
    if (!note || !note->has_range || !limits->has_upper)
        return;
    limits->lower = note->lower;
    limits->upper = note->upper;
    limits->bits =
        stepden_bit_count((uint64_t)note->upper - (uint64_t)note->lower);
}

static void build_integer(struct stepden_type *type,
                          const struct stepden_use *use)
{
    const asn_TYPE_descriptor_t *descriptor = use->descriptor;
    const asn_INTEGER_specifics_t *specifics = descriptor->specifics;

    type->kind = STEPDEN_KIND_INTEGER;
    type->storage = STEPDEN_STORAGE_OCTETS;
    type->size = sizeof(INTEGER_t);
    if (descriptor->free_struct == NativeInteger_free) {
        type->storage = specifics && specifics->field_unsigned
                            ? STEPDEN_STORAGE_UNSIGNED_LONG
                            : STEPDEN_STORAGE_LONG;
        type->size = sizeof(long);
    }
    if (use->constraints)
        type->value = stepden_limits_of(&use->constraints->value);
    correct_range(&type->value, use->note);
}

static bool build_enumerated(struct stepden_type *type,
                             const asn_TYPE_descriptor_t *descriptor,
                             struct stepden_arena *arena)
{
    const asn_INTEGER_specifics_t *specifics = descriptor->specifics;
    unsigned count = (unsigned)specifics->map_count;
    struct stepden_item *items =
        stepden_arena_take(arena, count * sizeof *items);

    if (!items)
        return false;
    for (unsigned i = 0; i < count; i++)
        items[i] = (struct stepden_item){
            .name = specifics->value2enum[i].enum_name,
            .value = specifics->value2enum[i].nat_value,
        };
    type->kind = STEPDEN_KIND_ENUMERATED;
    type->size = sizeof(long);
    type->is_extensible = specifics->extension;
    type->count = count;
    type->root_count =
        specifics->extension ? (unsigned)specifics->extension - 1 : count;
    type->index_bits = stepden_bit_count(type->root_count - 1);
    type->items = items;
    return true;
}

static void build_string(struct stepden_type *type, enum stepden_kind kind,
                         const struct stepden_use *use)
{
    type->kind = kind;
    type->size = kind == STEPDEN_KIND_BITS ? sizeof(BIT_STRING_t)
                                           : sizeof(OCTET_STRING_t);
    if (use->constraints)
        type->length = stepden_limits_of(&use->constraints->size);
    if (use->note && use->note->has_size)
        type->length = (struct stepden_limits){
            .lower = use->note->size_lower,
            .upper = use->note->size_upper,
            .has_lower = true,
            .has_upper = true,
        };
}

/*
 * Characters are encoded as they are if all of them fit into the bits, and
 * else by their index in the alphabet (X.691, clause 30.5.4).
 */
static bool build_alphabet(struct stepden_type *type,
                           const asn_per_constraints_t *constraints,
                           struct stepden_arena *arena)
{
    struct stepden_limits *codes = &type->value;

    *codes = stepden_limits_of(&constraints->value);
    codes->bits = (uint8_t)constraints->value.range_bits;
    if (!constraints->code2value && codes->upper < 1L << codes->bits)
        return true;

    uint8_t *alphabet = stepden_arena_take(arena, 256);
    int count = 0;

    for (int code = 0; alphabet && code < 256; code++) {
        int character = constraints->code2value
                            ? constraints->code2value((unsigned)code)
                            : (int)codes->lower + code;

        if (character < 0 || character > codes->upper)
            break;
        alphabet[count++] = (uint8_t)character;
    }
    codes->lower = 0;
    codes->upper = count - 1;
    type->alphabet = alphabet;
    return alphabet;
}

static bool build_characters(struct stepden_type *type,
                             const struct stepden_use *use,
                             struct stepden_arena *arena)
{
    build_string(type, STEPDEN_KIND_CHARACTERS, use);
    return !use->constraints || build_alphabet(type, use->constraints, arena);
}

bool stepden_grammar_simple(struct stepden_type *type, unsigned tag,
                            const struct stepden_use *use,
                            struct stepden_arena *arena)
{
    switch (tag) {
    case 1:
        type->kind = STEPDEN_KIND_BOOLEAN;
        type->size = sizeof(BOOLEAN_t);
        return true;
    case 2:
        build_integer(type, use);
        return true;
    case 3:
        build_string(type, STEPDEN_KIND_BITS, use);
        return true;
    case 4:
        build_string(type, STEPDEN_KIND_OCTETS, use);
        return true;
    case 5:
        type->kind = STEPDEN_KIND_NULL;
        type->size = sizeof(int); /* NULL_t, which asn1c copies if it is used */
        return true;
    case 10:
        return build_enumerated(type, use->descriptor, arena);
    case 12:
        build_string(type, STEPDEN_KIND_UTF8, use);
        return true;
    default:
        return build_characters(type, use, arena);
    }
}
