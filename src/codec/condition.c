#include "codec/condition.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <OCTET_STRING.h>

#include "base/diag.h"
#include "base/utf8.h"

enum { REASON_SIZE = 256 };

struct text {
    char *at;
    size_t size; /* what is left */
};

static void put(struct text *text, const char *format, ...)
    STEPDEN_PRINTF(2, 3);

static void put(struct text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int wanted = vsnprintf(text->at, text->size, format, arguments);
    va_end(arguments);
    size_t length =
        (size_t)wanted < text->size ? (size_t)wanted : text->size - 1;
    text->at += length;
    text->size -= length;
}

static const struct stepden_member *
chosen_component(const void **value, const struct stepden_type *type,
                 const void *owner, const char *name)
{
    const struct stepden_member *chosen =
        owner ? stepden_alternative(type, owner) : NULL;

    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];

        if (strcmp(member->name, name) != 0)
            continue;
        if (chosen && member == chosen)
            *value = stepden_member_value(member, owner);
        return member;
    }
    return NULL;
}

const struct stepden_member *stepden_component(const void **value,
                                               const struct stepden_type *type,
                                               const void *owner,
                                               const char *name)
{
    *value = NULL;
    if (type->kind == STEPDEN_KIND_CHOICE)
        return chosen_component(value, type, owner, name);
    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        const void *here = owner ? stepden_member_value(member, owner) : NULL;

        if (member->is_group)
            member = stepden_component(&here, member->type, here, name);
        else if (strcmp(member->name, name) != 0)
            member = NULL;
        if (!member)
            continue;
        *value = here;
        return member;
    }
    return NULL;
}

static bool number_of(int64_t *number, const struct stepden_type *type,
                      const void *value)
{
    if (type->kind != STEPDEN_KIND_BOOLEAN)
        return stepden_number_get(number, type, value);
    *number = *(const BOOLEAN_t *)value ? 1 : 0;
    return true;
}

static int64_t size_of(const struct stepden_type *type, const void *value)
{
    const OCTET_STRING_t *octets = value;
    const BIT_STRING_t *bits = value;
    size_t characters;

    if (type->kind == STEPDEN_KIND_LIST)
        return stepden_list_count(value);
    if (type->kind == STEPDEN_KIND_BITS)
        return 8 * (int64_t)bits->size - bits->bits_unused;
    if (type->kind == STEPDEN_KIND_UTF8 &&
        stepden_utf8_count(&characters, octets->buf, (size_t)octets->size))
        return (int64_t)characters;
    return octets->size;
}

static bool is_within(const struct asn1_condition *condition, int64_t number)
{
    return number >= condition->lower && number <= condition->upper;
}

static bool is_text(const char *text, const void *value)
{
    const OCTET_STRING_t *octets = value;
    size_t size = strlen(text);

    return (size_t)octets->size == size &&
           (size == 0 || memcmp(octets->buf, text, size) == 0);
}

static bool component_holds(const struct asn1_component *component,
                            const struct stepden_type *type, const void *owner)
{
    const void *value;
    const struct stepden_member *member =
        stepden_component(&value, type, owner, component->member);

    if (component->presence == ASN1_PRESENT && !value)
        return false;
    if (component->presence == ASN1_ABSENT && value)
        return false;
    return !component->condition || !value ||
           stepden_condition_holds(component->condition, member->type, value);
}

/* The first component that is not as it has to be, or NULL. */
static const struct asn1_component *
broken_component(const struct asn1_condition *condition,
                 const struct stepden_type *type, const void *value)
{
    for (size_t i = 0; i < condition->component_count; i++)
        if (!component_holds(&condition->components[i], type, value))
            return &condition->components[i];
    return NULL;
}

/* The first element that is not as it has to be, or -1. */
static int broken_element(const struct asn1_condition *condition,
                          const struct stepden_type *type, const void *list)
{
    const struct stepden_type *element = type->members[0].type;
    int count = stepden_list_count(list);

    for (int i = 0; i < count; i++)
        if (!stepden_condition_holds(condition->parts, element,
                                     stepden_list_element(list, i)))
            return i;
    return -1;
}

static size_t holding_parts(const struct asn1_condition *condition,
                            const struct stepden_type *type, const void *value)
{
    size_t count = 0;

    for (size_t i = 0; i < condition->part_count; i++)
        count += stepden_condition_holds(&condition->parts[i], type, value);
    return count;
}

bool stepden_condition_holds(const struct asn1_condition *condition,
                             const struct stepden_type *type, const void *value)
{
    int64_t number;

    switch (condition->kind) {
    case ASN1_ALL_OF:
        return holding_parts(condition, type, value) == condition->part_count;
    case ASN1_ANY_OF:
        return holding_parts(condition, type, value) > 0;
    case ASN1_NONE_OF:
        return holding_parts(condition, type, value) == 0;
    case ASN1_COMPONENTS:
        return !broken_component(condition, type, value);
    case ASN1_EACH:
        return broken_element(condition, type, value) < 0;
    case ASN1_NUMBER:
        return number_of(&number, type, value) && is_within(condition, number);
    case ASN1_SIZE:
        return is_within(condition, size_of(type, value));
    case ASN1_TEXT:
        return is_text(condition->text, value);
    }
    return true;
}

/* A number by its name, if it has one. */
static void put_number(struct text *text, const struct stepden_type *type,
                       int64_t number)
{
    const struct asn1_note *note = type->note;
    const struct stepden_item *item = type->kind == STEPDEN_KIND_ENUMERATED
                                          ? stepden_item(type, (long)number)
                                          : NULL;

    if (number == INT64_MIN || number == INT64_MAX) {
        put(text, number < 0 ? "MIN" : "MAX");
        return;
    }
    if (item) {
        put(text, "%s", item->name);
        return;
    }
    put(text, "%" PRId64, number);
    for (size_t i = 0; note && i < note->name_count; i++)
        if (note->names[i].number == number) {
            put(text, " (%s)", note->names[i].name);
            return;
        }
}

/* What is found in place of what the condition says. */
static void put_why(struct text *text, const struct asn1_condition *condition,
                    const struct stepden_type *type, const void *value,
                    const char *place);

static void put_why_component(struct text *text,
                              const struct asn1_component *component,
                              const struct stepden_type *type,
                              const void *owner, const char *place)
{
    char inner[REASON_SIZE];
    const void *value;
    const struct stepden_member *member =
        stepden_component(&value, type, owner, component->member);

    snprintf(inner, sizeof inner, "%s%s%s", place, *place ? "." : "",
             component->member);
    if (!value)
        put(text, "%s is absent", inner);
    else if (component->presence == ASN1_ABSENT)
        put(text, "%s is present", inner);
    else
        put_why(text, component->condition, member->type, value, inner);
}

static void put_why_element(struct text *text,
                            const struct asn1_condition *condition,
                            const struct stepden_type *type, const void *list,
                            const char *place)
{
    char inner[REASON_SIZE];
    int index = broken_element(condition, type, list);

    snprintf(inner, sizeof inner, "%s[%d]", place, index);
    put_why(text, condition->parts, type->members[0].type,
            stepden_list_element(list, index), inner);
}

/* Of all parts that do not hold, each reason once. */
static void put_why_parts(struct text *text,
                          const struct asn1_condition *condition,
                          const struct stepden_type *type, const void *value,
                          const char *place)
{
    const char *start = text->at;

    for (size_t i = 0; i < condition->part_count; i++) {
        char reason[REASON_SIZE];
        struct text part = {.at = reason, .size = sizeof reason};

        if (stepden_condition_holds(&condition->parts[i], type, value))
            continue;
        put_why(&part, &condition->parts[i], type, value, place);
        if (!strstr(start, reason))
            put(text, "%s%s", text->at == start ? "" : ", ", reason);
    }
}

static void put_why(struct text *text, const struct asn1_condition *condition,
                    const struct stepden_type *type, const void *value,
                    const char *place)
{
    const char *it = *place ? place : "it";
    int64_t number;

    switch (condition->kind) {
    case ASN1_ALL_OF:
    case ASN1_ANY_OF:
        put_why_parts(text, condition, type, value, place);
        break;
    case ASN1_COMPONENTS:
        put_why_component(text, broken_component(condition, type, value), type,
                          value, place);
        break;
    case ASN1_EACH:
        put_why_element(text, condition, type, value, place);
        break;
    case ASN1_NUMBER:
        put(text, "%s is ", it);
        if (number_of(&number, type, value))
            put_number(text, type, number);
        else
            put(text, "larger than 64 bits");
        break;
    case ASN1_SIZE:
        put(text, "%s has size %" PRId64, it, size_of(type, value));
        break;
    case ASN1_NONE_OF:
        put(text, "%s is what is excluded", it);
        break;
    case ASN1_TEXT:
        put(text, "%s is something else", it);
        break;
    }
}

/* What the condition allows. */
static void put_allowed(struct text *text,
                        const struct asn1_condition *condition,
                        const struct stepden_type *type, const char *between);

static void put_component(struct text *text,
                          const struct asn1_component *component,
                          const struct stepden_type *type)
{
    static const char *const words[] = {[ASN1_ANY] = "",
                                        [ASN1_PRESENT] = " present",
                                        [ASN1_ABSENT] = " absent"};
    const void *value;
    const struct stepden_member *member =
        stepden_component(&value, type, NULL, component->member);
    const struct asn1_condition *condition = component->condition;

    put(text, "%s%s", component->member, words[component->presence]);
    if (!condition || !member)
        return;
    put(text, condition->kind == ASN1_NUMBER ? " " : " (");
    put_allowed(text, condition, member->type, " or ");
    put(text, condition->kind == ASN1_NUMBER ? "" : ")");
}

static void put_components(struct text *text,
                           const struct asn1_condition *condition,
                           const struct stepden_type *type)
{
    for (size_t i = 0; i < condition->component_count; i++) {
        put(text, i ? ", " : "");
        put_component(text, &condition->components[i], type);
    }
}

static void put_limits(struct text *text,
                       const struct asn1_condition *condition,
                       const struct stepden_type *type)
{
    put_number(text, type, condition->lower);
    if (condition->lower == condition->upper)
        return;
    put(text, "..");
    put_number(text, type, condition->upper);
}

static void put_parts(struct text *text, const struct asn1_condition *condition,
                      const struct stepden_type *type, const char *between)
{
    for (size_t i = 0; i < condition->part_count; i++) {
        put(text, "%s", i ? between : "");
        put_allowed(text, &condition->parts[i], type, " or ");
    }
}

static void put_allowed(struct text *text,
                        const struct asn1_condition *condition,
                        const struct stepden_type *type, const char *between)
{
    static const struct stepden_type plain = {.kind = STEPDEN_KIND_INTEGER};

    switch (condition->kind) {
    case ASN1_ALL_OF:
        put_parts(text, condition, type, "; and ");
        break;
    case ASN1_ANY_OF:
        put_parts(text, condition, type, between);
        break;
    case ASN1_NONE_OF:
        put(text, "not ");
        put_parts(text, condition, type, " or ");
        break;
    case ASN1_COMPONENTS:
        put_components(text, condition, type);
        break;
    case ASN1_EACH:
        put(text, "each element with ");
        put_allowed(text, condition->parts, type->members[0].type, " or ");
        break;
    case ASN1_NUMBER:
        put_limits(text, condition, type);
        break;
    case ASN1_SIZE:
        put(text, "size ");
        put_limits(text, condition, &plain);
        break;
    case ASN1_TEXT:
        put(text, "\"%s\"", condition->text);
        break;
    }
}

void stepden_condition_explain(char *text, size_t size,
                               const struct asn1_condition *condition,
                               const struct stepden_type *type,
                               const void *value)
{
    struct text reason = {.at = text, .size = size};

    text[0] = '\0';
    put_why(&reason, condition, type, value, "");
    put(&reason, "; allowed: ");
    put_allowed(&reason, condition, type, "; or ");
}
