/* `type` as a list, and null beside other values. */
#include <string.h>

#include "model/keyword.h"
#include "model/model.h"

static bool is_null_schema(struct json_object *schema)
{
    struct json_object *type;

    return json_object_is_type(schema, json_type_object) &&
           json_object_object_length(schema) == 1 &&
           json_object_object_get_ex(schema, "type", &type) &&
           json_object_is_type(type, json_type_string) &&
           strcmp(json_object_get_string(type), "null") == 0;
}

/* The alternative of `anyOf` to null, 0 or 1; -1 when it is not of this kind.
 */
static int beside_null(struct json_object *schema)
{
    struct json_object *any;

    if (!json_object_object_get_ex(schema, "anyOf", &any) ||
        !json_object_is_type(any, json_type_array) ||
        json_object_array_length(any) != 2)
        return -1;
    if (is_null_schema(json_object_array_get_idx(any, 1)))
        return 0;
    return is_null_schema(json_object_array_get_idx(any, 0)) ? 1 : -1;
}

static const char *type_name(const struct place *place,
                             struct json_object *list, size_t i)
{
    struct json_object *name = json_object_array_get_idx(list, i);

    if (!json_object_is_type(name, json_type_string))
        fail_at(place, "found %s, allowed is the name of a type",
                json_object_to_json_string(name));
    return json_object_get_string(name);
}

/* The list's one type that is not null. */
static const char *list_type(const struct place *place,
                             struct json_object *list, bool *nullable)
{
    size_t count = json_object_array_length(list);
    const char *type = NULL;

    *nullable = false;
    for (size_t i = 0; i < count; i++) {
        const char *name = type_name(place, list, i);

        if (strcmp(name, "null") == 0 && !*nullable)
            *nullable = true;
        else if (type == NULL)
            type = name;
        else
            count = 0;
    }
    if (count == 0 || type == NULL)
        fail_at(place, "a list of types is a type, and \"null\" if need be");
    return type;
}

static bool enum_has_null(struct json_object *schema)
{
    struct json_object *list;

    if (!json_object_object_get_ex(schema, "enum", &list) ||
        !json_object_is_type(list, json_type_array))
        return false;
    for (size_t i = 0; i < json_object_array_length(list); i++)
        if (json_object_array_get_idx(list, i) == NULL)
            return true;
    return false;
}

/* `type` and the values that are listed have to agree on null. */
static void check_values(const struct place *place, struct json_object *schema,
                         bool has_type, bool nullable)
{
    bool listed = enum_has_null(schema);
    struct place here = place_member(place, "enum");

    if (has_type && listed && !nullable)
        fail_at(&here, "null is not of the \"type\"");
    if (nullable && !listed && json_object_object_get_ex(schema, "enum", NULL))
        fail_at(&here, "null is of the \"type\", but not listed");
    if (nullable && json_object_object_get_ex(schema, "const", NULL))
        fail_at(place, "null is of the \"type\", but not the constant");
}

struct json_object *model_strip_null(struct place *place,
                                     struct json_object *schema,
                                     const char **json_type, bool *nullable)
{
    struct json_object *type = NULL, *any;
    int beside = beside_null(schema);

    *json_type = NULL;
    *nullable = beside >= 0;
    if (beside >= 0) {
        struct place here = place_member(place, "anyOf");

        keyword_allow(place, schema, "a nullable property", true, "anyOf");
        json_object_object_get_ex(schema, "anyOf", &any);
        *place = place_element(&here, (size_t)beside);
        return json_object_array_get_idx(any, (size_t)beside);
    }
    json_object_object_get_ex(schema, "type", &type);
    if (json_object_is_type(type, json_type_array)) {
        struct place here = place_member(place, "type");

        *json_type = list_type(&here, type, nullable);
    }
    check_values(place, schema, type != NULL, *nullable);
    *nullable |= enum_has_null(schema);
    return schema;
}

const char *model_json_type(const struct place *place,
                            struct json_object *schema)
{
    struct place here = place_member(place, "type");
    struct json_object *type;
    const char *name;
    bool nullable;

    if (!json_object_object_get_ex(schema, "type", &type) ||
        !json_object_is_type(type, json_type_array))
        return keyword_text(place, schema, "type");
    name = list_type(&here, type, &nullable);
    if (nullable)
        fail_at(&here,
                "only the value of a property or of a place may be null");
    return name;
}
