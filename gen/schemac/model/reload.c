/* What of a record may change while its program runs. */
#include "common/keep.h"
#include "model/model.h"

/* In an array or a union, a pointer to a part does not always lead there. */
static void refuse_parts(const struct type *type)
{
    if (type->kind == KIND_ARRAY)
        refuse_parts(type->item);
    for (size_t i = 0; i < type->branch_count; i++)
        refuse_parts(type->branches[i].type);
    for (size_t i = 0; i < type->member_count; i++) {
        if (type->members[i].reload)
            fail_at(&type->members[i].place,
                    "\"x-reload\" in an array or a union: mark the whole");
        refuse_parts(type->members[i].type);
    }
}

static void find(struct model *model, const struct type *type,
                 const struct place *place)
{
    if (type->kind != KIND_OBJECT)
        refuse_parts(type);
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];
        struct place here = place_member(place, member->key);

        if (member->reload) {
            model->reload = keep_grow(model->reload, model->reload_count,
                                      sizeof(*model->reload));
            model->reload[model->reload_count++] = here.pointer;
        } else {
            find(model, member->type, &here);
        }
    }
}

void model_reload(struct model *model)
{
    struct place root = {model->main->path, ""};

    if (model->root != NULL)
        find(model, model->root, &root);
}
