#include "codec/uper_plan.h"

#include "codec/arena.h"
#include "codec/field_path.h"
#include "codec/grammar.h"

/* Counts the operations, and then writes them. */
struct planner {
    struct stepden_arena *arena;
    struct stepden_uper_op *ops; /* NULL: counts */
    size_t count;
    bool failed;
};

static void plan_value(struct planner *planner, const struct stepden_type *type,
                       size_t offset, const struct stepden_step *step);

static void add(struct planner *planner, struct stepden_uper_op op)
{
    if (planner->ops)
        planner->ops[planner->count] = op;
    planner->count++;
}

static const struct stepden_step *step_to(struct planner *planner,
                                          const struct stepden_step *before,
                                          const struct stepden_member *member)
{
    struct stepden_step *step = NULL;

    if (!planner->ops)
        return NULL;
    step = stepden_arena_take(planner->arena, sizeof *step);
    planner->failed |= !step;
    if (step)
        *step = (struct stepden_step){.before = before, .member = member};
    return step;
}

/* Are the items of the root 0, 1, 2 and so on? */
static bool is_numbered(const struct stepden_type *type)
{
    for (unsigned i = 0; i < type->root_count; i++)
        if (type->items[i].value != (long)i)
            return false;
    return true;
}

/*
 * Returns false of what is no such number. In its root, an extensible type
 * begins with a zero.
 */
static bool set_number(struct stepden_uper_op *op,
                       const struct stepden_type *type)
{
    const struct stepden_limits *value = &type->value;

    if (type->kind == STEPDEN_KIND_INTEGER && value->has_upper &&
        type->storage != STEPDEN_STORAGE_OCTETS) {
        op->lower = (uint64_t)value->lower;
        op->span = (uint64_t)value->upper - op->lower;
        op->width = value->bits + value->is_extensible;
        return op->width <= 32;
    }
    if (type->kind == STEPDEN_KIND_ENUMERATED && is_numbered(type)) {
        op->span = type->root_count - 1;
        op->width = type->index_bits + type->is_extensible;
        return true;
    }
    return false;
}

/* Is it there whenever its pointer is not NULL? */
static bool is_told_by_pointer(const struct stepden_member *member)
{
    return member->is_pointer && member->is_optional && !member->is_group &&
           !member->default_value;
}

static void plan_presence(struct planner *planner,
                          const struct stepden_member *member, size_t offset)
{
    if (is_told_by_pointer(member))
        add(planner,
            (struct stepden_uper_op){.code = STEPDEN_UPER_POINTER_PRESENCE,
                                     .offset = offset + member->offset});
    else
        add(planner, (struct stepden_uper_op){.code = STEPDEN_UPER_PRESENCE,
                                              .offset = offset,
                                              .member = member});
}

static void plan_member(struct planner *planner,
                        const struct stepden_member *member, size_t offset,
                        const struct stepden_step *before)
{
    const struct stepden_step *step = step_to(planner, before, member);
    struct stepden_uper_op op = {.code = STEPDEN_UPER_MEMBER,
                                 .offset = offset,
                                 .type = member->type,
                                 .member = member,
                                 .step = step};

    if (is_told_by_pointer(member)) {
        op.code = set_number(&op, member->type) ? STEPDEN_UPER_POINTER_NUMBER
                                                : STEPDEN_UPER_POINTER;
        op.offset += member->offset;
        add(planner, op);
    } else if (member->is_pointer || member->is_optional) {
        add(planner, op);
    } else {
        plan_value(planner, member->type, offset + member->offset, step);
    }
}

static const struct stepden_member *
first_addition(const struct stepden_type *type)
{
    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_addition)
            return &type->members[i];
    return NULL;
}

static void plan_sequence(struct planner *planner,
                          const struct stepden_type *type, size_t offset,
                          const struct stepden_step *step)
{
    struct stepden_uper_op op = {.code = type->addition_count > 0
                                             ? STEPDEN_UPER_EXTENSION
                                             : STEPDEN_UPER_ZERO,
                                 .offset = offset,
                                 .type = type,
                                 .member = first_addition(type),
                                 .step = step};

    if (type->is_extensible)
        add(planner, op);
    for (unsigned i = 0; i < type->count; i++)
        if (type->members[i].is_optional && !type->members[i].is_addition)
            plan_presence(planner, &type->members[i], offset);
    for (unsigned i = 0; i < type->count; i++)
        if (!type->members[i].is_addition)
            plan_member(planner, &type->members[i], offset, step);
    op.code = STEPDEN_UPER_ADDITIONS;
    if (type->addition_count > 0)
        add(planner, op);
}

static void plan_value(struct planner *planner, const struct stepden_type *type,
                       size_t offset, const struct stepden_step *step)
{
    struct stepden_uper_op op = {.code = STEPDEN_UPER_SIMPLE,
                                 .offset = offset,
                                 .type = type,
                                 .step = step};

    if (type->kind == STEPDEN_KIND_SEQUENCE) {
        plan_sequence(planner, type, offset, step);
        return;
    }
    if (type->kind == STEPDEN_KIND_CHOICE)
        op.code = STEPDEN_UPER_CHOICE;
    else if (type->kind == STEPDEN_KIND_LIST)
        op.code = STEPDEN_UPER_LIST;
    else if (set_number(&op, type))
        op.code = STEPDEN_UPER_NUMBER;
    add(planner, op);
}

bool stepden_uper_plan(struct stepden_type *type, struct stepden_arena *arena)
{
    struct planner planner = {.arena = arena};

    plan_value(&planner, type, 0, NULL);
    planner.ops =
        stepden_arena_take(arena, (planner.count + 1) * sizeof *planner.ops);
    if (!planner.ops)
        return false;
    planner.count = 0;
    plan_value(&planner, type, 0, NULL);
    add(&planner, (struct stepden_uper_op){.code = STEPDEN_UPER_END});
    type->plan = planner.ops;
    return !planner.failed;
}
