#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "codec/uper_plan.h"

const struct stepden_type *tree_planned(const struct stepden_type *type,
                                        struct stepden_arena *arena)
{
    struct stepden_type *planned = stepden_arena_take(arena, sizeof *planned);
    bool has_members = type->members;
    struct stepden_member *members =
        stepden_arena_take(arena, type->count * sizeof *members);

    if (type->plan)
        return type;
    ck_assert(planned && members);
    *planned = *type;
    for (unsigned i = 0; has_members && i < type->count; i++) {
        members[i] = type->members[i];
        members[i].type = tree_planned(type->members[i].type, arena);
    }
    planned->members = has_members ? members : NULL;
    ck_assert(stepden_uper_plan(planned, arena));
    return planned;
}

struct tree tree_decode(const struct stepden_type *type, const uint8_t *bytes,
                        size_t size)
{
    struct tree tree = {.type = type};
    uint8_t *exact = malloc(size); /* for AddressSanitizer */

    ck_assert(exact || size == 0);
    if (size > 0)
        memcpy(exact, bytes, size);
    tree.status = stepden_uper_decode(&tree.value, &tree.arena, type, exact,
                                      size, &tree.unknown, NULL, &tree.diag);
    free(exact);
    return tree;
}

struct tree tree_of_denm(enum stepden_release release,
                         const struct encoded *encoded)
{
    struct tree tree =
        tree_decode(stepden_grammar(release), encoded->bytes, encoded->size);

    ck_assert_msg(tree.status == STEPDEN_OK, "%s: %s", tree.diag.where,
                  tree.diag.reason);
    return tree;
}

struct encoded tree_encode(struct tree *tree)
{
    struct encoded encoded = {.size = 0};

    tree->status = stepden_uper_encode(
        encoded.bytes, sizeof encoded.bytes, &encoded.size,
        tree_planned(tree->type, &tree->arena), tree->value, &tree->diag);
    return encoded;
}

void tree_free(struct tree *tree)
{
    stepden_arena_free(&tree->arena);
}
