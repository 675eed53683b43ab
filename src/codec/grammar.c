#include "codec/grammar.h"

#include <pthread.h>
#include <string.h>

#include <INTEGER.h>
#include <R1DENM.h>
#include <R2DENM.h>
#include <asn_SEQUENCE_OF.h>

#include "codec/arena.h"
#include "codec/grammar_build.h"
#include "codec/integer64.h"

static struct stepden_arena storage; /* as long as the process */
static const struct stepden_type *r1;
static const struct stepden_type *r2;

/* Freeing nothing makes a type copy what it inherits into its descriptor. */
static void complete(asn_TYPE_descriptor_t *descriptor)
{
    descriptor->free_struct(descriptor, NULL, 0);
    for (int i = 0; i < descriptor->elements_count; i++)
        complete(descriptor->elements[i].type);
}

static void build_all(void)
{
    complete(&asn_DEF_R1DENM);
    complete(&asn_DEF_R2DENM);
    r1 = stepden_grammar_build(&storage, &asn_DEF_R1DENM, &R1_notes, "R1");
    r2 = stepden_grammar_build(&storage, &asn_DEF_R2DENM, &R2_notes, "R2");
}

const struct stepden_type *stepden_grammar(enum stepden_release release)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, build_all);
    return release == STEPDEN_RELEASE_R1 ? r1 : r2;
}

void *stepden_member_place(const struct stepden_member *member, void *owner,
                           struct stepden_arena *arena)
{
    void *at = (char *)owner + member->offset;

    if (!member->is_pointer)
        return at;
    return *(void **)at = stepden_arena_take(arena, member->type->size);
}

bool stepden_member_is_default(const struct stepden_member *member,
                               const void *value)
{
    switch (member->default_value ? member->type->kind : STEPDEN_KIND_LIST) {
    case STEPDEN_KIND_INTEGER: {
        int64_t number, usual;
        return stepden_number_get(&number, member->type, value) &&
               stepden_number_get(&usual, member->type,
                                  member->default_value) &&
               number == usual;
    }
    case STEPDEN_KIND_ENUMERATED:
    case STEPDEN_KIND_BOOLEAN:
        return memcmp(value, member->default_value, member->type->size) == 0;
    case STEPDEN_KIND_NULL:
    case STEPDEN_KIND_BITS:
    case STEPDEN_KIND_OCTETS:
    case STEPDEN_KIND_CHARACTERS:
    case STEPDEN_KIND_UTF8:
    case STEPDEN_KIND_SEQUENCE:
    case STEPDEN_KIND_CHOICE:
    case STEPDEN_KIND_LIST:
        break;
    }
    return false;
}

bool stepden_number_get_wide(int64_t *number, const struct stepden_type *type,
                             const void *value)
{
    if (type->storage == STEPDEN_STORAGE_OCTETS)
        return stepden_integer64_get(number, value);

    unsigned long native = *(const unsigned long *)value;
    *number = (int64_t)native;
    return *number >= 0;
}

bool stepden_number_set(void *value, const struct stepden_type *type,
                        int64_t number, struct stepden_arena *arena)
{
    if (type->kind == STEPDEN_KIND_INTEGER &&
        type->storage == STEPDEN_STORAGE_OCTETS) {
        uint8_t *octets = stepden_arena_take(arena, 8);

        if (octets)
            stepden_integer64_set(value, octets, number);
        return octets;
    }
    if (type->kind == STEPDEN_KIND_INTEGER &&
        type->storage == STEPDEN_STORAGE_UNSIGNED_LONG) {
        *(unsigned long *)value = (unsigned long)number;
        return number >= 0 && (int64_t)(unsigned long)number == number;
    }
    *(long *)value = (long)number;
    return (int64_t)(long)number == number;
}

/* Most items have the numbers 0, 1, 2 and so on. */
const struct stepden_item *stepden_item(const struct stepden_type *type,
                                        long value)
{
    if (value >= 0 && value < (long)type->count &&
        type->items[value].value == value)
        return &type->items[value];
    for (unsigned i = 0; i < type->count; i++)
        if (type->items[i].value == value)
            return &type->items[i];
    return NULL;
}

/* asn1c's enum of alternatives is an int: it counts them. */
const struct stepden_member *
stepden_alternative(const struct stepden_type *type, const void *value)
{
    unsigned present;

    memcpy(&present, (const char *)value + type->present_offset,
           sizeof present);
    if (present - 1 < type->count &&
        type->members[present - 1].present == present)
        return &type->members[present - 1];
    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].present == present)
            return &type->members[i];
    return NULL;
}

void stepden_alternative_set(const struct stepden_type *type, void *value,
                             const struct stepden_member *alternative)
{
    memcpy((char *)value + type->present_offset, &alternative->present,
           sizeof alternative->present);
}

int stepden_list_count(const void *list)
{
    return ((const asn_anonymous_sequence_ *)list)->count;
}

const void *stepden_list_element(const void *list, int index)
{
    return ((const asn_anonymous_sequence_ *)list)->array[index];
}

/* The array grows by doubling; what it leaves behind goes with the arena. */
static bool grow(asn_anonymous_sequence_ *list, struct stepden_arena *arena)
{
    int size = list->size ? 2 * list->size : 8;
    void **array = stepden_arena_take(arena, (size_t)size * sizeof *array);

    if (!array)
        return false;
    if (list->count)
        memcpy(array, list->array, (size_t)list->count * sizeof *array);
    list->array = array;
    list->size = size;
    return true;
}

void *stepden_list_add(const struct stepden_type *type, void *list,
                       struct stepden_arena *arena)
{
    asn_anonymous_sequence_ *anonymous = list;
    void *element = stepden_arena_take(arena, type->members[0].type->size);

    if (!element ||
        (anonymous->count == anonymous->size && !grow(anonymous, arena)))
        return NULL;
    anonymous->array[anonymous->count++] = element;
    return element;
}

bool stepden_limits_hold(const struct stepden_limits *limits, int64_t number)
{
    return limits->is_extensible ||
           ((!limits->has_lower || number >= limits->lower) &&
            (!limits->has_upper || number <= limits->upper));
}
