/* What a value may be, in words. */
#include <inttypes.h>
#include <string.h>

#include <stepden/json/reader.h>
#include <stepden/json/writer.h>

#include "common/keep.h"
#include "emit/emit.h"
#include "emit/reference.h"

enum { NAMES_LINE = 40 };

static const char *count_text(const struct type *type, const char *what)
{
    if (type->minimum == type->maximum)
        return keep_format("%" PRId64 " %s", type->maximum, what);
    if (type->minimum == 0)
        return keep_format("at most %" PRId64 " %s", type->maximum, what);
    return keep_format("%" PRId64 "..%" PRId64 " %s", type->minimum,
                       type->maximum, what);
}

static const char *decimal(int64_t value, int exponent)
{
    char *digits = keep_alloc(32);
    struct stepden_json_writer writer = {.at = digits, .end = digits + 31};

    stepden_json_put_scaled(&writer, value, exponent);
    return digits;
}

/* The limits as the schema has them, open ones too, and the grid. */
static const char *scaled_text(const struct type *type)
{
    bool above = (type->exclusive & STEPDEN_JSON_ABOVE) != 0;
    bool below = (type->exclusive & STEPDEN_JSON_BELOW) != 0;
    const char *least = decimal(type->minimum - above, type->exponent);
    const char *most = decimal(type->maximum + below, type->exponent);

    return keep_format("number %s..%s%s%s%s%s%s, rounded to %s", least, most,
                       emit_unit_suffix(type->unit),
                       above || below ? " without " : "", above ? least : "",
                       above && below ? " and " : "", below ? most : "",
                       decimal(1, type->exponent));
}

static const char *classes_text(const struct type *type)
{
    const char *all = "number, rounded up to";

    for (size_t i = 0; i < type->class_count; i++)
        all = keep_format("%s%s %" PRId64, all, i == 0 ? "" : ",",
                          type->classes[i]);
    return keep_format("%s%s", all, emit_unit_suffix(type->unit));
}

static const char *list_names(const struct type *type)
{
    const char *all = "";

    for (size_t i = 0; i < type->value_count; i++)
        all = keep_format("%s%s\"%s\"", all, i == 0 ? "" : ", ",
                          type->values[i].name);
    return all;
}

const char *reference_names(const struct type *type)
{
    const char *all = type->kind == KIND_NAMES ? list_names(type) : "";

    return strlen(all) > NAMES_LINE ? keep_format("One of %s.", all) : "";
}

static const char *names_text(const struct type *type)
{
    const char *names =
        *reference_names(type) != '\0' ? "a name" : list_names(type);

    if (!type->open)
        return names;
    return keep_format("%s, or integer %" PRId64 "..%" PRId64, names,
                       type->minimum, type->maximum);
}

/* A branch fits in a line when it is a string or has one member. */
static bool is_deep_union(const struct type *type)
{
    for (size_t i = 0; i < type->branch_count; i++)
        if (type->branches[i].type->member_count > 1 ||
            (type->branches[i].type->member_count == 1 &&
             reference_deep(type->branches[i].type->members[0].type) != NULL))
            return true;
    return false;
}

const struct type *reference_deep(const struct type *type)
{
    while (type->kind == KIND_ARRAY)
        type = type->item;
    if (model_has_members(type) ||
        (type->kind == KIND_UNION && is_deep_union(type)))
        return type;
    return NULL;
}

static const char *short_text(const struct type *type)
{
    return type->kind == KIND_STRING ? "string" : reference_value(type, "");
}

/* The branches by their titles, or each in words. */
static const char *union_text(const struct type *type, const char *below)
{
    bool deep = is_deep_union(type);
    const char *all = "";

    for (size_t i = 0; i < type->branch_count; i++) {
        const struct type *branch = type->branches[i].type;
        const char *value =
            deep ? type->branches[i].title
            : branch->kind != KIND_OBJECT
                ? short_text(branch)
                : keep_format("{\"%s\": %s}", branch->members[0].key,
                              short_text(branch->members[0].type));

        all = keep_format("%s%s%s", all,
                          i == 0 ? ""
                          : deep ? ", "
                                 : ", or ",
                          value);
    }
    return deep ? keep_format("%s: %s", all, below) : all;
}

const char *reference_value(const struct type *type, const char *below)
{
    switch (type->kind) {
    case KIND_BOOLEAN:
        return "boolean";
    case KIND_INTEGER:
        return keep_format("integer %s%s%s", emit_integers(type),
                           emit_unit_suffix(type->unit), emit_rule(type));
    case KIND_SCALED:
        return scaled_text(type);
    case KIND_CLASSES:
        return classes_text(type);
    case KIND_STRING:
        return keep_format("string of %s%s", count_text(type, "characters"),
                           emit_rule(type));
    case KIND_TIME:
        return "date-time (RFC 3339)";
    case KIND_CONST:
        return emit_json(type->literal);
    case KIND_NAMES:
        return names_text(type);
    case KIND_ARRAY:
        return keep_format("array of %s%s: %s", count_text(type, "elements"),
                           emit_rule(type), reference_value(type->item, below));
    case KIND_RAW:
        return "object";
    case KIND_OBJECT:
        return keep_format("object, %s", below);
    case KIND_TUPLE:
        return keep_format("array of %s, %s", count_text(type, "elements"),
                           below);
    case KIND_UNION:
        return union_text(type, below);
    }
    return "";
}
