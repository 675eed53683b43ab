#include "model/model.h"

#include <string.h>

#include <stepden/json/reader.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"

/* Among that many, equal elements are found in linear time. */
enum { UNIQUE_MAX = 2048, MEMBERS_MAX = 64 };

static void add_type(struct model *model, struct type *type)
{
    for (size_t i = 0; i < model->count; i++)
        if (strcmp(model->item[i]->name, type->name) == 0)
            fail_at(&type->place, "\"%s\" is already the C name of %s#%s",
                    type->name, model->item[i]->owner->path,
                    model->item[i]->place.pointer);
    model->item = keep_grow(model->item, model->count, sizeof(*model->item));
    model->item[model->count++] = type;
}

/* Patterns become tables with names. */
static void add_pattern(struct model *model, struct type *type)
{
    for (size_t i = 0; i < model->pattern_count; i++)
        if (strcmp(model->patterns[i]->name, type->name) == 0)
            fail_at(&type->place, "\"%s\" is already the C name of %s#%s",
                    type->name, model->patterns[i]->owner->path,
                    model->patterns[i]->place.pointer);
    model->patterns = keep_grow(model->patterns, model->pattern_count,
                                sizeof(*model->patterns));
    model->patterns[model->pattern_count++] = type;
}

static void name_member(struct member *member, const struct type *object)
{
    const struct type *type = member->type;

    if (strlen(member->key) > STEPDEN_JSON_KEY_MAX)
        fail_at(&member->place, "a key has at most %d bytes",
                STEPDEN_JSON_KEY_MAX);
    member->plain = name_snake(member->key);
    if (!name_is_usable(member->plain) || !name_is_plain(member->key))
        fail_at(&member->place, "\"%s\" cannot be a name in C and C++",
                member->plain);
    member->name = member->plain;
    if (type->kind == KIND_TIME)
        member->name = keep_format("%s_its_ms", member->plain);
    else if (type->kind == KIND_SCALED)
        member->name = keep_format("%s_e%d", member->plain, type->exponent);
    if (type->unit != NULL)
        member->name = keep_format("%s_%s", member->name, type->unit);
    for (size_t i = 0; i < object->member_count; i++)
        if (strcmp(object->members[i].plain, member->plain) == 0)
            fail_at(&member->place, "\"%s\" is already a C name here",
                    member->plain);
}

static void preset_member(struct member *member, struct json_object *schema)
{
    struct place here = place_member(&member->place, "default");

    if (json_object_object_get_ex(schema, "default", &member->preset)) {
        if (member->required)
            fail_at(&here, "a required member has no default");
        member->null_preset = member->preset == NULL;
        if (member->null_preset && !member->nullable)
            fail_at(&here, "the default is null, the type is not");
        if (!member->null_preset)
            model_check_preset(member->type, member->preset, &here);
    }
    member->optional = member->type->kind != KIND_CONST &&
                       member->preset == NULL &&
                       (!member->required || member->nullable);
}

static bool is_required(const struct place *place, struct json_object *schema,
                        const char *key)
{
    struct json_object *list =
        keyword_get(place, schema, "required", json_type_array);

    for (size_t i = 0; list != NULL && i < json_object_array_length(list);
         i++) {
        struct json_object *item = json_object_array_get_idx(list, i);

        if (json_object_is_type(item, json_type_string) &&
            strcmp(json_object_get_string(item), key) == 0)
            return true;
    }
    return false;
}

static void add_member(struct model *model, struct type *object,
                       struct json_object *schema, const char *key,
                       struct json_object *property)
{
    struct place all = place_member(&object->place, "properties");
    struct place place = place_member(&all, key);
    struct member member = {.place = place, .key = key};
    struct json_object *inner;
    const char *json_type, *name;

    if (object->member_count == MEMBERS_MAX)
        fail_at(&place, "an object has at most %d properties", MEMBERS_MAX);
    if (!json_object_is_type(property, json_type_object))
        fail_at(&place, "a schema is an object");
    member.description = keyword_text(&place, property, "description");
    member.notes = keyword_notes(&place, property);
    member.formerly = model_formerly(&place, property);
    member.reload = keyword_flag(&place, property, "x-reload", false);
    member.required = is_required(&object->place, schema, key);
    inner = model_strip_null(&place, property, &json_type, &member.nullable);
    name = keep_format("%s_%s", object->name, name_snake(key));
    if (model_has_alone(inner))
        model_alone(model, &member, object->owner, &place, inner, name);
    else
        member.type = model_type(model, object->owner, &place, inner, name,
                                 json_type, true);
    name_member(&member, object);
    preset_member(&member, property);
    member.examples = model_check_examples(member.type, property, &member.place,
                                           member.nullable);
    object->members = keep_grow(object->members, object->member_count,
                                sizeof(*object->members));
    object->members[object->member_count++] = member;
}

static void check_required(const struct type *object,
                           struct json_object *schema)
{
    struct json_object *list =
        keyword_get(&object->place, schema, "required", json_type_array);
    struct place place = place_member(&object->place, "required");

    for (size_t i = 0; list != NULL && i < json_object_array_length(list);
         i++) {
        struct json_object *key = json_object_array_get_idx(list, i);
        struct place here = place_element(&place, i);

        if (!json_object_is_type(key, json_type_string) ||
            model_member(object, json_object_get_string(key)) == NULL)
            fail_at(&here, "%s is not a property",
                    json_object_to_json_string(key));
    }
}

static void model_object(struct model *model, struct type *type,
                         struct json_object *schema, bool member)
{
    struct json_object *properties;

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
        add_member(model, type, schema, key, property);
    }
    check_required(type, schema);
    model_check_formerly(type);
    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].type->kind != KIND_CONST)
            return;
    fail_at(&type->place, "an object needs a property that is not constant");
}

static void model_array(struct model *model, struct type *type,
                        struct json_object *schema, bool member)
{
    struct place items = place_member(&type->place, "items");
    struct json_object *item =
        keyword_get(&type->place, schema, "items", json_type_object);

    keyword_allow(&type->place, schema, "an array", member,
                  "type items minItems maxItems uniqueItems");
    type->kind = KIND_ARRAY;
    type->minimum = keyword_count(&type->place, schema, "minItems", 0);
    type->maximum = keyword_count(&type->place, schema, "maxItems", -1);
    if (type->maximum < 1 || type->minimum > type->maximum)
        fail_at(&type->place, "an array needs \"maxItems\", at least 1 and "
                              "not below \"minItems\"");
    type->unique = keyword_flag(&type->place, schema, "uniqueItems", false);
    if (type->unique && type->maximum > UNIQUE_MAX)
        fail_at(&type->place,
                "with \"uniqueItems\", \"maxItems\" is at most %d", UNIQUE_MAX);
    if (item == NULL)
        fail_at(&type->place, "an array needs \"items\"");
    type->item = model_type(model, type->owner, &items, item,
                            keep_format("%s_item", type->name), NULL, false);
    if (type->item->kind == KIND_CONST)
        fail_at(&items, "an element cannot be constant");
}

static void fill_type(struct model *model, struct type *type,
                      struct json_object *schema, const char *json_type,
                      bool member)
{
    if (json_object_object_get_ex(schema, "oneOf", NULL)) {
        keyword_allow(&type->place, schema, "a union", member,
                      "oneOf x-secret");
        model_union(model, type, schema);
    } else if (model_has_listed(schema)) {
        model_listed(type, schema, json_type, member);
    } else if (json_object_object_get_ex(schema, "enum", NULL) ||
               json_object_object_get_ex(schema, "anyOf", NULL)) {
        model_names(type, schema, json_type, member);
    } else if (json_type != NULL && strcmp(json_type, "object") == 0 &&
               !json_object_object_get_ex(schema, "x-raw", NULL)) {
        model_object(model, type, schema, member);
    } else if (json_type != NULL && strcmp(json_type, "array") == 0) {
        model_array(model, type, schema, member);
    } else {
        model_scalar(type, schema, json_type, member);
    }
}

static struct type *new_type(struct model *model,
                             const struct schema_file *file,
                             const struct place *place, const char *name)
{
    struct type *type = keep_alloc(sizeof(*type));

    *type = (struct type){.place = *place, .owner = file, .name = name};
    type->root = place->pointer[0] == '\0';
    type->shared = type->root || (strncmp(place->pointer, "/$defs/", 7) == 0 &&
                                  strchr(place->pointer + 7, '/') == NULL);
    if (type->shared && (!type->root || file != model->main)) {
        model->defined = keep_grow(model->defined, model->defined_count,
                                   sizeof(*model->defined));
        model->defined[model->defined_count++] = type;
    }
    return type;
}

struct type *model_type(struct model *model, const struct schema_file *file,
                        const struct place *place, struct json_object *schema,
                        const char *name, const char *json_type, bool member)
{
    const char *reference;
    struct type *type;

    if (!json_object_is_type(schema, json_type_object))
        fail_at(place, "a schema is an object");
    reference = keyword_text(place, schema, "$ref");
    if (reference != NULL) {
        keyword_allow(place, schema, "a reference", member, "$ref");
        type = model_reference(model, file, place, reference);
        model_check_examples(type, schema, place, member);
        return type;
    }
    type = new_type(model, file, place, name);
    type->description = keyword_text(place, schema, "description");
    if (json_type == NULL)
        json_type = model_json_type(place, schema);
    fill_type(model, type, schema, json_type, member);
    model_check_examples(type, schema, place, member);
    if (model_is_composite(type) || type->kind == KIND_NAMES)
        add_type(model, type);
    if (type->pattern != NULL)
        add_pattern(model, type);
    return type;
}

static void model_definitions(struct model *model)
{
    struct place root = {model->main->path, ""};
    struct place defs = place_member(&root, "$defs");
    struct json_object *all =
        keyword_get(&root, model->main->root, "$defs", json_type_object);

    if (all == NULL)
        return;
    json_object_object_foreach(all, key, schema)
    {
        (void)schema;
        if (!name_is_usable(name_snake(key)))
            fail_at(&defs, "\"%s\" cannot be a name in C and C++", key);
        model_definition(model, model->main, &defs, key);
    }
}

const char *model_name(const struct model *model, const char *name)
{
    return keep_format("%s_%s", model->style.prefix, name);
}

void model_build(struct model *model, const char *path,
                 const struct style *style)
{
    struct place root = {path, ""};

    *model = (struct model){.style = *style};
    model->main = schema_load(&model->files, NULL, path, style->name);
    if (json_object_object_get_ex(model->main->root, "type", NULL)) {
        model->root =
            model_type(model, model->main, &root, model->main->root,
                       model_name(model, model->main->stem), NULL, false);
        if (model->root->kind != KIND_OBJECT)
            fail_at(&root, "a record is an object");
    } else {
        keyword_allow(&root, model->main->root, "a file of definitions", false,
                      "$schema $id $defs");
    }
    model_definitions(model);
    model_reload(model);
}

const struct member *model_member(const struct type *type, const char *key)
{
    for (size_t i = 0; i < type->member_count; i++)
        if (strcmp(type->members[i].key, key) == 0)
            return &type->members[i];
    return NULL;
}

bool model_is_composite(const struct type *type)
{
    return type->kind == KIND_OBJECT || type->kind == KIND_ARRAY ||
           type->kind == KIND_UNION;
}
