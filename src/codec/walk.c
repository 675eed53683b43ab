#include <assert.h>

#include "codec/field_path.h"
#include "codec/field_text.h"
#include "codec/message.h"

/* DENM of TS 103 831 has 17 levels, groups included. */
enum { DEPTH_MAX = 64 };

struct walker {
    const struct stepden_field_sink *sink;
    struct stepden_field_text text;
    int order[DEPTH_MAX];
    size_t depth;
};

static void walk(struct walker *walker, const struct stepden_step *step,
                 const struct stepden_type *type, const void *value);

static void take(struct walker *walker, const struct stepden_step *step,
                 const struct stepden_type *type, const void *value)
{
    struct stepden_field field = stepden_field_at(&walker->text, step);

    stepden_field_describe(&field, &walker->text, type, value);
    field.order = walker->order;
    field.order_count = walker->depth;
    walker->sink->take(walker->sink->ctx, &field);
}

/* Goes one level down, to what is there as number `place`. */
static void walk_down(struct walker *walker, const struct stepden_step *step,
                      const struct stepden_type *type, const void *value,
                      int place)
{
    assert(walker->depth < DEPTH_MAX);
    walker->order[walker->depth++] = place;
    walk(walker, step, type, value);
    walker->depth--;
}

/* What is absent has its DEFAULT. */
static const void *value_of(const struct stepden_member *member,
                            const void *owner)
{
    const void *value = stepden_member_value(member, owner);

    return value ? value : member->default_value;
}

static void walk_sequence(struct walker *walker,
                          const struct stepden_step *before,
                          const struct stepden_type *type, const void *owner)
{
    bool is_empty = true;

    for (unsigned i = 0; i < type->count; i++) {
        const struct stepden_member *member = &type->members[i];
        struct stepden_step step = {.before = before, .member = member};
        const void *value = value_of(member, owner);

        if (!value)
            continue;
        is_empty = false;
        walk_down(walker, &step, member->type, value, (int)i);
    }
    bool is_group = before && before->member && before->member->is_group;
    if (is_empty && !is_group)
        take(walker, before, type, owner);
}

static void walk_choice(struct walker *walker,
                        const struct stepden_step *before,
                        const struct stepden_type *type, const void *value)
{
    const struct stepden_member *member = stepden_alternative(type, value);
    struct stepden_step step = {.before = before, .member = member};

    if (member)
        walk_down(walker, &step, member->type,
                  stepden_member_value(member, value),
                  (int)(member - type->members));
    else
        take(walker, before, type, value);
}

static void walk_list(struct walker *walker, const struct stepden_step *before,
                      const struct stepden_type *type, const void *list)
{
    int count = stepden_list_count(list);

    for (int i = 0; i < count; i++) {
        struct stepden_step step = {.before = before, .index = i};

        walk_down(walker, &step, type->members[0].type,
                  stepden_list_element(list, i), i);
    }
    if (count == 0)
        take(walker, before, type, list);
}

static void walk(struct walker *walker, const struct stepden_step *step,
                 const struct stepden_type *type, const void *value)
{
    if (type->kind == STEPDEN_KIND_SEQUENCE)
        walk_sequence(walker, step, type, value);
    else if (type->kind == STEPDEN_KIND_CHOICE)
        walk_choice(walker, step, type, value);
    else if (type->kind == STEPDEN_KIND_LIST)
        walk_list(walker, step, type, value);
    else
        take(walker, step, type, value);
}

void stepden_message_walk(const struct stepden_message *message,
                          const struct stepden_field_sink *sink)
{
    struct walker walker;

    walker.sink = sink;
    walker.depth = 0;
    if (message->tree)
        walk(&walker, NULL, message->type, message->tree);
}
