/* Named values and unions. */
#include <string.h>

#include <stepden/json/reader.h>

#include "common/keep.h"
#include "common/name.h"
#include "model/keyword.h"
#include "model/model.h"

static void add_value(struct type *type, const struct place *place,
                      struct json_object *numbers, struct json_object *item)
{
    struct place here = place_member(&type->place, "x-values");
    struct name_value value = {.value = (int64_t)type->value_count};
    struct json_object *number = NULL;

    if (!json_object_is_type(item, json_type_string))
        fail_at(place, "found %s, allowed is a name",
                json_object_to_json_string(item));
    value.name = json_object_get_string(item);
    if (value.name[0] == '\0' || !name_is_plain(value.name) ||
        strlen(value.name) > STEPDEN_JSON_KEY_MAX)
        fail_at(place,
                "found %s, allowed are 1 to %d ASCII characters that "
                "need no escape",
                json_object_to_json_string(item), STEPDEN_JSON_KEY_MAX);
    value.constant = name_upper(name_snake(value.name));
    if (numbers != NULL &&
        (!json_object_object_get_ex(numbers, value.name, &number) ||
         !keyword_exact(number, 0, &value.value) || value.value < 0 ||
         value.value > 2147483647))
        fail_at(&here, "needs a number 0..2147483647 for \"%s\"", value.name);
    for (size_t i = 0; i < type->value_count; i++)
        if (strcmp(type->values[i].constant, value.constant) == 0)
            fail_at(place, "\"%s\" is already a C name here", value.constant);
    type->values =
        keep_grow(type->values, type->value_count, sizeof(*type->values));
    type->values[type->value_count++] = value;
    if (value.value > type->maximum)
        type->maximum = value.value;
}

static void add_values(struct type *type, const struct place *place,
                       struct json_object *schema, struct json_object *numbers,
                       bool nullable)
{
    struct place all = place_member(place, "enum");
    struct json_object *list =
        keyword_get(place, schema, "enum", json_type_array);
    struct place here = place_member(&type->place, "x-values");

    if (list == NULL || json_object_array_length(list) == 0)
        fail_at(place, "\"enum\" with names is missing");
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        struct place element = place_element(&all, i);

        if (item != NULL || !nullable)
            add_value(type, &element, numbers, item);
    }
    if (numbers != NULL &&
        (size_t)json_object_object_length(numbers) != type->value_count)
        fail_at(&here, "has names that \"enum\" has not");
}

static void add_numbers(struct type *type, const struct place *place,
                        struct json_object *schema)
{
    const char *json_type = keyword_text(place, schema, "type");
    int64_t highest = type->maximum;

    keyword_allow(place, schema, "the numbers of named values", false,
                  "type minimum maximum");
    if (json_type == NULL || strcmp(json_type, "integer") != 0)
        fail_at(place, "the second alternative of named values is an integer");
    type->minimum = keyword_number(place, schema, "minimum", 0);
    type->maximum = keyword_number(place, schema, "maximum", 0);
    if (type->minimum < 0 || highest > type->maximum ||
        type->maximum > 2147483647)
        fail_at(place, "the numbers have to include those of the names, within "
                       "0..2147483647");
    type->open = true;
}

void model_names(struct type *type, struct json_object *schema,
                 const char *json_type, bool member)
{
    struct place all = place_member(&type->place, "anyOf");
    struct place first = place_element(&all, 0);
    struct place second = place_element(&all, 1);
    struct json_object *numbers =
        keyword_get(&type->place, schema, "x-values", json_type_object);
    struct json_object *any =
        keyword_get(&type->place, schema, "anyOf", json_type_array);

    type->kind = KIND_NAMES;
    if (any == NULL) {
        keyword_allow(&type->place, schema, "named values", member,
                      "enum type x-values");
        if (json_type != NULL && strcmp(json_type, "string") != 0)
            fail_at(&type->place, "names are strings, not of type \"%s\"",
                    json_type);
        add_values(type, &type->place, schema, numbers, member);
        return;
    }
    keyword_allow(&type->place, schema, "named values", member,
                  "anyOf x-values");
    if (json_object_array_length(any) != 2 || numbers == NULL ||
        !json_object_is_type(json_object_array_get_idx(any, 0),
                             json_type_object) ||
        !json_object_is_type(json_object_array_get_idx(any, 1),
                             json_type_object))
        fail_at(&all, "allowed are [names, integer] with \"x-values\"; for "
                      "a property also [object, integer], and [schema, "
                      "{\"type\": \"null\"}]");
    keyword_allow(&first, json_object_array_get_idx(any, 0), "names", false,
                  "enum");
    add_values(type, &first, json_object_array_get_idx(any, 0), numbers, false);
    add_numbers(type, &second, json_object_array_get_idx(any, 1));
}

/* What tells a branch from the others: a constant, or a required member. */
static void mark_branch(struct branch *branch)
{
    const struct type *type = branch->type;

    if (type->kind != KIND_OBJECT)
        return;
    for (size_t i = 0; i < type->member_count; i++) {
        const struct member *member = &type->members[i];

        if (!member->required)
            continue;
        if (member->type->kind == KIND_CONST &&
            json_object_is_type(member->type->literal, json_type_string)) {
            branch->key = member->key;
            branch->value = json_object_get_string(member->type->literal);
            if (!name_is_plain(branch->value))
                fail_at(&member->place, "needs an escape");
            return;
        }
        if (branch->key == NULL)
            branch->key = member->key;
    }
    if (branch->key == NULL)
        fail_at(&branch->place, "a branch needs a required property");
}

static void check_branches(const struct type *type)
{
    for (size_t i = 0; i < type->branch_count; i++) {
        const struct branch *a = &type->branches[i];

        if (strcmp(a->name, "kind") == 0)
            fail_at(&a->place, "\"kind\" is a C name of every union: the title "
                               "has to be another");
        for (size_t j = 0; j < i; j++)
            if (strcmp(a->name, type->branches[j].name) == 0)
                fail_at(&a->place, "\"%s\" is already a branch", a->name);
        for (size_t j = 0; j < i; j++) {
            const struct branch *b = &type->branches[j];
            bool same_key = a->key == NULL || b->key == NULL
                                ? a->key == b->key
                                : strcmp(a->key, b->key) == 0;

            if (same_key && (a->value == NULL || b->value == NULL ||
                             strcmp(a->value, b->value) == 0))
                fail_at(&a->place,
                        "cannot be told from branch \"%s\": of objects, a "
                        "required constant that is a string tells, or the "
                        "first required property",
                        b->title);
        }
    }
}

static void add_branch(struct model *model, struct type *type,
                       const struct place *place, struct json_object *schema)
{
    struct branch branch = {.place = *place};
    enum kind kind;

    if (json_object_is_type(schema, json_type_object))
        branch.title = keyword_text(place, schema, "title");
    if (branch.title == NULL)
        fail_at(place, "a branch needs \"title\"");
    branch.name = name_snake(branch.title);
    if (!name_is_usable(branch.name))
        fail_at(place,
                "\"%s\" cannot be a name in C and C++: the title has to be "
                "another",
                branch.name);
    branch.type =
        model_type(model, type->owner, place, schema,
                   keep_format("%s_%s", type->name, branch.name), NULL, false);
    kind = branch.type->kind;
    if (kind != KIND_OBJECT && kind != KIND_STRING)
        fail_at(place, "a branch is an object or a string");
    if (kind == KIND_STRING) {
        type->secret |= branch.type->secret;
        branch.type = model_copy(branch.type);
        branch.type->secret = type->secret;
    }
    mark_branch(&branch);
    type->branches =
        keep_grow(type->branches, type->branch_count, sizeof(*type->branches));
    type->branches[type->branch_count++] = branch;
}

void model_union(struct model *model, struct type *type,
                 struct json_object *schema)
{
    struct place all = place_member(&type->place, "oneOf");
    struct json_object *list =
        keyword_get(&type->place, schema, "oneOf", json_type_array);

    type->kind = KIND_UNION;
    type->secret = keyword_flag(&type->place, schema, "x-secret", false);
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct place place = place_element(&all, i);

        if (i == STEPDEN_JSON_BRANCHES_MAX)
            fail_at(&place, "a union has at most %d branches",
                    STEPDEN_JSON_BRANCHES_MAX);
        add_branch(model, type, &place, json_object_array_get_idx(list, i));
    }
    if (type->branch_count < 2)
        fail_at(&all, "a union has at least two branches");
    check_branches(type);
}
