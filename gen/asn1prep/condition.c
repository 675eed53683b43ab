#include "condition.h"

#include <string.h>

#include "memory.h"

struct maker {
    const struct release *release;
    struct use use;  /* whose constraint it is */
    struct use base; /* the builtin type behind it */
};

static struct condition *make(const struct maker *maker,
                              const struct constraint *constraint);
static struct condition *make_inner(const struct release *release,
                                    const struct use *use,
                                    const struct constraint_set *set);

static struct condition *new_condition(enum condition_kind kind)
{
    struct condition *condition = memory_new(sizeof *condition);

    condition->kind = kind;
    return condition;
}

struct condition *condition_both(struct condition *first,
                                 struct condition *second)
{
    struct condition *both;

    if (first == NULL || second == NULL)
        return first == NULL ? second : first;
    both = new_condition(CONDITION_ALL_OF);
    both->parts = first;
    first->next = second;
    return both;
}

static int64_t limit(const struct maker *maker, const struct use *use,
                     struct value value)
{
    int64_t number;

    if (token_is(value.item, "MIN"))
        return INT64_MIN;
    if (token_is(value.item, "MAX"))
        return INT64_MAX;
    if (!release_number(&number, maker->release, use->module, use->type, value))
        fail_at(value.item->at,
                "\"%s\" found; a number of at most 64 bits is allowed here",
                value.item->text);
    return number;
}

static struct condition *make_range(const struct maker *maker,
                                    const struct use *use,
                                    const struct constraint *constraint)
{
    struct condition *range = new_condition(CONDITION_NUMBER);
    struct value upper = constraint->upper;

    if (use->type->kind == TYPE_SEQUENCE || use->type->kind == TYPE_CHOICE ||
        use->type->kind == TYPE_SEQUENCE_OF || use->type->kind == TYPE_STRING)
        fail_at(constraint->at,
                "\"%s\" found; numbers are allowed with INTEGER, ENUMERATED "
                "and BOOLEAN only",
                constraint->lower.item->text);
    range->lower = limit(maker, &maker->use, constraint->lower);
    range->upper =
        upper.item != NULL ? limit(maker, &maker->use, upper) : range->lower;
    return range;
}

/* The numbers of a SIZE become conditions on the size. */
static void make_sizes(struct condition *condition)
{
    for (; condition != NULL; condition = condition->next) {
        if (condition->kind == CONDITION_NUMBER)
            condition->kind = CONDITION_SIZE;
        make_sizes(condition->parts);
    }
}

static struct condition *make_size(const struct maker *maker,
                                   const struct constraint *constraint)
{
    static const struct type integer = {.kind = TYPE_INTEGER};
    const struct use size = {.module = maker->use.module, .type = &integer};
    struct condition *condition =
        make_inner(maker->release, &size, constraint->inner);

    make_sizes(condition);
    return condition;
}

static struct condition *make_text(const struct maker *maker,
                                   const struct constraint *constraint)
{
    struct condition *text = new_condition(CONDITION_TEXT);

    text->text = constraint->lower.item->text;
    if (maker->base.type->kind != TYPE_STRING || text->text[0] != '"')
        fail_at(constraint->at,
                "%s found; \"...\" is allowed here, with strings of "
                "characters only",
                text->text);
    return text;
}

static struct condition *make_each(const struct maker *maker,
                                   const struct constraint *constraint)
{
    const struct use element = {.module = maker->base.module,
                                .type = maker->base.type->element};
    struct condition *each = new_condition(CONDITION_EACH);

    if (element.type == NULL)
        fail_at(constraint->at,
                "WITH COMPONENT found; it is allowed with SEQUENCE OF only");
    each->parts = make_inner(maker->release, &element, constraint->inner);
    return each;
}

/* A member, wherever it stands, with the module that it stands in. */
static const struct member *find_member(const struct release *release,
                                        struct use *found,
                                        const struct member *members,
                                        const char *name)
{
    for (; members != NULL; members = members->next) {
        const struct module *module = found->module;
        const struct member *inside = NULL;

        if (members->name != NULL && strcmp(members->name->text, name) == 0) {
            found->type = members->type;
            return members;
        }
        if (members->kind == MEMBER_GROUP)
            inside = find_member(release, found, members->members, name);
        if (members->kind == MEMBER_COMPONENTS_OF) {
            *found = release_resolve(
                release, (struct use){.module = module, .type = members->type});
            inside = find_member(release, found, found->type->members, name);
        }
        if (inside != NULL)
            return inside;
        found->module = module;
    }
    return NULL;
}

static struct condition_component *
make_component(const struct maker *maker, const struct component *component,
               bool is_partial)
{
    struct condition_component *made = memory_new(sizeof *made);
    struct use use = maker->base;
    const struct member *member = find_member(
        maker->release, &use, maker->base.type->members, component->name->text);

    if (member == NULL)
        fail_at(component->name->at,
                "\"%s\" found; a component of the type is allowed here",
                component->name->text);
    made->name = component->name->text;
    made->presence = component->presence;
    if (!is_partial && member->is_optional && made->presence == PRESENCE_ANY)
        made->presence = PRESENCE_PRESENT;
    for (const struct constraint_set *set = component->constraints; set != NULL;
         set = set->next)
        made->condition = condition_both(made->condition,
                                         make_inner(maker->release, &use, set));
    return made;
}

static bool is_listed(const struct component *component, const char *name)
{
    while (component != NULL && strcmp(component->name->text, name) != 0)
        component = component->next;
    return component != NULL;
}

/* Without "...", what is not listed is absent (X.680, 51.8.8). */
static struct condition_component **
add_absent(struct condition_component **last, const struct maker *maker,
           const struct constraint *constraint, const struct member *members)
{
    bool is_choice = maker->base.type->kind == TYPE_CHOICE;

    for (; members != NULL; members = members->next) {
        if (members->kind == MEMBER_GROUP)
            last = add_absent(last, maker, constraint, members->members);
        if (members->kind == MEMBER_COMPONENTS_OF)
            last = add_absent(
                last, maker, constraint,
                release_base(maker->release, maker->base.module, members->type)
                    ->members);
        if (members->kind != MEMBER_COMPONENT ||
            !(is_choice || members->is_optional) ||
            is_listed(constraint->components, members->name->text))
            continue;
        *last = memory_new(sizeof **last);
        (*last)->name = members->name->text;
        (*last)->presence = PRESENCE_ABSENT;
        last = &(*last)->next;
    }
    return last;
}

static struct condition *make_components(const struct maker *maker,
                                         const struct constraint *constraint)
{
    struct condition *condition = new_condition(CONDITION_COMPONENTS);
    struct condition_component **last = &condition->components;
    const struct type *base = maker->base.type;

    if (base->kind != TYPE_SEQUENCE && base->kind != TYPE_CHOICE)
        fail_at(constraint->at, "WITH COMPONENTS found; it is allowed with "
                                "SEQUENCE and CHOICE only");
    for (const struct component *component = constraint->components;
         component != NULL; component = component->next) {
        *last = make_component(maker, component, constraint->is_partial);
        last = &(*last)->next;
    }
    if (!constraint->is_partial)
        add_absent(last, maker, constraint, base->members);
    return condition;
}

static struct condition *make_parts(const struct maker *maker,
                                    const struct constraint *constraint)
{
    bool is_union = constraint->kind == CONSTRAINT_UNION;
    struct condition *list =
        new_condition(is_union ? CONDITION_ANY_OF : CONDITION_ALL_OF);
    struct condition **last = &list->parts;

    for (const struct constraint *part = constraint->parts; part != NULL;
         part = part->next) {
        *last = make(maker, part);
        last = &(*last)->next;
    }
    return list;
}

static struct condition *make_plain(const struct maker *maker,
                                    const struct constraint *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_RANGE:
        return make_range(maker, &maker->base, constraint);
    case CONSTRAINT_SIZE:
        return make_size(maker, constraint);
    case CONSTRAINT_UNION:
    case CONSTRAINT_INTERSECTION:
        return make_parts(maker, constraint);
    case CONSTRAINT_TEXT:
        return make_text(maker, constraint);
    case CONSTRAINT_ELEMENTS:
        return make_each(maker, constraint);
    case CONSTRAINT_COMPONENTS:
        return make_components(maker, constraint);
    }
    return NULL;
}

static struct condition *make(const struct maker *maker,
                              const struct constraint *constraint)
{
    struct condition *condition = make_plain(maker, constraint);
    struct condition *none;

    if (constraint->except == NULL)
        return condition;
    none = new_condition(CONDITION_NONE_OF);
    none->parts = make(maker, constraint->except);
    return condition_both(condition, none);
}

/* With an extension marker, any value is allowed: all of nothing. */
static struct condition *make_inner(const struct release *release,
                                    const struct use *use,
                                    const struct constraint_set *set)
{
    const struct maker maker = {
        .release = release,
        .use = *use,
        .base = release_resolve(release, *use),
    };
    struct condition *condition = make(&maker, set->root);

    return set->is_extensible ? new_condition(CONDITION_ALL_OF) : condition;
}

/* Whether PER, or the note on the size of a UTF8String, says it all. */
static bool is_seen(const struct constraint *constraint, enum type_kind base)
{
    bool is_range = constraint->kind == CONSTRAINT_RANGE;

    if (constraint->except != NULL)
        return false;
    if (constraint->kind == CONSTRAINT_SIZE)
        return is_seen(constraint->inner->root, TYPE_INTEGER);
    if (constraint->kind != CONSTRAINT_INTERSECTION)
        return is_range && base == TYPE_INTEGER;
    for (const struct constraint *part = constraint->parts; part != NULL;
         part = part->next)
        if (!is_seen(part, base))
            return false;
    return true;
}

struct condition *condition_make(const struct release *release,
                                 const struct use *use,
                                 const struct constraint_set *set)
{
    enum type_kind base = release_base(release, use->module, use->type)->kind;
    struct condition *condition;

    if (is_seen(set->root, base))
        return NULL;
    condition = make_inner(release, use, set);
    return set->is_extensible ? NULL : condition;
}
