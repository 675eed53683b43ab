/* Defaults are checked here, so that what is written from them is right. */
#include <string.h>

#include <stepden/its_time.h>

#include "base/date_time.h"
#include "model/keyword.h"
#include "model/type.h"
#include "json/equal.h"

static void refuse(const struct place *place, struct json_object *preset)
{
    fail_at(place, "%s is not a value of the type",
            json_object_to_json_string_ext(preset, JSON_C_TO_STRING_PLAIN));
}

static bool is_name(const struct type *type, struct json_object *preset)
{
    int64_t number;

    if (json_object_is_type(preset, json_type_string)) {
        for (size_t i = 0; i < type->value_count; i++)
            if (strcmp(type->values[i].name, json_object_get_string(preset)) ==
                0)
                return true;
        return false;
    }
    return type->open && keyword_exact(preset, 0, &number) &&
           number >= type->minimum && number <= type->maximum;
}

static bool is_string(const struct type *type, struct json_object *preset)
{
    const char *text;
    int64_t count = 0;

    if (!json_object_is_type(preset, json_type_string))
        return false;
    text = json_object_to_json_string_ext(preset, JSON_C_TO_STRING_PLAIN);
    if (type->pattern != NULL &&
        !stepden_json_matches(type->pattern, text, strlen(text)))
        return false;
    text = json_object_get_string(preset);
    if (strlen(text) != (size_t)json_object_get_string_len(preset))
        return false;
    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count >= type->minimum && count <= type->maximum;
}

static bool is_integer(const struct type *type, int64_t number)
{
    if (type->step != 0 && number % type->step != 0)
        return false;
    for (size_t i = 0; i < type->listed_count; i++)
        if (type->listed[i] == number)
            return true;
    return type->listed_count == 0;
}

bool model_time(const struct type *type, struct json_object *json, int64_t *ms)
{
    const char *text;
    size_t size;

    if (!json_object_is_type(json, json_type_string))
        return false;
    text = json_object_get_string(json);
    size = (size_t)json_object_get_string_len(json);
    return (type->from_1970 ? stepden_unix_parse(ms, text, size)
                            : stepden_its_parse(ms, text, size)) == STEPDEN_OK;
}

static bool has_repeated(struct json_object *array)
{
    const char *text =
        json_object_to_json_string_ext(array, JSON_C_TO_STRING_PLAIN);

    return stepden_json_repeated(
               (struct stepden_json_span){text, strlen(text)}) != NULL;
}

static bool is_scalar(const struct type *type, struct json_object *preset)
{
    int64_t number;

    switch (type->kind) {
    case KIND_BOOLEAN:
        return json_object_is_type(preset, json_type_boolean);
    case KIND_INTEGER:
    case KIND_SCALED:
        return keyword_exact(preset, type->exponent, &number) &&
               number >= type->minimum && number <= type->maximum &&
               is_integer(type, number);
    case KIND_CLASSES:
        for (size_t i = 0; i < type->class_count; i++)
            if (keyword_exact(preset, 0, &number) && number == type->classes[i])
                return true;
        return false;
    case KIND_STRING:
        return is_string(type, preset);
    case KIND_CONST:
        return json_object_equal(preset, type->literal);
    case KIND_NAMES:
        return is_name(type, preset);
    case KIND_TIME:
        return model_time(type, preset, &number);
    case KIND_RAW:
        return json_object_is_type(preset, json_type_object);
    case KIND_OBJECT:
    case KIND_ARRAY:
    case KIND_TUPLE:
    case KIND_UNION:
        break;
    }
    return false;
}

static void check_object(const struct type *type, struct json_object *preset,
                         const struct place *place)
{
    if (!json_object_is_type(preset, json_type_object))
        refuse(place, preset);
    json_object_object_foreach(preset, key, value)
    {
        const struct member *member = model_member(type, key);
        struct place here = place_member(place, key);

        if (member == NULL)
            fail_at(&here, "\"%s\" is not a property", key);
        if (value != NULL || !member->nullable)
            model_check_preset(member->type, value, &here);
    }
    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].required &&
            !json_object_object_get_ex(preset, type->members[i].key, NULL))
            fail_at(place, "\"%s\" is missing", type->members[i].key);
}

static void check_array(const struct type *type, struct json_object *preset,
                        const struct place *place)
{
    size_t count;

    if (!json_object_is_type(preset, json_type_array))
        refuse(place, preset);
    count = json_object_array_length(preset);
    if ((int64_t)count < type->minimum || (int64_t)count > type->maximum)
        refuse(place, preset);
    if (type->unique && has_repeated(preset))
        fail_at(place, "an element is there a second time");
    for (size_t i = 0; i < count; i++) {
        struct place here = place_element(place, i);
        model_check_preset(type->item, json_object_array_get_idx(preset, i),
                           &here);
    }
}

static void check_tuple(const struct type *type, struct json_object *preset,
                        const struct place *place)
{
    size_t count;

    if (!json_object_is_type(preset, json_type_array))
        refuse(place, preset);
    count = json_object_array_length(preset);
    if ((int64_t)count < type->minimum || count > type->member_count)
        refuse(place, preset);
    for (size_t i = 0; i < count; i++) {
        const struct member *member = &type->members[i];
        struct json_object *value = json_object_array_get_idx(preset, i);
        struct place here = place_element(place, i);

        if (value != NULL || !member->nullable)
            model_check_preset(member->type, value, &here);
    }
}

void model_check_preset(const struct type *type, struct json_object *preset,
                        const struct place *place)
{
    int branch;

    if (type->kind == KIND_OBJECT) {
        check_object(type, preset, place);
    } else if (type->kind == KIND_ARRAY) {
        check_array(type, preset, place);
    } else if (type->kind == KIND_TUPLE) {
        check_tuple(type, preset, place);
    } else if (type->kind == KIND_UNION) {
        branch = model_branch_of(type, preset);
        if (branch < 0)
            refuse(place, preset);
        model_check_preset(type->branches[branch].type, preset, place);
    } else if (!is_scalar(type, preset)) {
        refuse(place, preset);
    }
}

struct json_object *model_check_examples(const struct type *type,
                                         struct json_object *schema,
                                         const struct place *place,
                                         bool nullable)
{
    struct place all = place_member(place, "examples");
    struct json_object *list =
        keyword_get(place, schema, "examples", json_type_array);
    size_t count = list == NULL ? 0 : json_object_array_length(list);

    for (size_t i = 0; i < count; i++) {
        struct json_object *example = json_object_array_get_idx(list, i);
        struct place here = place_element(&all, i);

        if (example != NULL || !nullable)
            model_check_preset(type, example, &here);
    }
    return list;
}

int model_branch_of(const struct type *type, struct json_object *value)
{
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *branch = &type->branches[i];
        struct json_object *mark;

        if (branch->type->kind == KIND_STRING) {
            if (json_object_is_type(value, json_type_string))
                return (int)i;
        } else if (json_object_is_type(value, json_type_object) &&
                   json_object_object_get_ex(value, branch->key, &mark) &&
                   (branch->value == NULL ||
                    (json_object_is_type(mark, json_type_string) &&
                     strcmp(branch->value, json_object_get_string(mark)) ==
                         0))) {
            return (int)i;
        }
    }
    return -1;
}
