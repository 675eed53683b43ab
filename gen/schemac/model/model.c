#include "model/model.h"

#include <string.h>

#include "common/keep.h"
#include "model/keyword.h"
#include "model/names.h"

/* Among that many, equal elements are found in linear time. */
enum { UNIQUE_MAX = 2048 };

/* Adds `type` to the `*count` of the list; returns the list. */
static struct type **add_type(struct type **list, size_t *count,
                              struct type *type)
{
    list = keep_grow(list, *count, sizeof(*list));
    list[(*count)++] = type;
    return list;
}

static void model_array(struct model *model, struct type *type,
                        struct json_object *schema, bool member)
{
    struct place items = place_member(&type->place, "items");
    struct json_object *item;

    keyword_allow(&type->place, schema, "an array", member,
                  "type items minItems maxItems uniqueItems");
    item = keyword_get(&type->place, schema, "items", json_type_object);
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
    model_check_content(&items, type->item);
    if (type->unique)
        model_check_unique(type);
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
    } else if (json_type != NULL && strcmp(json_type, "array") == 0 &&
               json_object_object_get_ex(schema, "prefixItems", NULL)) {
        model_tuple(model, type, schema, member);
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
    if (type->shared && (!type->root || file != model->main))
        model->defined = add_type(model->defined, &model->defined_count, type);
    return type;
}

struct type *model_type(struct model *model, const struct schema_file *file,
                        const struct place *place, struct json_object *schema,
                        const char *name, const char *json_type, bool member)
{
    const char *reference;
    struct json_object *examples;
    struct type *type;

    if (!json_object_is_type(schema, json_type_object))
        fail_at(place, "a schema is an object");
    reference = keyword_text(place, schema, "$ref");
    if (reference != NULL) {
        keyword_allow(place, schema, "a reference", member, "$ref");
        type = model_reference(model, file, place, schema);
        examples = model_check_examples(type, schema, place, member);
        if (examples != NULL && !member) {
            type = model_copy(type);
            type->examples = examples;
        }
        return type;
    }
    type = new_type(model, file, place, name);
    type->description = keyword_text(place, schema, "description");
    if (json_type == NULL)
        json_type = model_json_type(place, schema);
    fill_type(model, type, schema, json_type, member);
    type->examples = model_check_examples(type, schema, place, member);
    if (model_is_composite(type) || type->kind == KIND_NAMES)
        model->item = add_type(model->item, &model->count, type);
    if (type->pattern != NULL)
        model->patterns =
            add_type(model->patterns, &model->pattern_count, type);
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
        model_definition(model, model->main, &defs, key);
    }
}

const char *model_name(const struct model *model, const char *name)
{
    return keep_format("%s_%s", model->options->prefix, name);
}

void model_build(struct model *model, const struct options *options)
{
    struct place root = {options->schema, ""};

    *model = (struct model){.options = options};
    model->main = schema_load_main(&model->files, options);
    if (json_object_object_get_ex(model->main->root, "type", NULL)) {
        model->root =
            model_type(model, model->main, &root, model->main->root,
                       model_name(model, model->main->stem), NULL, false);
        if (!model_has_members(model->root))
            fail_at(&root, "a record is an object, or an array with "
                           "\"prefixItems\"");
    } else {
        keyword_allow(&root, model->main->root,
                      "a file of definitions, which it is without \"type\"",
                      false, "$schema $id $defs");
    }
    model_definitions(model);
    names_check(model);
    model_reload(model);
}
