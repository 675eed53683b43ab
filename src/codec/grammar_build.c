#include "codec/grammar_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asn_SEQUENCE_OF.h>
#include <constr_CHOICE.h>
#include <constr_SEQUENCE.h>
#include <constr_SET_OF.h>

#include "codec/grammar_simple.h"
#include "codec/uper_plan.h"

#define PLACE_SIZE 256

/* A type that was made once and is used wherever its name stands. */
struct known {
    struct known *next;
    const asn_TYPE_descriptor_t *descriptor;
    const struct stepden_type *type;
};

struct builder {
    struct stepden_arena *arena;
    const struct asn1_notes *notes;
    const char *prefix;
    struct known *known;
    bool failed;
};

static const struct stepden_type *build(struct builder *builder,
                                        const struct stepden_use *use);

static void *take(struct builder *builder, size_t size)
{
    void *taken = stepden_arena_take(builder->arena, size);

    builder->failed |= !taken;
    return taken;
}

static int compare_note(const void *key, const void *note)
{
    return strcmp(key, ((const struct asn1_note *)note)->type);
}

static const struct asn1_note *find_note(const struct builder *builder,
                                         const char *place)
{
    return bsearch(place, builder->notes->notes, builder->notes->count,
                   sizeof builder->notes->notes[0], compare_note);
}

/* Types without a name have that of their member, or of the ASN.1 type. */
static const char *standard_name(const struct builder *builder,
                                 const asn_TYPE_descriptor_t *descriptor)
{
    size_t size = strlen(builder->prefix);

    return strncmp(descriptor->name, builder->prefix, size) == 0
               ? descriptor->name + size
               : descriptor->name;
}

static bool is_named(const struct builder *builder,
                     const asn_TYPE_descriptor_t *descriptor)
{
    return standard_name(builder, descriptor) != descriptor->name;
}

static bool is_group(const asn_TYPE_member_t *member)
{
    static const char group[] = "extGroup";

    return strncmp(member->name, group, sizeof group - 1) == 0;
}

static const struct stepden_type *
build_shared(struct builder *builder, asn_TYPE_descriptor_t *descriptor)
{
    const char *name = standard_name(builder, descriptor);
    struct stepden_use use = {
        .descriptor = descriptor,
        .constraints = descriptor->per_constraints,
        .note = find_note(builder, name),
        .owner = name,
        .is_shared = true,
    };

    for (struct known *known = builder->known; known; known = known->next)
        if (known->descriptor == descriptor)
            return known->type;
    return build(builder, &use);
}

/* The type of a member: that of its name, unless the place says more. */
static const struct stepden_type *build_used(struct builder *builder,
                                             const asn_TYPE_member_t *member,
                                             const char *owner)
{
    bool has_name = is_named(builder, member->type);
    const char *name = standard_name(builder, member->type);
    char *place = take(builder, PLACE_SIZE);

    if (!place)
        return NULL;
    snprintf(place, PLACE_SIZE, "%s.%s", owner,
             member->name[0] ? member->name : "[]");
    const struct asn1_note *note = find_note(builder, place);
    if (has_name && !note && !member->per_constraints)
        return build_shared(builder, member->type);

    struct stepden_use use = {
        .descriptor = member->type,
        .constraints = member->per_constraints ? member->per_constraints
                                               : member->type->per_constraints,
        .note = note || !has_name ? note : find_note(builder, name),
        .owner = has_name           ? name
                 : is_group(member) ? owner
                                    : place,
    };
    return build(builder, &use);
}

static const void *default_of(struct builder *builder,
                              const asn_TYPE_member_t *member)
{
    void *value = NULL;

    if (!member->default_value)
        return NULL;
    builder->failed |= member->default_value(1, &value) != 0;
    return value;
}

static void build_member(struct builder *builder, struct stepden_member *made,
                         const asn_TYPE_member_t *member, const char *owner)
{
    *made = (struct stepden_member){
        .name = member->name,
        .type = build_used(builder, member, owner),
        .offset = (size_t)member->memb_offset,
        .is_pointer = member->flags & ATF_POINTER,
        .is_optional = member->optional,
        .is_group = is_group(member),
        .default_value = default_of(builder, member),
    };
}

static void build_sequence(struct builder *builder, struct stepden_type *type,
                           const struct stepden_use *use)
{
    const asn_SEQUENCE_specifics_t *specifics = use->descriptor->specifics;
    int count = use->descriptor->elements_count;
    struct stepden_member *members =
        take(builder, (size_t)count * sizeof *members);

    type->kind = STEPDEN_KIND_SEQUENCE;
    type->size = (size_t)specifics->struct_size;
    type->is_extensible = specifics->ext_before >= 0;
    type->count = (unsigned)count;
    type->members = members;
    for (int i = 0; members && i < count; i++) {
        build_member(builder, &members[i], &use->descriptor->elements[i],
                     use->owner);
        members[i].is_addition =
            i > specifics->ext_after && i < specifics->ext_before;
        if (members[i].is_addition)
            type->addition_count++;
        else if (members[i].is_optional)
            type->optional_count++;
    }
}

static void build_choice(struct builder *builder, struct stepden_type *type,
                         const struct stepden_use *use)
{
    const asn_CHOICE_specifics_t *specifics = use->descriptor->specifics;
    int count = use->descriptor->elements_count;
    struct stepden_member *members =
        take(builder, (size_t)count * sizeof *members);

    type->kind = STEPDEN_KIND_CHOICE;
    type->size = (size_t)specifics->struct_size;
    type->is_extensible = specifics->ext_start >= 0;
    type->count = (unsigned)count;
    type->root_count =
        (unsigned)(type->is_extensible ? specifics->ext_start : count);
    type->index_bits = stepden_bit_count(type->root_count - 1);
    type->present_offset = (size_t)specifics->pres_offset;
    type->members = members;
    for (int i = 0; members && i < count; i++) {
        int index =
            specifics->canonical_order ? specifics->canonical_order[i] : i;

        build_member(builder, &members[i], &use->descriptor->elements[index],
                     use->owner);
        members[i].present = (unsigned)index + 1;
        members[i].is_addition = (unsigned)i >= type->root_count;
    }
}

static void build_list(struct builder *builder, struct stepden_type *type,
                       const struct stepden_use *use)
{
    struct stepden_member *element = take(builder, sizeof *element);

    type->kind = STEPDEN_KIND_LIST;
    type->size =
        (size_t)((const asn_SET_OF_specifics_t *)use->descriptor->specifics)
            ->struct_size;
    type->count = 1;
    type->members = element;
    if (use->constraints)
        type->length = stepden_limits_of(&use->constraints->size);
    if (element)
        build_member(builder, element, &use->descriptor->elements[0],
                     use->owner);
}

/* The universal tag (X.680, table 1); 0 of CHOICE, which has none. */
static unsigned universal_tag(const asn_TYPE_descriptor_t *descriptor)
{
    for (int i = 0; i < descriptor->all_tags_count; i++)
        if (BER_TAG_CLASS(descriptor->all_tags[i]) == ASN_TAG_CLASS_UNIVERSAL)
            return BER_TAG_VALUE(descriptor->all_tags[i]);
    return 0;
}

static void build_kind(struct builder *builder, struct stepden_type *type,
                       const struct stepden_use *use)
{
    unsigned tag = universal_tag(use->descriptor);

    switch (tag) {
    case 0:
        build_choice(builder, type, use);
        break;
    case 16:
        if (use->descriptor->free_struct == SEQUENCE_free)
            build_sequence(builder, type, use);
        else
            build_list(builder, type, use);
        break;
    default:
        builder->failed |=
            !stepden_grammar_simple(type, tag, use, builder->arena);
    }
}

/* Before its members are made, which may be of the same type. */
static bool remember(struct builder *builder,
                     const asn_TYPE_descriptor_t *descriptor,
                     const struct stepden_type *type)
{
    struct known *known = take(builder, sizeof *known);

    if (!known)
        return false;
    *known = (struct known){
        .next = builder->known, .descriptor = descriptor, .type = type};
    builder->known = known;
    return true;
}

static const struct stepden_type *build(struct builder *builder,
                                        const struct stepden_use *use)
{
    struct stepden_type *type = take(builder, sizeof *type);

    if (!type || (use->is_shared && !remember(builder, use->descriptor, type)))
        return NULL;
    type->name = standard_name(builder, use->descriptor);
    type->note = use->note;
    type->descriptor = use->descriptor;
    build_kind(builder, type, use);
    builder->failed =
        builder->failed || !stepden_uper_plan(type, builder->arena);
    return type;
}

const struct stepden_type *stepden_grammar_build(struct stepden_arena *arena,
                                                 asn_TYPE_descriptor_t *message,
                                                 const struct asn1_notes *notes,
                                                 const char *prefix)
{
    struct builder builder = {.arena = arena, .notes = notes, .prefix = prefix};
    const struct stepden_type *type = build_shared(&builder, message);

    return builder.failed ? NULL : type;
}
