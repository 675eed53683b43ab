#include "model/type.h"

#include <string.h>

#include "common/keep.h"

struct member *model_member(const struct type *type, const char *key)
{
    for (size_t i = 0; i < type->member_count; i++)
        if (strcmp(type->members[i].key, key) == 0)
            return &type->members[i];
    return NULL;
}

struct type *model_copy(const struct type *type)
{
    struct type *copy = keep_alloc(sizeof(*copy));

    *copy = *type;
    return copy;
}

bool model_is_composite(const struct type *type)
{
    return type->kind == KIND_OBJECT || type->kind == KIND_ARRAY ||
           type->kind == KIND_TUPLE || type->kind == KIND_UNION;
}

bool model_has_members(const struct type *type)
{
    return type->kind == KIND_OBJECT || type->kind == KIND_TUPLE;
}

bool model_is_empty(const struct type *type)
{
    for (size_t i = 0; i < type->member_count; i++)
        if (type->members[i].type->kind != KIND_CONST)
            return false;
    return model_has_members(type);
}

void model_check_content(const struct place *place, const struct type *type)
{
    if (model_is_empty(type))
        fail_at(place, "what has properties or places needs one that is not "
                       "constant, except as a branch of a union");
}
