/* Booleans, numbers, strings, constants and slices. */
#include <string.h>

#include "keep.h"
#include "keyword.h"
#include "model.h"
#include "name.h"

static void model_unit(struct type *type, struct json_object *schema)
{
    struct place here = place_member(&type->place, "x-unit");

    type->unit = keyword_text(&type->place, schema, "x-unit");
    if (type->unit != NULL && !name_is_usable(type->unit))
        fail_at(&here, "\"%s\" cannot be part of a name in C and C++",
                type->unit);
}

static void model_range(struct type *type, struct json_object *schema)
{
    type->minimum =
        keyword_number(&type->place, schema, "minimum", type->exponent);
    type->maximum =
        keyword_number(&type->place, schema, "maximum", type->exponent);
    if (type->minimum > type->maximum)
        fail_at(&type->place, "\"minimum\" is above \"maximum\"");
}

static void model_integer(struct type *type, struct json_object *schema,
                          bool member)
{
    keyword_allow(&type->place, schema, "an integer", member,
                  "type minimum maximum x-unit");
    type->kind = KIND_INTEGER;
    model_unit(type, schema);
    model_range(type, schema);
}

static void model_scale(struct type *type, struct json_object *schema)
{
    struct place here = place_member(&type->place, "x-scale");
    struct json_object *scale;
    int64_t value;

    json_object_object_get_ex(schema, "x-scale", &scale);
    for (int exponent = 1; exponent <= 18; exponent++) {
        if (keyword_exact(scale, exponent, &value) && value == 1) {
            type->exponent = exponent;
            return;
        }
    }
    fail_at(&here, "found %s, allowed is 1e-1 to 1e-18",
            json_object_to_json_string(scale));
}

static void model_classes(struct type *type, struct json_object *schema)
{
    struct place all = place_member(&type->place, "x-classes");
    struct json_object *list =
        keyword_get(&type->place, schema, "x-classes", json_type_array);
    size_t count = json_object_array_length(list);

    type->kind = KIND_CLASSES;
    if (keyword_number(&type->place, schema, "minimum", 0) != 0 || count == 0)
        fail_at(&type->place, "classes need \"minimum\": 0 and a class");
    type->classes = keep_alloc(count * sizeof(*type->classes));
    for (size_t i = 0; i < count; i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        struct place here = place_element(&all, i);

        if (!keyword_exact(item, 0, &type->classes[i]) ||
            type->classes[i] < 0 ||
            (i > 0 && type->classes[i] <= type->classes[i - 1]))
            fail_at(&here, "classes are integers that grow");
    }
    type->class_count = count;
    type->maximum = type->classes[count - 1];
}

static void model_number(struct type *type, struct json_object *schema,
                         bool member)
{
    model_unit(type, schema);
    if (json_object_object_get_ex(schema, "x-classes", NULL)) {
        keyword_allow(&type->place, schema, "a number with classes", member,
                      "type minimum x-classes x-unit");
        model_classes(type, schema);
        return;
    }
    keyword_allow(&type->place, schema, "a number", member,
                  "type minimum maximum x-scale x-unit");
    if (!json_object_object_get_ex(schema, "x-scale", NULL))
        fail_at(&type->place, "a number needs \"x-scale\" or \"x-classes\"");
    type->kind = KIND_SCALED;
    model_scale(type, schema);
    model_range(type, schema);
}

static void model_string(struct type *type, struct json_object *schema,
                         bool member)
{
    const char *format = keyword_text(&type->place, schema, "format");
    struct place here = place_member(&type->place, "format");

    if (format != NULL) {
        keyword_allow(&type->place, schema, "a date-time", member,
                      "type format");
        if (strcmp(format, "date-time") != 0)
            fail_at(&here, "found \"%s\", allowed is \"date-time\"", format);
        type->kind = KIND_TIME;
        return;
    }
    keyword_allow(&type->place, schema, "a string", member,
                  "type minLength maxLength x-secret");
    type->kind = KIND_STRING;
    type->secret = keyword_flag(&type->place, schema, "x-secret", false);
    type->minimum = keyword_count(&type->place, schema, "minLength", 0);
    type->maximum = keyword_count(&type->place, schema, "maxLength", -1);
    if (type->maximum < 1 || type->minimum > type->maximum)
        fail_at(&type->place, "a string needs \"maxLength\", at least 1 and "
                              "not below \"minLength\"");
}

static void model_constant(struct type *type, struct json_object *schema,
                           bool member)
{
    struct place here = place_member(&type->place, "const");
    int64_t value;

    keyword_allow(&type->place, schema, "a constant", member, "const type");
    if (!member)
        fail_at(&type->place, "a constant is supported as a property only");
    json_object_object_get_ex(schema, "const", &type->literal);
    if (!json_object_is_type(type->literal, json_type_string) &&
        !keyword_exact(type->literal, 0, &value))
        fail_at(&here, "found %s, allowed is a string or an integer",
                json_object_to_json_string(type->literal));
    type->kind = KIND_CONST;
}

static void model_raw(struct type *type, struct json_object *schema,
                      bool member)
{
    struct place here = place_member(&type->place, "x-raw");

    keyword_allow(&type->place, schema, "a slice", member, "type x-raw");
    if (!keyword_flag(&type->place, schema, "x-raw", false))
        fail_at(&here, "found false, allowed is true");
    type->kind = KIND_RAW;
}

void model_scalar(struct type *type, struct json_object *schema,
                  const char *json_type, bool member)
{
    struct place here = place_member(&type->place, "type");

    if (json_object_object_get_ex(schema, "const", NULL)) {
        model_constant(type, schema, member);
        return;
    }
    if (json_type == NULL)
        fail_at(&type->place, "\"type\" is missing");
    if (json_object_object_get_ex(schema, "x-raw", NULL) &&
        strcmp(json_type, "object") == 0) {
        model_raw(type, schema, member);
    } else if (strcmp(json_type, "boolean") == 0) {
        keyword_allow(&type->place, schema, "a boolean", member, "type");
        type->kind = KIND_BOOLEAN;
    } else if (strcmp(json_type, "integer") == 0) {
        model_integer(type, schema, member);
    } else if (strcmp(json_type, "number") == 0) {
        model_number(type, schema, member);
    } else if (strcmp(json_type, "string") == 0) {
        model_string(type, schema, member);
    } else {
        fail_at(&here, "type \"%s\" is not supported here", json_type);
    }
}
