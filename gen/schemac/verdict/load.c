/* Files, the schemas in them, and what these are called. */
#include <string.h>

#include "common/keep.h"
#include "common/uri.h"
#include "verdict/json.h"
#include "verdict/keyword.h"
#include "verdict/verdict.h"

static void load_schema(struct verdict *verdict, const struct subschema *outer,
                        const struct place *place,
                        struct stepden_json_span text);

static void add_anchor(struct verdict *verdict, struct subschema *target,
                       const struct place *place, const char *name,
                       bool dynamic)
{
    const struct anchor *other =
        verdict_find_anchor(verdict, target->base, name);

    if (other != NULL && other->target != target)
        fail_at(place, "\"%s\" already is %s#%s",
                name == NULL ? target->base : name, other->target->place.file,
                other->target->place.pointer);
    verdict->anchor = keep_grow(verdict->anchor, verdict->anchor_count,
                                sizeof(*verdict->anchor));
    verdict->anchor[verdict->anchor_count++] =
        (struct anchor){target->base, name, dynamic, target};
}

const struct anchor *verdict_find_anchor(const struct verdict *verdict,
                                         const char *uri, const char *name)
{
    for (size_t i = 0; i < verdict->anchor_count; i++) {
        const struct anchor *anchor = &verdict->anchor[i];

        if (strcmp(anchor->uri, uri) == 0 &&
            (name == NULL
                 ? anchor->name == NULL
                 : anchor->name != NULL && strcmp(anchor->name, name) == 0))
            return anchor;
    }
    return NULL;
}

static const char *name_of(const struct subschema *schema, const char *keyword,
                           struct place *place)
{
    struct stepden_json_span value;

    if (*schema->text.at != '{' || !json_member(schema->text, keyword, &value))
        return NULL;
    *place = place_member(&schema->place, keyword);
    return json_text(place, value);
}

static void name_anchor(struct verdict *verdict, struct subschema *schema,
                        const char *keyword, bool dynamic)
{
    static const char later[] = "-.0123456789"; /* than first */
    static const char all[] = "-.0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz";
    struct place place;
    const char *name = name_of(schema, keyword, &place);

    if (name == NULL)
        return;
    if (strchr(later, *name) != NULL || name[strspn(name, all)] != '\0')
        fail_at(&place,
                "found \"%s\", allowed are letters, digits, '-', '_' and "
                "'.', first a letter or '_'",
                name);
    add_anchor(verdict, schema, &place, name, dynamic);
}

/* A schema with $id is a resource of its own; so is every file. */
static void name_schema(struct verdict *verdict, struct subschema *schema,
                        bool root)
{
    struct place place = schema->place;
    const char *name = name_of(schema, "$schema", &place);

    if (name != NULL)
        library_check_draft(&place, name);
    name = name_of(schema, "$id", &place);
    if (name != NULL && strcspn(name, "#") + 1 < strlen(name))
        fail_at(&place, "found \"%s\", allowed is a URI without fragment",
                name);
    if (root || name != NULL)
        schema->resource = verdict->resource_count++;
    if (root)
        add_anchor(verdict, schema, &place, NULL, false);
    if (name != NULL) {
        schema->base = uri_document(uri_resolve(schema->base, name));
        add_anchor(verdict, schema, &place, NULL, false);
        if (root)
            library_map(&verdict->library, schema->base, place.file);
    }
    name_anchor(verdict, schema, "$anchor", false);
    name_anchor(verdict, schema, "$dynamicAnchor", true);
}

static void load_elements(struct verdict *verdict,
                          const struct subschema *outer,
                          const struct place *place,
                          struct stepden_json_span array)
{
    struct stepden_json_walk walk;
    struct stepden_json_span value;

    json_expect(place, array, "[", "an array of schemas");
    walk = stepden_json_walk_into(array);
    for (size_t i = 0; stepden_json_walk_element(&walk, &value); i++) {
        struct place here = place_element(place, i);

        load_schema(verdict, outer, &here, value);
    }
}

static void load_members(struct verdict *verdict, const struct subschema *outer,
                         const struct place *place,
                         struct stepden_json_span object)
{
    struct stepden_json_walk walk;
    struct stepden_json_span key, value;

    json_expect(place, object, "{", "an object of schemas");
    walk = stepden_json_walk_into(object);
    while (stepden_json_walk_member(&walk, &key, &value)) {
        struct place here = place_member(place, json_decode(key, NULL));

        load_schema(verdict, outer, &here, value);
    }
}

static void load_keyword(struct verdict *verdict, const struct subschema *outer,
                         const char *name, struct stepden_json_span value)
{
    struct place place = place_member(&outer->place, name);

    switch (verdict_keyword(&place, name)->operand) {
    case OPERAND_CONTAINS:
        verdict->contains_count++;
        /* fallthrough */
    case OPERAND_SCHEMA:
    case OPERAND_PART:
    case OPERAND_IF:
        load_schema(verdict, outer, &place, value);
        break;
    case OPERAND_SCHEMAS:
    case OPERAND_ANY_OF:
        load_elements(verdict, outer, &place, value);
        break;
    case OPERAND_MEMBERS:
    case OPERAND_PATTERNS:
    case OPERAND_DEFINITIONS:
        load_members(verdict, outer, &place, value);
        break;
    default:
        break;
    }
    verdict->unevaluated |= strncmp(name, "unevaluated", 11) == 0;
    verdict->unevaluated_items |= strcmp(name, "unevaluatedItems") == 0;
    verdict->dynamic |= strcmp(name, "$dynamicRef") == 0;
}

/* Without `outer`, the root of a file, `place` its file. */
static void load_schema(struct verdict *verdict, const struct subschema *outer,
                        const struct place *place,
                        struct stepden_json_span text)
{
    struct subschema *schema = keep_alloc(sizeof(*schema));
    struct stepden_json_walk walk;
    struct stepden_json_span key, value;

    json_expect(place, text, "{tf", "a schema: an object, true or false");
    *schema = *outer;
    schema->text = text;
    schema->place = *place;
    schema->index = verdict->count;
    verdict->schema =
        keep_grow(verdict->schema, verdict->count, sizeof(*verdict->schema));
    verdict->schema[verdict->count++] = schema;
    name_schema(verdict, schema, outer->text.at == NULL);
    if (*text.at != '{')
        return;
    walk = stepden_json_walk_into(text);
    while (stepden_json_walk_member(&walk, &key, &value))
        load_keyword(verdict, schema, json_text(place, key), value);
}

/* Returns its root. */
static struct subschema *load_file(struct verdict *verdict, const char *path,
                                   const char *uri)
{
    struct subschema outer = {.base = uri};
    struct place place = {path, ""};
    struct text text = {0};
    size_t root = verdict->count;

    library_load(&verdict->library, path, &text);
    load_schema(verdict, &outer, &place,
                stepden_json_walk_root(text.at, text.size));
    return verdict->schema[root];
}

struct subschema *verdict_document(struct verdict *verdict, const char *uri)
{
    const struct anchor *known = verdict_find_anchor(verdict, uri, NULL);
    const char *path;

    if (known != NULL)
        return known->target;
    path = library_find(&verdict->library, uri);
    return path == NULL ? NULL : load_file(verdict, path, uri);
}

struct subschema *verdict_schema_at(const struct verdict *verdict,
                                    const char *at)
{
    for (size_t i = 0; i < verdict->count; i++)
        if (verdict->schema[i]->text.at == at)
            return verdict->schema[i];
    return NULL;
}

void verdict_load(struct verdict *verdict, const struct options *options)
{
    const char *uri;

    *verdict = (struct verdict){0};
    uri = library_begin(&verdict->library, options);
    load_file(verdict, options->schema, uri);
    for (size_t i = 0; i < verdict->count; i++)
        verdict_resolve(verdict, verdict->schema[i]);
}
