/* Objects and their properties, tuples and their places. */
#include <string.h>

#include <stepden/json/reader.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"
#include "model/model.h"
#include "model/names.h"

enum { MEMBERS_MAX = 64 };

/* What the property at `place` is called in C, before its unit. */
static const char *plain_name(const struct place *place,
                              struct json_object *property, const char *key)
{
    const char *given = keyword_text(place, property, "x-name");
    struct place here = place_member(place, "x-name");

    if (given != NULL && !name_is_snake(given))
        fail_at(&here,
                "found \"%s\", allowed is a letter and then such, digits and "
                "'_', in lower case",
                given);
    return given != NULL ? given : name_snake(key);
}

static void name_member(struct member *member)
{
    const struct type *type = member->type;

    if (strlen(member->key) > STEPDEN_JSON_KEY_MAX ||
        !name_is_plain(member->key))
        fail_at(&member->place,
                "a key has at most %d bytes, and none that needs an escape",
                STEPDEN_JSON_KEY_MAX);
    member->name = member->plain;
    if (type->kind == KIND_TIME)
        member->name = keep_format("%s_%s_ms", member->plain,
                                   type->from_1970 ? "unix" : "its");
    else if (type->kind == KIND_SCALED)
        member->name = keep_format("%s_e%d", member->plain, type->exponent);
    if (type->unit != NULL)
        member->name = keep_format("%s_%s", member->name, type->unit);
    if (type->kind != KIND_CONST && !name_is_usable(member->name))
        fail_at(&member->place,
                "\"%s\" cannot be a name in C and C++; \"x-name\" gives the "
                "property another",
                member->name);
}

/* The property or place at `place`; returns it, borrowed until the next. */
static struct member *add_member(struct model *model, struct type *object,
                                 struct place place, const char *key,
                                 struct json_object *property)
{
    struct member member = {.place = place, .key = key};
    struct json_object *inner;
    const char *json_type, *name;

    if (object->member_count == MEMBERS_MAX)
        fail_at(&place,
                "an object has at most %d properties, and an array as "
                "many places",
                MEMBERS_MAX);
    if (!json_object_is_type(property, json_type_object))
        fail_at(&place, "a schema is an object");
    member.description = keyword_text(&place, property, "description");
    member.notes = keyword_notes(&place, property);
    member.formerly = model_formerly(&place, property);
    member.reload = keyword_flag(&place, property, "x-reload", false);
    member.sparse = keyword_flag(&place, property, "x-sparse", false);
    member.plain = plain_name(&place, property, key);
    inner = model_strip_null(&place, property, &json_type, &member.nullable);
    name = keep_format("%s_%s", object->name, member.plain);
    if (model_has_alone(inner)) {
        keyword_allow(&place, inner, "an object or an integer",
                      inner == property, "anyOf");
        model_alone(model, &member, object->owner, &place, inner, name);
    } else {
        member.type = model_type(model, object->owner, &place, inner, name,
                                 json_type, inner == property);
    }
    if (member.nullable && member.type->kind == KIND_CONST)
        fail_at(&place, "null is no value of a constant");
    model_check_content(&place, member.type);
    name_member(&member);
    object->members = keep_grow(object->members, object->member_count,
                                sizeof(*object->members));
    object->members[object->member_count] = member;
    return &object->members[object->member_count++];
}

static void require_members(struct type *object, struct json_object *schema)
{
    struct json_object *list =
        keyword_get(&object->place, schema, "required", json_type_array);
    struct place place = place_member(&object->place, "required");
    size_t count = list == NULL ? 0 : json_object_array_length(list);

    for (size_t i = 0; i < count; i++) {
        struct json_object *key = json_object_array_get_idx(list, i);
        struct place here = place_element(&place, i);
        struct member *member = NULL;

        if (json_object_is_type(key, json_type_string))
            member = model_member(object, json_object_get_string(key));
        if (member == NULL)
            fail_at(&here, "%s is not a property",
                    json_object_to_json_string(key));
        if (member->required)
            fail_at(&here, "%s is there a second time",
                    json_object_to_json_string(key));
        member->required = true;
    }
}

/* What is left out has to be told from its value alone. */
static void check_sparse(const struct member *member)
{
    struct place here = place_member(&member->place, "x-sparse");
    enum kind kind = member->type->kind;

    if (member->preset == NULL ||
        (kind != KIND_INTEGER && kind != KIND_BOOLEAN))
        fail_at(&here, "only a boolean or an integer with a default is left "
                       "out when it has that");
}

/* What depends on whether the member is required. */
static void preset_member(struct member *member, struct json_object *property)
{
    struct place here = place_member(&member->place, "default");

    if (json_object_object_get_ex(property, "default", &member->preset)) {
        if (member->required)
            fail_at(&here, "a required member has no default");
        member->null_preset = member->preset == NULL;
        if (member->null_preset && !member->nullable)
            fail_at(&here, "the default is null, the type is not");
        if (!member->null_preset)
            model_check_preset(member->type, member->preset, &here);
    }
    if (member->sparse)
        check_sparse(member);
    member->optional = member->type->kind != KIND_CONST &&
                       member->preset == NULL &&
                       (!member->required || member->nullable);
    member->examples = model_check_examples(member->type, property,
                                            &member->place, member->nullable);
}

static void check_names(const struct type *object)
{
    struct names names = {0};

    if (object->root && object->open)
        names_add(&names, &object->place, "unknown_members", NAME_PUBLIC);
    for (size_t i = 0; i < object->member_count; i++) {
        const struct member *member = &object->members[i];

        if (member->type->kind == KIND_CONST)
            continue;
        names_add(&names, &member->place, member->name, NAME_PUBLIC);
        if (member->optional)
            names_add(&names, &member->place,
                      keep_format("has_%s", member->plain), NAME_PUBLIC);
    }
}

void model_object(struct model *model, struct type *type,
                  struct json_object *schema, bool member)
{
    struct place all = place_member(&type->place, "properties");
    struct json_object *properties;
    struct member *next;

    keyword_allow(&type->place, schema, "an object", member,
                  type->root ? "$schema $id $defs type properties required "
                               "additionalProperties"
                             : "type properties required "
                               "additionalProperties");
    type->kind = KIND_OBJECT;
    type->open =
        keyword_flag(&type->place, schema, "additionalProperties", true);
    properties =
        keyword_get(&type->place, schema, "properties", json_type_object);
    if (properties == NULL || json_object_object_length(properties) == 0)
        fail_at(&type->place, "an object needs properties");
    json_object_object_foreach(properties, key, property)
    {
        add_member(model, type, place_member(&all, key), key, property);
    }
    require_members(type, schema);
    next = type->members;
    json_object_object_foreach(properties, of, schema_of)
    {
        (void)of;
        preset_member(next++, schema_of);
    }
    if (type->root)
        model_check_content(&type->place, type);
    check_names(type);
    model_check_formerly(type);
}

/* A place has no key, and what is absent in it is null. */
static void add_place(struct model *model, struct type *tuple, size_t i,
                      struct json_object *schema)
{
    struct place all = place_member(&tuple->place, "prefixItems");
    struct place place = place_element(&all, i);
    struct member *member =
        add_member(model, tuple, place, keep_format("%zu", i), schema);

    if (member->sparse)
        fail_at(&place, "a place is written whatever its value is");
    if (json_object_object_get_ex(schema, "default", NULL))
        fail_at(&place, "a place has no default: it is there, or null");
    if (member->formerly != NULL)
        fail_at(&place, "a place has no name of once");
    member->required = (int64_t)i < tuple->minimum;
    if (!member->required && !member->nullable)
        fail_at(&place, "a place from \"minItems\" on has to allow null, as "
                        "others may follow it");
    preset_member(member, schema);
}

void model_tuple(struct model *model, struct type *type,
                 struct json_object *schema, bool member)
{
    struct place end = place_member(&type->place, "items");
    struct json_object *list =
        keyword_get(&type->place, schema, "prefixItems", json_type_array);
    size_t count = json_object_array_length(list);

    keyword_allow(&type->place, schema, "an array of places", member,
                  type->root ? "$schema $id $defs type prefixItems items "
                               "minItems"
                             : "type prefixItems items minItems");
    type->kind = KIND_TUPLE;
    type->minimum = keyword_count(&type->place, schema, "minItems", 0);
    type->maximum = (int64_t)count;
    if (count == 0 || type->minimum > type->maximum)
        fail_at(&type->place, "an array of places has at least one, and as "
                              "many as \"minItems\" says");
    if (keyword_flag(&type->place, schema, "items", true))
        fail_at(&end, "an array of places needs \"items\": false");
    for (size_t i = 0; i < count; i++)
        add_place(model, type, i, json_object_array_get_idx(list, i));
    if (type->root)
        model_check_content(&type->place, type);
    check_names(type);
}
