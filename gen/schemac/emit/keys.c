/* What readers know of keys: an object's own, and where others belong. */
#include <inttypes.h>
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"

static void emit_former(struct text *text, const struct member *member,
                        size_t index)
{
    if (member->formerly == NULL)
        return;
    json_object_object_foreach(member->formerly, name, note)
    {
        text_add(text, "    {%s, %zu, %s},\n", text_literal(name), index,
                 text_literal(json_object_get_string(note)));
    }
}

/* The names of once; returns how many. */
static size_t emit_formers(struct text *text, const struct type *type)
{
    size_t count = 0;

    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].formerly != NULL)
            count +=
                (size_t)json_object_object_length(type->members[i].formerly);
    if (count == 0)
        return 0;
    text_add(text, "static const struct stepden_json_former %s_formers[] = {\n",
             type->name);
    for (size_t i = 0; i < type->member_count; i++)
        emit_former(text, &type->members[i], i);
    text_add(text, "};\n\n");
    return count;
}

void emit_keys(struct text *text, const struct type *type)
{
    uint64_t required = 0;
    size_t former_count = emit_formers(text, type);

    text_add(text, "static const struct stepden_json_key %s_keys[] = {\n",
             type->name);
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];

        text_add(text, "    {%s, %zu},\n", text_literal(member->key),
                 strlen(member->key));
        if (member->required)
            required |= UINT64_C(1) << i;
    }
    text_add(text, "};\n\n");
    text_add(text,
             "static const struct stepden_json_members %s_members = {\n"
             "    .key = %s_keys,\n"
             "    .count = %zu,\n"
             "    .required = UINT64_C(0x%" PRIx64 "),\n"
             "    .open = %s,\n",
             type->name, type->name, type->member_count, required,
             type->open ? "true" : "false");
    if (former_count != 0)
        text_add(text, "    .former = %s_formers,\n    .former_count = %zu,\n",
                 type->name, former_count);
    text_add(text, "};\n\n");
}

/* Whether it is a secret, or else an object that tells where one is. */
static bool is_secret(const struct type *type)
{
    for (size_t i = 0; i < type->branch_count; i++)
        if (type->branches[i].type->secret)
            return true;
    return false;
}

/*
 * The objects of the file's own below `type`, which is found at `where`. Of a
 * secret there are none: nobody shall be led to put another thing there.
 */
static void emit_below(struct text *text, const struct model *model,
                       const struct type *type, const char *where)
{
    if (type->kind == KIND_ARRAY)
        emit_below(text, model, type->item, keep_format("%s/*", where));
    for (size_t i = 0; i < type->branch_count && !is_secret(type); i++)
        emit_below(text, model, type->branches[i].type, where);
    if (type->kind == KIND_OBJECT && emit_is_own(model, type))
        text_add(text, "    {%s, &%s_members},\n", text_literal(where),
                 type->name);
    for (size_t i = 0; i < type->member_count; i++)
        emit_below(text, model, type->members[i].type,
                   keep_format("%s/%s", where, type->members[i].key));
}

void emit_places(struct text *text, const struct model *model)
{
    text_add(text, "static const struct stepden_json_place %s_places[] = {\n",
             model->root->name);
    emit_below(text, model, model->root, "");
    text_add(text, "    {NULL, NULL},\n};\n\n");
}
