/* A record as a JSON text, for people to begin with. */
#include <string.h>

#include <stepden/json/writer.h>

#include "common/keep.h"
#include "emit/emit.h"

static struct json_object *fill(const struct type *type,
                                struct json_object *value);

static int64_t first_multiple(const struct type *type)
{
    int64_t above = type->minimum % type->step;

    return type->minimum - above + (above > 0 ? type->step : 0);
}

static struct json_object *smallest_number(const struct type *type)
{
    int64_t value = type->listed != NULL ? type->listed[0] : type->minimum;
    char digits[32] = {0};
    struct stepden_json_writer writer = {.at = digits,
                                         .end = digits + sizeof(digits) - 1};

    if (type->kind != KIND_SCALED)
        return json_object_new_int64(type->step == 0 ? value
                                                     : first_multiple(type));
    stepden_json_put_scaled(&writer, type->minimum, type->exponent);
    return json_object_new_double_s((double)type->minimum, digits);
}

static struct json_object *smallest_string(const struct type *type)
{
    char *text = keep_alloc((size_t)type->minimum + 1);

    if (type->pattern != NULL)
        fail_at(&type->place, "a template needs an example or a default of "
                              "what has a pattern");
    memset(text, '-', (size_t)type->minimum);
    return json_object_new_string(text);
}

static struct json_object *smallest(const struct type *type)
{
    switch (type->kind) {
    case KIND_BOOLEAN:
        return json_object_new_boolean(false);
    case KIND_INTEGER:
    case KIND_SCALED:
    case KIND_CLASSES:
        return smallest_number(type);
    case KIND_STRING:
        return smallest_string(type);
    case KIND_TIME:
        return json_object_new_string(type->from_1970 ? "1970-01-01T00:00:00Z"
                                                      : "2004-01-01T00:00:00Z");
    case KIND_NAMES:
        return json_object_new_string(type->values[0].name);
    case KIND_RAW:
    case KIND_CONST:
    case KIND_OBJECT:
    case KIND_ARRAY:
    case KIND_TUPLE:
    case KIND_UNION:
        break;
    }
    return json_object_new_object();
}

/* The first one, or NULL. */
static struct json_object *first_of(struct json_object *examples)
{
    return examples == NULL ? NULL : json_object_array_get_idx(examples, 0);
}

/* The value of a member that the object `given` does not have. */
static struct json_object *fill_absent(const struct member *member)
{
    struct json_object *example = first_of(member->examples);

    if (member->preset != NULL)
        return fill(member->type, member->preset);
    if (member->null_preset || (member->nullable && example == NULL))
        return NULL;
    return fill(member->type, example);
}

static struct json_object *fill_object(const struct type *type,
                                       struct json_object *given)
{
    struct json_object *object = json_object_new_object();

    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];
        struct json_object *value;

        if (json_object_object_get_ex(given, member->key, &value))
            value = value == NULL ? NULL : fill(member->type, value);
        else if (member->optional && !member->null_preset && !member->required)
            continue;
        else
            value = fill_absent(member);
        json_object_object_add(object, member->key, value);
    }
    return object;
}

static struct json_object *fill_array(const struct type *type,
                                      struct json_object *given)
{
    struct json_object *array = json_object_new_array();
    size_t count =
        given == NULL ? (size_t)type->minimum : json_object_array_length(given);

    if (given == NULL && type->unique && count > 1)
        fail_at(&type->place, "a template needs an example or a default of "
                              "what has no two elements alike");
    for (size_t i = 0; i < count; i++) {
        struct json_object *item =
            given == NULL ? NULL : json_object_array_get_idx(given, i);
        json_object_array_add(array, fill(type->item, item));
    }
    return array;
}

static struct json_object *fill_tuple(const struct type *type,
                                      struct json_object *given)
{
    struct json_object *array = json_object_new_array();
    size_t count =
        given == NULL ? (size_t)type->minimum : json_object_array_length(given);

    for (size_t i = 0; i < count; i++) {
        const struct member *member = &type->members[i];
        struct json_object *value =
            given == NULL ? NULL : json_object_array_get_idx(given, i);

        if (given == NULL)
            value = fill_absent(member);
        else if (value != NULL)
            value = fill(member->type, value);
        json_object_array_add(array, value);
    }
    return array;
}

/* `value`, or else an example, or the smallest, with all defaults. */
static struct json_object *fill(const struct type *type,
                                struct json_object *value)
{
    if (value == NULL)
        value = first_of(type->examples);
    if (type->kind == KIND_OBJECT)
        return fill_object(type, value);
    if (type->kind == KIND_ARRAY)
        return fill_array(type, value);
    if (type->kind == KIND_TUPLE)
        return fill_tuple(type, value);
    if (type->kind == KIND_UNION)
        return fill(
            type->branches[value == NULL ? 0 : model_branch_of(type, value)]
                .type,
            value);
    if (type->kind == KIND_CONST)
        return json_object_get(type->literal);
    return value == NULL ? smallest(type) : json_object_get(value);
}

void emit_template(struct text *text, const struct model *model)
{
    struct json_object *value = fill(model->root, NULL);

    text_add_json(text, value);
    json_object_put(value);
}
