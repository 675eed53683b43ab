#include "notes.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "unit.h"

struct maker {
    struct notes *notes;
    const struct release *release;
};

static const char *join(const char *owner, const char *member)
{
    size_t size = strlen(owner);
    char *place = memory_new(size + strlen(member) + 2);

    memcpy(place, owner, size);
    place[size] = '.';
    strcpy(place + size + 1, member);
    return place;
}

/* MIN and MAX are the limits of the type that is constrained. */
static void narrow(struct note_range *range, const struct maker *maker,
                   const struct use *use, const struct constraint *constraint)
{
    struct value lower = constraint->lower;
    struct value upper =
        constraint->upper.item != NULL ? constraint->upper : constraint->lower;
    int64_t number = 0;

    if (!token_is(lower.item, "MIN")) {
        range->is_open |= !release_number(&number, maker->release, use->module,
                                          use->type, lower);
        if (!range->has_lower || number > range->lower)
            range->lower = number;
        range->has_lower = true;
    }
    if (!token_is(upper.item, "MAX")) {
        range->is_open |= !release_number(&number, maker->release, use->module,
                                          use->type, upper);
        if (!range->has_upper || number < range->upper)
            range->upper = number;
        range->has_upper = true;
    }
}

/* What constraints of one kind, on values or on the SIZE, leave of a range. */
static void constrain(struct note_range *range, const struct maker *maker,
                      const struct use *use,
                      const struct constraint *constraint)
{
    range->is_open |= constraint->except != NULL;
    switch (constraint->kind) {
    case CONSTRAINT_RANGE:
        narrow(range, maker, use, constraint);
        break;
    case CONSTRAINT_INTERSECTION:
        for (const struct constraint *part = constraint->parts; part != NULL;
             part = part->next)
            constrain(range, maker, use, part);
        break;
    case CONSTRAINT_UNION:
        range->is_open = true;
        break;
    case CONSTRAINT_SIZE:
    case CONSTRAINT_TEXT:
    case CONSTRAINT_ELEMENTS:
    case CONSTRAINT_COMPONENTS:
        break;
    }
}

static void constrain_size(struct note_range *size, const struct maker *maker,
                           const struct use *use,
                           const struct constraint_set *set)
{
    static const struct type integer = {.kind = TYPE_INTEGER};
    const struct use number = {.module = use->module, .type = &integer};

    if (set->root->kind != CONSTRAINT_SIZE || set->is_extensible ||
        set->root->inner->is_extensible)
        size->is_open = true;
    else
        constrain(size, maker, &number, set->root->inner->root);
}

static void add_names(struct note *note, const struct maker *maker,
                      const struct use *use)
{
    static const struct type integer = {.kind = TYPE_INTEGER};

    for (const struct named_value *named = use->type->names; named != NULL;
         named = named->next) {
        struct note_name *name;

        note->names =
            memory_grow(note->names, note->name_count, sizeof *note->names);
        name = &note->names[note->name_count++];
        name->name = named->name->text;
        if (!release_number(&name->number, maker->release, use->module,
                            &integer, named->value))
            fail_at(named->name->at,
                    "%s found with \"%s\"; a number of at most 64 bits is "
                    "allowed",
                    named->name->text, named->value.item->text);
    }
}

/* Adds to the note what the type says, and those that it refers to. */
static void describe(struct note *note, const struct maker *maker,
                     const struct use *use)
{
    const struct type *base =
        release_base(maker->release, use->module, use->type);
    bool is_text =
        base->keyword != NULL && strcmp(base->keyword, "UTF8String") == 0;

    if (use->type->kind == TYPE_REFERENCE) {
        const struct assignment *named =
            release_type(maker->release, use->module, use->type);
        const struct use referred = {.module = named->module,
                                     .type = named->parsed};
        const char *unit = unit_of(named->name);

        describe(note, maker, &referred);
        note->unit = unit != NULL ? unit : note->unit;
    } else if (use->type->kind != TYPE_ENUMERATED) {
        add_names(note, maker, use);
    }
    for (const struct constraint_set *set = use->type->constraints; set != NULL;
         set = set->next) {
        if (base->kind == TYPE_INTEGER)
            constrain(&note->range, maker, use, set->root);
        else if (is_text)
            constrain_size(&note->size, maker, use, set);
        note->condition = condition_both(
            note->condition, condition_make(maker->release, use, set));
    }
}

static bool is_known(const struct note_range *range)
{
    return range->has_lower && range->has_upper && !range->is_open;
}

static void add_note(struct maker *maker, const struct use *use,
                     const char *place, const struct token *name)
{
    struct notes *notes = maker->notes;
    struct note note = {.place = place};
    const char *unit = unit_of(name);
    bool is_number =
        release_base(maker->release, use->module, use->type)->kind ==
        TYPE_INTEGER;

    describe(&note, maker, use);
    note.unit = unit != NULL ? unit : note.unit;
    if (!is_number)
        note.unit = NULL;
    if (note.unit == NULL && note.name_count == 0 && !is_known(&note.range) &&
        !is_known(&note.size) && note.condition == NULL)
        return;
    notes->notes =
        memory_grow(notes->notes, notes->count, sizeof *notes->notes);
    notes->notes[notes->count++] = note;
}

static void add_inside(struct maker *maker, const struct use *use,
                       const char *place);

/* Only what is not said of a type with a name already. */
static void add_part(struct maker *maker, const struct use *use,
                     const char *place, const struct token *name)
{
    if (use->type->kind == TYPE_REFERENCE && use->type->constraints == NULL &&
        unit_of(name) == NULL)
        return;
    add_note(maker, use, place, name);
    add_inside(maker, use, place);
}

static void add_members(struct maker *maker, const struct module *module,
                        const struct member *members, const char *owner);

/* Those before the extension marker (X.680, 25.5). */
static void add_components_of(struct maker *maker, const struct module *module,
                              const struct type *reference, const char *owner)
{
    const struct assignment *named =
        release_type(maker->release, module, reference);
    struct member *copies = NULL;
    struct member **last = &copies;

    for (const struct member *member = named->parsed->members;
         member != NULL && member->kind != MEMBER_MARKER;
         member = member->next) {
        *last = memory_new(sizeof **last);
        **last = *member;
        (*last)->next = NULL;
        last = &(*last)->next;
    }
    add_members(maker, named->module, copies, owner);
}

static void add_members(struct maker *maker, const struct module *module,
                        const struct member *members, const char *owner)
{
    for (; members != NULL; members = members->next) {
        const struct use use = {.module = module, .type = members->type};

        switch (members->kind) {
        case MEMBER_COMPONENT:
            add_part(maker, &use, join(owner, members->name->text),
                     members->name);
            break;
        case MEMBER_COMPONENTS_OF:
            add_components_of(maker, module, members->type, owner);
            break;
        case MEMBER_GROUP:
            add_members(maker, module, members->members, owner);
            break;
        case MEMBER_MARKER:
            break;
        }
    }
}

static void add_inside(struct maker *maker, const struct use *use,
                       const char *place)
{
    const struct use element = {.module = use->module,
                                .type = use->type->element};

    add_members(maker, use->module, use->type->members, place);
    if (element.type != NULL)
        add_part(maker, &element, join(place, "[]"), NULL);
}

static int compare(const void *left, const void *right)
{
    return strcmp(((const struct note *)left)->place,
                  ((const struct note *)right)->place);
}

void notes_make(struct notes *notes, const struct release *release)
{
    struct maker maker = {.notes = notes, .release = release};

    for (size_t i = 0; i < release->count; i++) {
        const struct assignment *named = release->reached[i];
        const struct use use = {.module = named->module, .type = named->parsed};

        add_note(&maker, &use, named->name->text, named->name);
        add_inside(&maker, &use, named->name->text);
    }
    if (notes->count > 0)
        qsort(notes->notes, notes->count, sizeof *notes->notes, compare);
}
