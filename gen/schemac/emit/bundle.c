/*
 * A schema that needs no other file: the definitions that it uses become its
 * own, and the keywords that are not JSON Schema's are left out.
 */
#include <string.h>

#include "common/keep.h"
#include "common/library.h"
#include "common/uri.h"
#include "emit/emit.h"
#include "model/keyword.h"

static struct json_object *strip_schema(const struct model *model,
                                        struct json_object *schema);

static struct json_object *strip_each(const struct model *model,
                                      struct json_object *from)
{
    struct json_object *to;

    if (json_object_is_type(from, json_type_array)) {
        to = json_object_new_array();
        for (size_t i = 0; i < json_object_array_length(from); i++)
            json_object_array_add(
                to, strip_schema(model, json_object_array_get_idx(from, i)));
        return to;
    }
    to = json_object_new_object();
    json_object_object_foreach(from, key, schema)
    {
        json_object_object_add(to, key, strip_schema(model, schema));
    }
    return to;
}

static const char *key_of(const struct type *type)
{
    const char *token;

    if (type->root)
        return type->owner->stem;
    token = library_name(type->place.pointer);
    return place_key(token, strlen(token));
}

/* Others may have the name: a definition of another file, or a file. */
static const char *definition_name(const struct model *model,
                                   const struct type *type)
{
    const char *key = key_of(type);
    size_t i = 0;

    while (strcmp(key_of(model->defined[i]), key) != 0)
        i++;
    return model->defined[i]->owner == type->owner &&
                   model->defined[i]->root == type->root
               ? key
               : keep_format("%s.%s", type->owner->stem, key);
}

static struct json_object *strip_reference(const struct model *model,
                                           const struct json_object *schema)
{
    const struct referral *referral = model->referrals;
    struct place defs = {NULL, "/$defs"};

    while (referral->schema != schema)
        referral++;
    defs = place_member(&defs, definition_name(model, referral->type));
    return json_object_new_string(uri_of_fragment(defs.pointer));
}

static struct json_object *strip_keyword(const struct model *model,
                                         struct json_object *schema,
                                         const char *keyword,
                                         struct json_object *value)
{
    if (strcmp(keyword, "properties") == 0 || strcmp(keyword, "anyOf") == 0 ||
        strcmp(keyword, "oneOf") == 0 || strcmp(keyword, "prefixItems") == 0)
        return strip_each(model, value);
    if (strcmp(keyword, "items") == 0 &&
        json_object_is_type(value, json_type_object))
        return strip_schema(model, value);
    if (strcmp(keyword, "$ref") == 0)
        return strip_reference(model, schema);
    return json_object_get(value);
}

/* Says in the description what a keyword says that is left out. */
static void describe(struct json_object *to, const char *text)
{
    struct json_object *old;

    if (json_object_object_get_ex(to, "description", &old))
        text = emit_joined(json_object_get_string(old), text);
    json_object_object_add(to, "description", json_object_new_string(text));
}

static struct json_object *strip_schema(const struct model *model,
                                        struct json_object *schema)
{
    struct json_object *to = json_object_new_object();
    struct json_object *said;

    json_object_object_foreach(schema, key, value)
    {
        if (strncmp(key, "x-", 2) != 0 && strcmp(key, "$defs") != 0)
            json_object_object_add(to, key,
                                   strip_keyword(model, schema, key, value));
    }
    if (json_object_object_get_ex(schema, "x-unit", &said))
        describe(
            to, keep_format("In %s.", emit_unit(json_object_get_string(said))));
    if (json_object_object_get_ex(schema, "x-sparse", &said) &&
        json_object_get_boolean(said))
        describe(to, KEYWORD_SPARSE_NOTE);
    return to;
}

static struct json_object *definition(const struct model *model,
                                      const struct type *type)
{
    struct json_object *all, *schema;

    if (type->root) {
        schema = strip_schema(model, type->owner->root);
        json_object_object_del(schema, "$schema");
        json_object_object_del(schema, "$id");
        return schema;
    }
    json_object_object_get_ex(type->owner->root, "$defs", &all);
    json_object_object_get_ex(all, key_of(type), &schema);
    return strip_schema(model, schema);
}

void emit_bundle(struct text *text, const struct model *model)
{
    struct json_object *schema = strip_schema(model, model->main->root);
    struct json_object *defs = json_object_new_object();

    for (size_t i = 0; i < model->defined_count; i++)
        json_object_object_add(defs, definition_name(model, model->defined[i]),
                               definition(model, model->defined[i]));
    if (model->defined_count != 0)
        json_object_object_add(schema, "$defs", defs);
    else
        json_object_put(defs);
    text_add_json(text, schema);
    json_object_put(schema);
}
