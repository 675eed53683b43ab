/* An object, or its one required property alone. */
#include <inttypes.h>
#include <string.h>

#include "model/keyword.h"
#include "model/model.h"

bool model_has_alone(struct json_object *schema)
{
    struct json_object *any, *first, *second, *type;

    if (!json_object_object_get_ex(schema, "anyOf", &any) ||
        !json_object_is_type(any, json_type_array) ||
        json_object_array_length(any) != 2)
        return false;
    first = json_object_array_get_idx(any, 0);
    second = json_object_array_get_idx(any, 1);
    return json_object_is_type(first, json_type_object) &&
           !json_object_object_get_ex(first, "enum", NULL) &&
           json_object_is_type(second, json_type_object) &&
           json_object_object_get_ex(second, "type", &type) &&
           json_object_is_type(type, json_type_string) &&
           strcmp(json_object_get_string(type), "integer") == 0;
}

static const struct member *one_required(const struct type *object)
{
    const struct member *found = NULL;

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
    struct place first = place_element(&all, 0);
    struct place second = place_element(&all, 1);
    struct json_object *any = NULL;

    keyword_allow(place, schema, "an object or an integer", true, "anyOf");
    json_object_object_get_ex(schema, "anyOf", &any);
    member->type =
        model_type(model, file, &first, json_object_array_get_idx(any, 0), name,
                   NULL, false);
    member->alone = one_required(member->type);
    if (member->alone == NULL || member->alone->optional ||
        member->alone->type->kind != KIND_INTEGER ||
        member->alone->type->step != 0 || member->alone->type->listed != NULL)
        fail_at(&first, "an integer stands for an object with one required "
                        "property, an integer from \"minimum\" to "
                        "\"maximum\"");
    check_integer(member->alone, &second, json_object_array_get_idx(any, 1));
}
