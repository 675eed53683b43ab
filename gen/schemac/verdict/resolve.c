/* References, and that none of them goes round in a circle. */
#include <string.h>

#include "common/keep.h"
#include "common/uri.h"
#include "verdict/json.h"
#include "verdict/verdict.h"

static struct subschema *follow(const struct verdict *verdict,
                                const struct subschema *root,
                                const char *pointer)
{
    struct stepden_json_span value = root->text;

    while (*pointer == '/') {
        size_t size = strcspn(pointer + 1, "/");
        const char *key = place_key(pointer + 1, size);

        if (key == NULL || !json_child(value, key, &value))
            return NULL;
        pointer += size + 1;
    }
    return verdict_schema_at(verdict, value.at);
}

static struct subschema *find_target(const struct verdict *verdict,
                                     const struct subschema *root,
                                     const char *fragment)
{
    const struct anchor *anchor;

    if (fragment == NULL)
        return NULL;
    if (*fragment == '\0' || *fragment == '/')
        return follow(verdict, root, fragment);
    anchor = verdict_find_anchor(verdict, root->base, fragment);
    return anchor == NULL ? NULL : anchor->target;
}

static struct subschema *resolve(struct verdict *verdict,
                                 const struct subschema *schema,
                                 const char *keyword, const char **fragment)
{
    struct place place = place_member(&schema->place, keyword);
    struct stepden_json_span value;
    struct subschema *target;
    const char *uri;

    if (*schema->text.at != '{' || !json_member(schema->text, keyword, &value))
        return NULL;
    uri = uri_resolve(schema->base, json_text(&place, value));
    *fragment = uri_fragment(uri);
    uri = uri_document(uri);
    target = verdict_document(verdict, uri);
    if (target == NULL)
        library_refuse(&verdict->library, &place, json_text(&place, value),
                       uri);
    target = find_target(verdict, target, *fragment);
    if (target == NULL)
        fail_at(&place, "found %.*s, where no schema is", (int)value.size,
                value.at);
    return target;
}

void verdict_resolve(struct verdict *verdict, struct subschema *schema)
{
    const char *fragment;
    const struct anchor *anchor;

    schema->ref = resolve(verdict, schema, "$ref", &fragment);
    schema->dynamic_ref = resolve(verdict, schema, "$dynamicRef", &fragment);
    if (schema->dynamic_ref == NULL)
        return;
    anchor = verdict_find_anchor(verdict, schema->dynamic_ref->base, fragment);
    if (anchor != NULL && anchor->dynamic)
        schema->dynamic_anchor = fragment;
}

void verdict_apply(struct subschema *outer, struct subschema *inner,
                   const struct place *place)
{
    outer->applies =
        keep_grow(outer->applies, outer->apply_count, sizeof(*outer->applies));
    outer->applies[outer->apply_count++] = (struct application){inner, *place};
}

enum { NEW, OPEN, DONE };

static void search(struct subschema *schema)
{
    schema->state = OPEN;
    for (size_t i = 0; i < schema->apply_count; i++) {
        const struct application *next = &schema->applies[i];

        if (next->inner->state == OPEN)
            fail_at(&next->place,
                    "applies %s#%s to the same value again, without end",
                    next->inner->place.file, next->inner->place.pointer);
        if (next->inner->state == NEW)
            search(next->inner);
    }
    schema->state = DONE;
}

void verdict_check_cycles(const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->count; i++)
        if (verdict->schema[i]->state == NEW)
            search(verdict->schema[i]);
}
