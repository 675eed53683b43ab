#include "model/model.h"

#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"

/* The type that has been made of `place` already, or NULL. */
static struct type *find_defined(const struct model *model,
                                 const struct schema_file *file,
                                 const struct place *place)
{
    for (size_t i = 0; i < model->defined_count; i++) {
        struct type *type = model->defined[i];

        if (type->owner == file &&
            strcmp(type->place.pointer, place->pointer) == 0)
            return type;
    }
    return NULL;
}

/*
 * The type of `schema`, which stands at `place`: made when it is referred to
 * for the first time, and not from within itself.
 */
static struct type *follow(struct model *model, const struct schema_file *file,
                           const struct place *from, const struct place *place,
                           struct json_object *schema, const char *name)
{
    const struct following *outer = model->following;
    const struct following here = {file, place->pointer, outer};
    struct type *type;

    for (; outer != NULL; outer = outer->outer)
        if (outer->file == file && strcmp(outer->pointer, place->pointer) == 0)
            fail_at(from, "the reference is recursive");
    type = find_defined(model, file, place);
    if (type != NULL)
        return type;
    model->following = &here;
    type = model_type(model, file, place, schema, name, NULL, false);
    model->following = here.outer;
    return type;
}

struct type *model_definition(struct model *model,
                              const struct schema_file *file,
                              const struct place *from, const char *key)
{
    struct place root = {file->path, ""}, defs, place;
    struct json_object *all, *schema;

    defs = place_member(&root, "$defs");
    place = place_member(&defs, key);
    all = keyword_get(&root, file->root, "$defs", json_type_object);
    if (all == NULL || !json_object_object_get_ex(all, key, &schema))
        fail_at(from, "%s has no %s", file->path, place.pointer);
    return follow(model, file, from, &place, schema,
                  model_name(model, name_snake(key)));
}

/* The record of a whole file. */
static struct type *model_record(struct model *model,
                                 const struct schema_file *file,
                                 const struct place *from)
{
    struct place root = {file->path, ""};
    struct type *type;

    if (file == model->main)
        fail_at(from, "the reference is recursive");
    if (!json_object_object_get_ex(file->root, "type", NULL))
        fail_at(from, "%s has definitions only", file->path);
    type = follow(model, file, from, &root, file->root,
                  model_name(model, file->stem));
    if (!model_has_members(type))
        fail_at(from, "%s is no object, and no array with \"prefixItems\"",
                file->path);
    return type;
}

/* The key that `fragment` has of "$defs"; NULL: it is the whole file. */
static const char *definition_key(const struct place *from,
                                  const char *reference, const char *fragment)
{
    static const char defs[] = "/$defs/";
    const size_t size = strlen(defs);
    const char *key;

    if (*fragment == '\0')
        return NULL;
    if (strncmp(fragment, defs, size) != 0 ||
        strchr(fragment + size, '/') != NULL ||
        (key = place_key(fragment + size, strlen(fragment + size))) == NULL)
        fail_at(from,
                "found \"%s\", allowed is a file, or [file]#/$defs/<name>",
                reference);
    return key;
}

struct type *model_reference(struct model *model,
                             const struct schema_file *file,
                             const struct place *place,
                             struct json_object *schema)
{
    struct place here = place_member(place, "$ref");
    const char *reference = keyword_text(place, schema, "$ref");
    const char *fragment, *key;
    struct type *type;

    file = schema_load(&model->files, file, &here, reference, &fragment);
    key = definition_key(&here, reference, fragment);
    type = key == NULL ? model_record(model, file, &here)
                       : model_definition(model, file, &here, key);
    model->referrals = keep_grow(model->referrals, model->referral_count,
                                 sizeof(*model->referrals));
    model->referrals[model->referral_count++] = (struct referral){schema, type};
    return type;
}
