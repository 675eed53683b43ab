#include "type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cursor.h"
#include "memory.h"

static struct type *parse_type(struct cursor *cursor);

static const char *const character_strings[] = {
    "IA5String",  "NumericString", "PrintableString",
    "UTF8String", "VisibleString",
};

/* [5] or [APPLICATION 5], with IMPLICIT or EXPLICIT. */
static const char *parse_tag(struct cursor *cursor)
{
    const char *class = "";
    const char *number;
    const char *mode = "";
    char tag[64];

    if (!cursor_accept(cursor, "["))
        return "";
    if (cursor->next->kind == TOKEN_KEYWORD)
        class = cursor->next++->text;
    if (cursor->next->kind != TOKEN_NUMBER)
        cursor_refuse(cursor, "the number of a tag");
    number = cursor->next++->text;
    cursor_expect(cursor, "]");
    if (cursor_at(cursor, "IMPLICIT") || cursor_at(cursor, "EXPLICIT"))
        mode = cursor->next++->text;
    snprintf(tag, sizeof tag, "[%s%s%s] %s%s", class, *class ? " " : "", number,
             mode, *mode ? " " : "");
    return memory_text(tag, strlen(tag));
}

static struct named_value *parse_named_value(struct cursor *cursor)
{
    struct named_value *named = memory_new(sizeof *named);

    if (cursor_accept(cursor, "..."))
        return named;
    named->name = cursor_name(cursor);
    if (cursor_accept(cursor, "(")) {
        named->value = cursor_value(cursor);
        cursor_expect(cursor, ")");
    }
    return named;
}

static void expect_end(struct cursor *cursor, const char *end,
                       const char *allowed)
{
    if (!cursor_accept(cursor, end))
        cursor_refuse(cursor, allowed);
}

/* The { } of ENUMERATED, INTEGER and BIT STRING. */
static struct named_value *parse_names(struct cursor *cursor)
{
    struct named_value *first = NULL;
    struct named_value **last = &first;

    cursor_expect(cursor, "{");
    do {
        *last = parse_named_value(cursor);
        last = &(*last)->next;
    } while (cursor_accept(cursor, ","));
    expect_end(cursor, "}", "\",\" or \"}\"");
    return first;
}

/* Those of INTEGER and BIT STRING, all with their numbers. */
static struct named_value *parse_numbers(struct cursor *cursor)
{
    struct named_value *first = parse_names(cursor);

    for (const struct named_value *named = first; named != NULL;
         named = named->next)
        if (named->value.item == NULL)
            fail_at(named->name != NULL ? named->name->at : cursor->next->at,
                    "%s found without a number; only an ENUMERATED may have "
                    "that",
                    named->name != NULL ? named->name->text : "\"...\"");
    return first;
}

static void parse_suffix(struct member *member, struct cursor *cursor)
{
    if (cursor_accept(cursor, "OPTIONAL"))
        member->is_optional = true;
    else if (cursor_accept(cursor, "DEFAULT"))
        member->default_value = cursor_value(cursor);
}

static struct member *parse_member(struct cursor *cursor)
{
    struct member *member = memory_new(sizeof *member);

    if (cursor_accept(cursor, "...")) {
        member->kind = MEMBER_MARKER;
    } else if (cursor_accept(cursor, "COMPONENTS")) {
        cursor_expect(cursor, "OF");
        member->kind = MEMBER_COMPONENTS_OF;
        member->type = parse_type(cursor);
        if (member->type->kind != TYPE_REFERENCE)
            fail_at(member->type->at,
                    "COMPONENTS OF is allowed with the name of a type only");
    } else {
        member->name = cursor_name(cursor);
        member->type = parse_type(cursor);
        parse_suffix(member, cursor);
    }
    return member;
}

/* [[ a, b ]] or [[ 2: a, b ]] */
static struct member *parse_group(struct cursor *cursor)
{
    struct member *group = memory_new(sizeof *group);
    struct member **last = &group->members;

    group->kind = MEMBER_GROUP;
    if (cursor->next->kind == TOKEN_NUMBER) {
        cursor->next++;
        cursor_expect(cursor, ":");
    }
    do {
        *last = parse_member(cursor);
        if ((*last)->kind == MEMBER_MARKER)
            fail_at((cursor->next - 1)->at,
                    "\"...\" found; members are allowed inside [[ ]]");
        last = &(*last)->next;
    } while (cursor_accept(cursor, ","));
    expect_end(cursor, "]]", "\",\" or \"]]\"");
    return group;
}

static void check_marker(const struct member *first,
                         const struct member *member, struct place at)
{
    if (member->kind == MEMBER_GROUP) {
        while (first != member && first->kind != MEMBER_MARKER)
            first = first->next;
        if (first == member)
            fail_at(at, "\"[[\" found; it is allowed behind \"...\" only");
    }
    if (member->kind != MEMBER_MARKER)
        return;
    for (; first != member; first = first->next)
        if (first->kind == MEMBER_MARKER)
            fail_at(at, "a second \"...\" found; one is allowed, and all that "
                        "follows it are extensions");
}

/*
 * The { } of SEQUENCE and CHOICE. In a CHOICE, [[ ]] only versions its
 * members, which are extensions one by one (X.691, 23.8).
 */
static struct member *parse_members(struct cursor *cursor, enum type_kind kind)
{
    struct member *first = NULL;
    struct member **last = &first;

    cursor_expect(cursor, "{");
    if (cursor_accept(cursor, "}"))
        return NULL;
    do {
        struct place at = cursor->next->at;
        struct member *member = cursor_accept(cursor, "[[")
                                    ? parse_group(cursor)
                                    : parse_member(cursor);

        *last = member;
        check_marker(first, member, at);
        if (kind == TYPE_CHOICE && member->kind == MEMBER_GROUP)
            *last = member->members;
        while (*last != NULL)
            last = &(*last)->next;
    } while (cursor_accept(cursor, ","));
    expect_end(cursor, "}", "\",\" or \"}\"");
    return first;
}

/* SEQUENCE {...}, SEQUENCE (...) OF T, SEQUENCE SIZE(...) OF T */
static void parse_sequence(struct type *type, struct cursor *cursor)
{
    type->kind = TYPE_SEQUENCE;
    if (cursor_at(cursor, "{")) {
        type->members = parse_members(cursor, TYPE_SEQUENCE);
        return;
    }
    type->kind = TYPE_SEQUENCE_OF;
    if (cursor_accept(cursor, "SIZE"))
        type->constraints = constraint_parse_size(cursor);
    else
        type->constraints = constraint_parse(cursor);
    cursor_expect(cursor, "OF");
    if (cursor->next->kind == TOKEN_NAME)
        cursor->next++;
    type->element = parse_type(cursor);
}

static void parse_reference(struct type *type, struct cursor *cursor)
{
    type->kind = TYPE_REFERENCE;
    type->name = cursor->next++;
    if (cursor_accept(cursor, ".")) {
        type->module = type->name;
        type->name = cursor->next++;
        if (type->name->kind != TOKEN_REFERENCE)
            fail_at(type->name->at, "\"%s\" found; a type name is allowed here",
                    type->name->text);
    }
    if (cursor_at(cursor, "{"))
        cursor_refuse(cursor, "a type without parameters");
}

static bool parse_string(struct type *type, struct cursor *cursor)
{
    type->kind = TYPE_STRING;
    for (size_t i = 0; i < sizeof character_strings / sizeof(char *); i++)
        if (cursor_accept(cursor, character_strings[i])) {
            type->keyword = character_strings[i];
            return true;
        }
    if (cursor_accept(cursor, "BIT")) {
        type->keyword = "BIT STRING";
        cursor_expect(cursor, "STRING");
        if (cursor_at(cursor, "{"))
            type->names = parse_numbers(cursor);
        return true;
    }
    type->keyword = "OCTET STRING";
    if (!cursor_accept(cursor, "OCTET"))
        return false;
    cursor_expect(cursor, "STRING");
    return true;
}

static void parse_builtin(struct type *type, struct cursor *cursor)
{
    if (cursor_accept(cursor, "BOOLEAN")) {
        type->kind = TYPE_BOOLEAN;
    } else if (cursor_accept(cursor, "NULL")) {
        type->kind = TYPE_NULL;
    } else if (cursor_accept(cursor, "INTEGER")) {
        type->kind = TYPE_INTEGER;
        if (cursor_at(cursor, "{"))
            type->names = parse_numbers(cursor);
    } else if (cursor_accept(cursor, "ENUMERATED")) {
        type->kind = TYPE_ENUMERATED;
        type->names = parse_names(cursor);
    } else if (cursor_accept(cursor, "CHOICE")) {
        type->kind = TYPE_CHOICE;
        type->members = parse_members(cursor, TYPE_CHOICE);
    } else if (!parse_string(type, cursor)) {
        cursor_refuse(cursor,
                      "BOOLEAN, NULL, INTEGER, ENUMERATED, BIT STRING, OCTET "
                      "STRING, IA5String, NumericString, PrintableString, "
                      "UTF8String, VisibleString, SEQUENCE, SEQUENCE OF, "
                      "CHOICE, a type name");
    }
}

static struct type *parse_type(struct cursor *cursor)
{
    struct type *type = memory_new(sizeof *type);

    cursor_enter(cursor);
    type->tag = parse_tag(cursor);
    type->at = cursor->next->at;
    if (cursor->next->kind == TOKEN_REFERENCE)
        parse_reference(type, cursor);
    else if (cursor_accept(cursor, "SEQUENCE"))
        parse_sequence(type, cursor);
    else
        parse_builtin(type, cursor);
    if (type->kind != TYPE_SEQUENCE_OF)
        type->constraints = constraint_parse(cursor);
    cursor_leave(cursor);
    return type;
}

const struct type *type_parse(const struct token *first,
                              const struct token *end)
{
    struct cursor cursor = {.next = first};
    const struct type *type = parse_type(&cursor);

    if (cursor.next != end)
        cursor_refuse(&cursor, "the end of the type");
    return type;
}

static bool is_used(const struct named_value *names, long number)
{
    for (; names != NULL; names = names->next)
        if (names->value.item != NULL && !names->value.is_negative &&
            strtol(names->value.item->text, NULL, 10) == number)
            return true;
    return false;
}

long type_item_number(const struct type *type, const char *name)
{
    long number = -1;

    for (const struct named_value *named = type->names;; named = named->next) {
        if (named->name == NULL || named->value.item != NULL)
            continue;
        do
            number++;
        while (is_used(type->names, number));
        if (strcmp(named->name->text, name) == 0)
            return number;
    }
}
