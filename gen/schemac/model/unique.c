/*
 * Arrays without equal elements: elements that were read as different must be
 * written as different, or the text would be refused when it is read again.
 */
#include "model/keyword.h"
#include "model/model.h"

static bool has_alias(const struct type *names)
{
    for (size_t i = 0; i < names->value_count; i++)
        for (size_t j = 0; j < i; j++)
            if (names->values[i].value == names->values[j].value)
                return true;
    return false;
}

static void check(const struct place *from, const struct type *type);

static _Noreturn void refuse(const struct place *from,
                             const struct place *place, const char *reason)
{
    fail_at(from, "elements that differ could be written alike: %s %s",
            place->pointer, reason);
}

static void check_members(const struct place *from, const struct type *object)
{
    if (object->open)
        refuse(from, &object->place, "leaves out unknown members");
    for (size_t i = 0; i < object->member_count; i++) {
        const struct member *member = &object->members[i];

        if (member->alone != NULL)
            refuse(from, &member->place, "is an object or an integer");
        if (member->nullable)
            refuse(from, &member->place, "may be null");
        if (!member->required && !member->optional)
            refuse(from, &member->place, "is written also when it is absent");
        check(from, member->type);
    }
}

/* Ends the run when two values of `type` may have one text. */
static void check(const struct place *from, const struct type *type)
{
    if (type->kind == KIND_SCALED)
        refuse(from, &type->place, "is rounded");
    if (type->kind == KIND_CLASSES)
        refuse(from, &type->place, "becomes a class");
    if (type->kind == KIND_TIME)
        refuse(from, &type->place, "is a time, whose offset is not kept");
    if (type->kind == KIND_NAMES && (type->open || has_alias(type)))
        refuse(from, &type->place, "has more than one text for a number");
    if (model_has_members(type))
        check_members(from, type);
    if (type->kind == KIND_ARRAY)
        check(from, type->item);
    for (size_t i = 0; i < type->branch_count; i++)
        check(from, type->branches[i].type);
}

void model_check_unique(const struct type *array)
{
    struct place from = place_member(&array->place, "uniqueItems");

    check(&from, array->item);
}
