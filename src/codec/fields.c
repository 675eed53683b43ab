#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include <stepden/codec.h>

#include "codec/arena.h"
#include "codec/grammar.h"

enum {
    PATH_SIZE = 512,
    RANGE_SIZE = 96,
};

struct lister {
    const struct stepden_field_type_sink *sink;
    struct stepden_arena names; /* of one field */
    char path[PATH_SIZE];
    char range[RANGE_SIZE];
};

static void list_members(struct lister *lister, size_t length,
                         const struct stepden_type *type, bool is_addition);

static const char *kind_text(enum stepden_kind kind)
{
    static const char *const texts[] = {
        [STEPDEN_KIND_BOOLEAN] = "BOOLEAN",
        [STEPDEN_KIND_NULL] = "NULL",
        [STEPDEN_KIND_INTEGER] = "INTEGER",
        [STEPDEN_KIND_ENUMERATED] = "ENUMERATED",
        [STEPDEN_KIND_BITS] = "BIT STRING",
        [STEPDEN_KIND_OCTETS] = "OCTET STRING",
        [STEPDEN_KIND_CHARACTERS] = "character string",
        [STEPDEN_KIND_UTF8] = "UTF8String",
        [STEPDEN_KIND_SEQUENCE] = "SEQUENCE",
        [STEPDEN_KIND_CHOICE] = "CHOICE",
        [STEPDEN_KIND_LIST] = "SEQUENCE OF",
    };

    return texts[kind];
}

/* Of what `length` counts; NULL when it counts nothing. */
static const char *unit_of_length(enum stepden_kind kind)
{
    static const char *const units[] = {
        [STEPDEN_KIND_BITS] = "bits",
        [STEPDEN_KIND_OCTETS] = "bytes",
        [STEPDEN_KIND_CHARACTERS] = "characters",
        [STEPDEN_KIND_UTF8] = "characters",
        [STEPDEN_KIND_LIST] = "elements",
    };

    return (size_t)kind < sizeof units / sizeof units[0] ? units[kind] : NULL;
}

static void write_range(char range[RANGE_SIZE],
                        const struct stepden_limits *limits, const char *unit)
{
    char upper[24] = "";
    const char *more = limits->is_extensible ? ", ..." : "";

    range[0] = '\0';
    if (!limits->has_lower)
        return;
    if (limits->has_upper)
        snprintf(upper, sizeof upper, "%" PRId64, limits->upper);
    if (limits->has_upper && limits->lower == limits->upper)
        snprintf(range, RANGE_SIZE, "%s%s%s%s", upper, more, *unit ? " " : "",
                 unit);
    else
        snprintf(range, RANGE_SIZE, "%" PRId64 "..%s%s%s%s", limits->lower,
                 upper, more, *unit ? " " : "", unit);
}

static void describe_range(struct lister *lister,
                           const struct stepden_type *type)
{
    const char *unit = unit_of_length(type->kind);

    lister->range[0] = '\0';
    if (unit)
        write_range(lister->range, &type->length, unit);
    else if (type->kind == STEPDEN_KIND_INTEGER)
        write_range(lister->range, &type->value, "");
}

static size_t name_count(const struct stepden_type *type)
{
    if (type->kind == STEPDEN_KIND_ENUMERATED)
        return type->count;
    return type->note ? type->note->name_count : 0;
}

/* Items, named numbers, named bits; none without memory. */
static void name_values(struct lister *lister, struct stepden_field_type *field,
                        const struct stepden_type *type)
{
    size_t count = name_count(type);

    stepden_arena_reset(&lister->names);
    const char **names =
        stepden_arena_take(&lister->names, (count + 1) * sizeof *names);
    int64_t *numbers =
        stepden_arena_take(&lister->names, (count + 1) * sizeof *numbers);

    for (size_t i = 0; names && numbers && i < count; i++) {
        bool is_item = type->kind == STEPDEN_KIND_ENUMERATED;

        assert(is_item || type->note != NULL);
        names[i] = is_item ? type->items[i].name : type->note->names[i].name;
        numbers[i] =
            is_item ? type->items[i].value : type->note->names[i].number;
    }
    field->names = names;
    field->numbers = numbers;
    field->name_count = names && numbers ? count : 0;
}

static void take(struct lister *lister, const struct stepden_member *member,
                 bool is_addition)
{
    const struct stepden_type *type = member->type;
    struct stepden_field_type field = {
        .path = lister->path,
        .type = type->name,
        .kind = kind_text(type->kind),
        .range = lister->range,
        .unit = type->note && type->note->unit ? type->note->unit : "",
        .is_optional = member->is_optional,
        .is_addition = is_addition,
    };

    describe_range(lister, type);
    name_values(lister, &field, type);
    lister->sink->take(lister->sink->ctx, &field);
}

static void list_member(struct lister *lister, size_t length,
                        const struct stepden_member *member, bool is_addition)
{
    int written = 0;

    is_addition |= member->is_addition;
    if (member->is_group) {
        list_members(lister, length, member->type, is_addition);
        return;
    }
    if (member->name[0] == '\0')
        written = snprintf(lister->path + length, PATH_SIZE - length, "[]");
    else
        written = snprintf(lister->path + length, PATH_SIZE - length, "%s%s",
                           length ? "." : "", member->name);
    length += (size_t)written;
    if (length >= PATH_SIZE)
        return;
    take(lister, member, is_addition);
    list_members(lister, length, member->type, is_addition);
}

/* `length` is that of the path so far. */
static void list_members(struct lister *lister, size_t length,
                         const struct stepden_type *type, bool is_addition)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE ||
        type->kind == STEPDEN_KIND_CHOICE || type->kind == STEPDEN_KIND_LIST)
        for (unsigned i = 0; i < type->count; i++)
            list_member(lister, length, &type->members[i], is_addition);
}

void stepden_fields(enum stepden_release release,
                    const struct stepden_field_type_sink *sink)
{
    const struct stepden_type *type = stepden_grammar(release);
    struct lister lister = {.sink = sink};

    if (type)
        list_members(&lister, 0, type, false);
    stepden_arena_free(&lister.names);
}
