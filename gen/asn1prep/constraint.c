#include <stddef.h>

#include "cursor.h"
#include "memory.h"

static struct constraint *parse_union(struct cursor *cursor);
static struct constraint_set *parse_set(struct cursor *cursor);

static struct constraint *new_constraint(enum constraint_kind kind,
                                         const struct cursor *cursor)
{
    struct constraint *constraint = memory_new(sizeof *constraint);

    constraint->kind = kind;
    constraint->at = cursor->next->at;
    return constraint;
}

/* a, a (...), a PRESENT, a ABSENT, a OPTIONAL */
static struct component *parse_component(struct cursor *cursor)
{
    struct component *component = memory_new(sizeof *component);

    component->name = cursor_name(cursor);
    component->constraints = constraint_parse(cursor);
    if (cursor_accept(cursor, "PRESENT"))
        component->presence = PRESENCE_PRESENT;
    else if (cursor_accept(cursor, "ABSENT"))
        component->presence = PRESENCE_ABSENT;
    else
        cursor_accept(cursor, "OPTIONAL");
    return component;
}

/* WITH COMPONENTS {a, b} or {..., a, b} */
static void parse_components(struct constraint *constraint,
                             struct cursor *cursor)
{
    struct component **last = &constraint->components;

    cursor_expect(cursor, "{");
    constraint->is_partial = cursor_accept(cursor, "...");
    if (constraint->is_partial && cursor_accept(cursor, "}"))
        return;
    if (constraint->is_partial)
        cursor_expect(cursor, ",");
    do {
        *last = parse_component(cursor);
        last = &(*last)->next;
    } while (cursor_accept(cursor, ","));
    if (!cursor_accept(cursor, "}"))
        cursor_refuse(cursor, "\",\" or \"}\", and before it (...), PRESENT, "
                              "ABSENT, OPTIONAL");
}

static struct constraint *parse_inner(struct cursor *cursor)
{
    struct constraint *constraint =
        new_constraint(CONSTRAINT_COMPONENTS, cursor);

    cursor_expect(cursor, "WITH");
    if (cursor_accept(cursor, "COMPONENT")) {
        constraint->kind = CONSTRAINT_ELEMENTS;
        cursor_expect(cursor, "(");
        constraint->inner = parse_set(cursor);
        cursor_expect(cursor, ")");
        return constraint;
    }
    cursor_expect(cursor, "COMPONENTS");
    parse_components(constraint, cursor);
    return constraint;
}

static struct constraint *parse_size(struct cursor *cursor)
{
    struct constraint *constraint = new_constraint(CONSTRAINT_SIZE, cursor);

    cursor_expect(cursor, "(");
    constraint->inner = parse_set(cursor);
    cursor_expect(cursor, ")");
    return constraint;
}

static struct constraint *parse_range(struct cursor *cursor)
{
    struct constraint *constraint = new_constraint(CONSTRAINT_RANGE, cursor);

    constraint->lower = cursor_value(cursor);
    if (cursor_accept(cursor, ".."))
        constraint->upper = cursor_value(cursor);
    return constraint;
}

static struct constraint *parse_element(struct cursor *cursor)
{
    struct constraint *constraint;

    if (cursor_accept(cursor, "(")) {
        constraint = parse_union(cursor);
        cursor_expect(cursor, ")");
        return constraint;
    }
    if (cursor_accept(cursor, "SIZE"))
        return parse_size(cursor);
    if (cursor_at(cursor, "WITH"))
        return parse_inner(cursor);
    if (cursor->next->kind == TOKEN_STRING) {
        constraint = new_constraint(CONSTRAINT_TEXT, cursor);
        constraint->lower.item = cursor->next++;
        return constraint;
    }
    if (cursor->next->kind == TOKEN_REFERENCE ||
        (cursor->next->kind == TOKEN_KEYWORD && !cursor_at(cursor, "MIN") &&
         !cursor_at(cursor, "TRUE") && !cursor_at(cursor, "FALSE")))
        cursor_refuse(cursor, "a value, a range, SIZE, WITH COMPONENT, "
                              "WITH COMPONENTS");
    return parse_range(cursor);
}

/* What EXCEPT takes away stays visible to PER as if it were there. */
static struct constraint *parse_term(struct cursor *cursor)
{
    struct constraint *constraint;

    cursor_enter(cursor);
    constraint = parse_element(cursor);
    if (cursor_accept(cursor, "EXCEPT"))
        constraint->except = parse_element(cursor);
    cursor_leave(cursor);
    return constraint;
}

static struct constraint *
parse_list(struct cursor *cursor, enum constraint_kind kind,
           struct constraint *(*parse)(struct cursor *), const char *sign,
           const char *word)
{
    struct constraint *first = parse(cursor);
    struct constraint *list;
    struct constraint **last;

    if (!cursor_at(cursor, sign) && !cursor_at(cursor, word))
        return first;
    list = new_constraint(kind, cursor);
    list->parts = first;
    last = &first->next;
    while (cursor_accept(cursor, sign) || cursor_accept(cursor, word)) {
        *last = parse(cursor);
        last = &(*last)->next;
    }
    return list;
}

static struct constraint *parse_intersection(struct cursor *cursor)
{
    return parse_list(cursor, CONSTRAINT_INTERSECTION, parse_term, "^",
                      "INTERSECTION");
}

static struct constraint *parse_union(struct cursor *cursor)
{
    return parse_list(cursor, CONSTRAINT_UNION, parse_intersection, "|",
                      "UNION");
}

/* root, root, ... or root, ..., more (X.680, 50.1) */
static struct constraint_set *parse_set(struct cursor *cursor)
{
    struct constraint_set *set = memory_new(sizeof *set);

    set->root = parse_union(cursor);
    if (!cursor_accept(cursor, ","))
        return set;
    cursor_expect(cursor, "...");
    set->is_extensible = true;
    if (cursor_accept(cursor, ","))
        parse_union(cursor);
    return set;
}

struct constraint_set *constraint_parse(struct cursor *cursor)
{
    struct constraint_set *first = NULL;
    struct constraint_set **last = &first;

    while (cursor_accept(cursor, "(")) {
        *last = parse_set(cursor);
        last = &(*last)->next;
        cursor_expect(cursor, ")");
    }
    return first;
}

struct constraint_set *constraint_parse_size(struct cursor *cursor)
{
    struct constraint_set *set = memory_new(sizeof *set);

    set->root = parse_size(cursor);
    return set;
}
