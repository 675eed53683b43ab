/* Booleans, numbers, strings, constants and slices. */
#include <string.h>

#include <stepden/json/reader.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"
#include "model/model.h"

static void model_unit(struct type *type, struct json_object *schema)
{
    struct place here = place_member(&type->place, "x-unit");

    type->unit = keyword_text(&type->place, schema, "x-unit");
    if (type->unit != NULL && !name_is_usable(type->unit))
        fail_at(&here, "\"%s\" cannot be part of a name in C and C++",
                type->unit);
}

/*
 * The limit of `keyword`, or of `exclusive` if that is the narrower one: then
 * the next value within, which is `inward` of it. Returns whether it is.
 */
static bool model_limit(const struct type *type, struct json_object *schema,
                        const char *keyword, const char *exclusive,
                        int64_t inward, int64_t *limit)
{
    bool plain = json_object_object_get_ex(schema, keyword, NULL);
    int64_t open;

    if (plain || !json_object_object_get_ex(schema, exclusive, NULL))
        *limit = keyword_number(&type->place, schema, keyword, type->exponent);
    if (!json_object_object_get_ex(schema, exclusive, NULL))
        return false;
    open = keyword_number(&type->place, schema, exclusive, type->exponent);
    if (plain && (inward > 0 ? *limit > open : *limit < open))
        return false;
    if (open == (inward > 0 ? INT64_MAX : INT64_MIN))
        fail_at(&type->place, "no value is within the limits");
    *limit = open + inward;
    return true;
}

static void model_range(struct type *type, struct json_object *schema)
{
    if (model_limit(type, schema, "minimum", "exclusiveMinimum", 1,
                    &type->minimum))
        type->exclusive |= STEPDEN_JSON_ABOVE;
    if (model_limit(type, schema, "maximum", "exclusiveMaximum", -1,
                    &type->maximum))
        type->exclusive |= STEPDEN_JSON_BELOW;
    if (type->minimum > type->maximum)
        fail_at(&type->place, "no value is within the limits");
}

static void model_step(struct type *type, struct json_object *schema)
{
    struct place here = place_member(&type->place, "multipleOf");
    int64_t first, last; /* of them, in steps */

    if (!json_object_object_get_ex(schema, "multipleOf", NULL))
        return;
    type->step = keyword_number(&type->place, schema, "multipleOf", 0);
    if (type->step < 1)
        fail_at(&here, "found %lld, allowed is an integer above 0",
                (long long)type->step);
    first = type->minimum / type->step + (type->minimum % type->step > 0);
    last = type->maximum / type->step - (type->maximum % type->step < 0);
    if (first > last)
        fail_at(&here, "there is no multiple in %lld..%lld",
                (long long)type->minimum, (long long)type->maximum);
}

static void model_integer(struct type *type, struct json_object *schema,
                          bool member)
{
    keyword_allow(&type->place, schema, "an integer", member,
                  "type minimum maximum exclusiveMinimum exclusiveMaximum "
                  "multipleOf x-unit");
    type->kind = KIND_INTEGER;
    model_unit(type, schema);
    model_range(type, schema);
    model_step(type, schema);
}

bool model_has_listed(struct json_object *schema)
{
    struct json_object *list, *first = NULL;

    if (!json_object_object_get_ex(schema, "enum", &list) ||
        !json_object_is_type(list, json_type_array))
        return false;
    for (size_t i = 0; i < json_object_array_length(list) && first == NULL; i++)
        first = json_object_array_get_idx(list, i);
    return json_object_is_type(first, json_type_int) ||
           json_object_is_type(first, json_type_double);
}

static void add_listed(struct type *type, const struct place *place,
                       struct json_object *item)
{
    int64_t value;

    if (!keyword_exact(item, 0, &value))
        fail_at(place, "found %s, allowed is an integer of 64 bits",
                json_object_to_json_string(item));
    for (size_t i = 0; i < type->listed_count; i++)
        if (type->listed[i] == value)
            fail_at(place, "%lld is already listed", (long long)value);
    if (type->listed_count == 0 || value < type->minimum)
        type->minimum = value;
    if (type->listed_count == 0 || value > type->maximum)
        type->maximum = value;
    type->listed =
        keep_grow(type->listed, type->listed_count, sizeof(*type->listed));
    type->listed[type->listed_count++] = value;
}

void model_listed(struct type *type, struct json_object *schema,
                  const char *json_type, bool member)
{
    struct place all = place_member(&type->place, "enum");
    struct json_object *list =
        keyword_get(&type->place, schema, "enum", json_type_array);

    keyword_allow(&type->place, schema, "listed integers", member,
                  "enum type x-unit");
    if (json_type != NULL && strcmp(json_type, "integer") != 0)
        fail_at(&type->place, "listed integers are not of type \"%s\"",
                json_type);
    type->kind = KIND_INTEGER;
    model_unit(type, schema);
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        struct place here = place_element(&all, i);

        if (item != NULL || !member)
            add_listed(type, &here, item);
    }
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
                  "type minimum maximum exclusiveMinimum exclusiveMaximum "
                  "x-scale x-unit");
    if (!json_object_object_get_ex(schema, "x-scale", NULL))
        fail_at(&type->place, "a number needs \"x-scale\" or \"x-classes\"");
    type->kind = KIND_SCALED;
    model_scale(type, schema);
    model_range(type, schema);
}

static void model_pattern(struct type *type, struct json_object *schema)
{
    struct place here = place_member(&type->place, "pattern");
    struct json_object *pattern =
        keyword_get(&type->place, schema, "pattern", json_type_string);

    if (pattern != NULL)
        type->pattern =
            pattern_compile(&here, json_object_get_string(pattern),
                            (size_t)json_object_get_string_len(pattern));
}

static bool has_unix_epoch(const struct place *place,
                           struct json_object *schema)
{
    struct place here = place_member(place, "x-epoch");
    const char *epoch = keyword_text(place, schema, "x-epoch");

    if (epoch != NULL && strcmp(epoch, "unix") != 0)
        fail_at(&here, "found \"%s\", allowed is \"unix\"", epoch);
    return epoch != NULL;
}

static void model_string(struct type *type, struct json_object *schema,
                         bool member)
{
    const char *format = keyword_text(&type->place, schema, "format");
    struct place here = place_member(&type->place, "format");

    if (format != NULL) {
        if (strcmp(format, "date-time") != 0)
            fail_at(&here, "found \"%s\", allowed is \"date-time\"", format);
        keyword_allow(&type->place, schema, "a date-time", member,
                      "type format x-epoch");
        type->kind = KIND_TIME;
        type->from_1970 = has_unix_epoch(&type->place, schema);
        return;
    }
    keyword_allow(&type->place, schema, "a string", member,
                  "type minLength maxLength pattern x-secret");
    type->kind = KIND_STRING;
    type->secret = keyword_flag(&type->place, schema, "x-secret", false);
    type->minimum = keyword_count(&type->place, schema, "minLength", 0);
    type->maximum = keyword_count(&type->place, schema, "maxLength", -1);
    if (type->maximum < 1 || type->minimum > type->maximum)
        fail_at(&type->place, "a string needs \"maxLength\", at least 1 and "
                              "not below \"minLength\"");
    model_pattern(type, schema);
}

/* The type of the constant; NULL for one that is not supported. */
static const char *literal_type(const struct type *type)
{
    int64_t value;

    if (json_object_is_type(type->literal, json_type_boolean))
        return "boolean";
    if (json_object_is_type(type->literal, json_type_string))
        return json_object_get_string_len(type->literal) <=
                       STEPDEN_JSON_WORD_SIZE
                   ? "string"
                   : NULL;
    return keyword_exact(type->literal, 0, &value) ? "integer" : NULL;
}

static void model_constant(struct type *type, struct json_object *schema,
                           const char *json_type, bool member)
{
    struct place here = place_member(&type->place, "const");
    const char *found;

    keyword_allow(&type->place, schema, "a constant", member, "const type");
    if (!member && !type->shared)
        fail_at(&type->place, "a constant is supported as a property only");
    json_object_object_get_ex(schema, "const", &type->literal);
    found = literal_type(type);
    if (found == NULL)
        fail_at(&here,
                "found %s, allowed is true, false, an integer or a string of "
                "at most %d bytes",
                json_object_to_json_string(type->literal),
                STEPDEN_JSON_WORD_SIZE);
    if (json_type != NULL && strcmp(json_type, found) != 0 &&
        (strcmp(json_type, "number") != 0 || strcmp(found, "integer") != 0))
        fail_at(&here, "found %s, which is not of type \"%s\"",
                json_object_to_json_string(type->literal), json_type);
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
        model_constant(type, schema, json_type, member);
        return;
    }
    if (json_type == NULL) {
        keyword_check_known(&type->place, schema);
        fail_at(&type->place, "\"type\" is missing");
    }
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
        fail_at(&here,
                "found \"%s\", allowed is boolean, integer, number, string, "
                "array or object",
                json_type);
    }
}
