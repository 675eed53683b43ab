#include "benchmarks/json_tree.h"

#include <string.h>

struct json_object *bench_tree_read(struct json_tokener *tokener,
                                    const char *json, size_t size)
{
    json_tokener_reset(tokener);
    return json_tokener_parse_ex(tokener, json, (int)size);
}

static bool holds_members(struct json_object *tree, struct json_object *wanted)
{
    json_object_object_foreach(wanted, name, value)
    {
        struct json_object *member;

        if (!json_object_object_get_ex(tree, name, &member) ||
            !bench_tree_holds(member, value))
            return false;
    }
    return true;
}

static bool holds_elements(struct json_object *tree, struct json_object *wanted)
{
    size_t count = json_object_array_length(wanted);

    if (json_object_array_length(tree) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!bench_tree_holds(json_object_array_get_idx(tree, i),
                              json_object_array_get_idx(wanted, i)))
            return false;
    return true;
}

bool bench_tree_holds(struct json_object *tree, struct json_object *wanted)
{
    enum json_type type = json_object_get_type(wanted);

    if (json_object_get_type(tree) != type)
        return false;
    switch (type) {
    case json_type_null:
        return true;
    case json_type_boolean:
        return json_object_get_boolean(tree) == json_object_get_boolean(wanted);
    case json_type_int:
        return json_object_get_int64(tree) == json_object_get_int64(wanted);
    case json_type_double:
        return !(json_object_get_double(tree) <
                 json_object_get_double(wanted)) &&
               !(json_object_get_double(tree) > json_object_get_double(wanted));
    case json_type_string:
        return strcmp(json_object_get_string(tree),
                      json_object_get_string(wanted)) == 0;
    case json_type_array:
        return holds_elements(tree, wanted);
    case json_type_object:
        return holds_members(tree, wanted);
    }
    return false;
}

static struct json_object *build_object(struct json_object *model)
{
    struct json_object *object = json_object_new_object();

    json_object_object_foreach(model, name, value)
    {
        json_object_object_add_ex(object, name, bench_tree_build(value),
                                  JSON_C_OBJECT_ADD_KEY_IS_NEW |
                                      JSON_C_OBJECT_ADD_CONSTANT_KEY);
    }
    return object;
}

static struct json_object *build_array(struct json_object *model)
{
    size_t count = json_object_array_length(model);
    struct json_object *array = json_object_new_array_ext((int)count);

    for (size_t i = 0; i < count; i++)
        json_object_array_add(
            array, bench_tree_build(json_object_array_get_idx(model, i)));
    return array;
}

struct json_object *bench_tree_build(struct json_object *model)
{
    switch (json_object_get_type(model)) {
    case json_type_null:
        return NULL;
    case json_type_boolean:
        return json_object_new_boolean(json_object_get_boolean(model));
    case json_type_int:
        return json_object_new_int64(json_object_get_int64(model));
    case json_type_double:
        return json_object_new_double(json_object_get_double(model));
    case json_type_string:
        return json_object_new_string_len(json_object_get_string(model),
                                          json_object_get_string_len(model));
    case json_type_array:
        return build_array(model);
    case json_type_object:
        return build_object(model);
    }
    return NULL;
}

const char *bench_tree_write(struct json_object *tree, size_t *size)
{
    return json_object_to_json_string_length(
        tree, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, size);
}
