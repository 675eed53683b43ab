/* An object, or its one required property alone. */
#include <inttypes.h>
#include <string.h>

#include "model/keyword.h"
#include "model/model.h"

static bool has_type(struct json_object *schema, const char *name)
{
    struct json_object *type;

    return json_object_is_type(schema, json_type_object) &&
           json_object_object_get_ex(schema, "type", &type) &&
           json_object_is_type(type, json_type_string) &&
           strcmp(json_object_get_string(type), name) == 0;
}

/* Which of the two alternatives of `anyOf` is the integer; -1 without both. */
static int find_integer(struct json_object *schema)
{
    struct json_object *any;

    if (!json_object_object_get_ex(schema, "anyOf", &any) ||
        !json_object_is_type(any, json_type_array) ||
        json_object_array_length(any) != 2)
        return -1;
    for (size_t i = 0; i < 2; i++) {
        struct json_object *object = json_object_array_get_idx(any, 1 - i);

        if (has_type(json_object_array_get_idx(any, i), "integer") &&
            (has_type(object, "object") ||
             (json_object_is_type(object, json_type_object) &&
              json_object_object_get_ex(object, "$ref", NULL))))
            return (int)i;
    }
    return -1;
}

bool model_has_alone(struct json_object *schema)
{
    return find_integer(schema) >= 0;
}

static const struct member *one_required(const struct type *object)
{
    const struct member *found = NULL;

    if (object->kind != KIND_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->member_count; i++) {
        if (!object->members[i].required)
            continue;
        if (found != NULL)
            return NULL;
        found = &object->members[i];
    }
    return found;
}

static void check_integer(const struct member *alone, const struct place *place,
                          struct json_object *schema)
{
    const struct type *type = alone->type;

    keyword_allow(place, schema, "what stands for an object", false,
                  "type minimum maximum");
    if (keyword_number(place, schema, "minimum", 0) != type->minimum ||
        keyword_number(place, schema, "maximum", 0) != type->maximum)
        fail_at(place, "\"%s\", which it stands for, is %" PRId64 "..%" PRId64,
                alone->key, type->minimum, type->maximum);
}

void model_alone(struct model *model, struct member *member,
                 const struct schema_file *file, const struct place *place,
                 struct json_object *schema, const char *name)
{
    struct place all = place_member(place, "anyOf");
    size_t integer = (size_t)find_integer(schema);
    struct place of_object = place_element(&all, 1 - integer);
    struct place of_integer = place_element(&all, integer);
    struct json_object *any = NULL;

    json_object_object_get_ex(schema, "anyOf", &any);
    member->type = model_type(model, file, &of_object,
                              json_object_array_get_idx(any, 1 - integer), name,
                              NULL, false);
    member->alone = one_required(member->type);
    if (member->alone == NULL || member->alone->optional ||
        member->alone->type->kind != KIND_INTEGER ||
        member->alone->type->step != 0 || member->alone->type->listed != NULL)
        fail_at(&of_object, "an integer stands for an object with one required "
                            "property, an integer from \"minimum\" to "
                            "\"maximum\"");
    check_integer(member->alone, &of_integer,
                  json_object_array_get_idx(any, integer));
}
