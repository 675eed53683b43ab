/* Rules of keywords with schemas. */
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"
#include "verdict/json.h"
#include "verdict/rule.h"

static void add_schema_at(struct rule *rule, struct stepden_json_span value)
{
    rule_add_schema(rule, verdict_schema_at(rule->verdict, value.at));
}

static void emit_one(struct rule *rule, struct subschema *schema)
{
    rule_begin(rule);
    rule_add_number(rule, "count", 1);
    rule_begin_schemas(rule);
    rule_add_schema(rule, schema);
    rule_end_list(rule);
    rule_end(rule);
}

void rule_schema(struct rule *rule)
{
    emit_one(rule, verdict_schema_at(rule->verdict, rule->value.at));
}

void rule_reference(struct rule *rule)
{
    emit_one(rule, rule->schema->ref);
}

/* The target first, then all anchors that it may be in truth. */
void rule_dynamic_reference(struct rule *rule)
{
    const struct verdict *verdict = rule->verdict;
    const char *name = rule->schema->dynamic_anchor;
    uint64_t count = 1;

    rule_begin(rule);
    rule_begin_schemas(rule);
    rule_add_schema(rule, rule->schema->dynamic_ref);
    for (size_t i = 0; name != NULL && i < verdict->anchor_count; i++) {
        const struct anchor *anchor = &verdict->anchor[i];

        if (!anchor->dynamic || strcmp(anchor->name, name) != 0)
            continue;
        rule_add_schema(rule, anchor->target);
        count++;
    }
    rule_end_list(rule);
    rule_add_number(rule, "count", count);
    rule_end(rule);
}

static void emit_schemas(struct rule *rule, uint64_t maximum)
{
    struct stepden_json_walk walk = stepden_json_walk_into(rule->value);
    uint64_t count = json_size(rule->value);
    struct stepden_json_span value;

    if (count == 0)
        fail_at(&rule->place, "found [], allowed is one schema or more");
    rule_begin(rule);
    rule_add_number(rule, "count", count);
    if (maximum != 0)
        rule_add_number(rule, "maximum", maximum);
    rule_begin_schemas(rule);
    while (stepden_json_walk_element(&walk, &value))
        add_schema_at(rule, value);
    rule_end_list(rule);
    rule_end(rule);
}

void rule_schemas(struct rule *rule)
{
    emit_schemas(rule, 0);
}

/* One that is valid is enough, unless what others evaluate is of interest. */
void rule_any_of(struct rule *rule)
{
    emit_schemas(rule, rule->verdict->unevaluated ? UINT64_MAX : 1);
}

static bool is_constant(struct stepden_json_span schema)
{
    struct stepden_json_span value;

    return *schema.at == '{' && json_member(schema, "const", &value);
}

struct member {
    struct stepden_json_span key;
    struct stepden_json_span schema;
};

static int compare_members(const void *a, const void *b)
{
    return json_compare(((const struct member *)a)->key,
                        ((const struct member *)b)->key);
}

/* The members that are to be constants, or all others, sorted. */
static size_t take_members(struct member *members, struct stepden_json_span all,
                           bool constant)
{
    struct stepden_json_walk walk = stepden_json_walk_into(all);
    struct member member;
    size_t count = 0;

    while (stepden_json_walk_member(&walk, &member.key, &member.schema))
        if (is_constant(member.schema) == constant)
            members[count++] = member;
    qsort(members, count, sizeof(*members), compare_members);
    return count;
}

static void emit_members(struct rule *rule, bool constant)
{
    struct member *members =
        keep_alloc(json_size(rule->value) * sizeof(*members));
    size_t count = take_members(members, rule->value, constant);

    if (count == 0)
        return;
    rule_begin(rule);
    rule_add_number(rule, "count", count);
    rule_begin_texts(rule);
    for (size_t i = 0; i < count; i++)
        rule_add_text(rule, json_inside(members[i].key));
    rule_end_list(rule);
    rule_begin_schemas(rule);
    for (size_t i = 0; i < count; i++)
        add_schema_at(rule, members[i].schema);
    rule_end_list(rule);
    rule_end(rule);
}

void rule_members(struct rule *rule)
{
    emit_members(rule, true);
    emit_members(rule, false);
}

void rule_patterns(struct rule *rule)
{
    struct stepden_json_walk walk = stepden_json_walk_into(rule->value);
    struct stepden_json_span key, schema;

    if (json_size(rule->value) == 0)
        return;
    rule_begin(rule);
    rule_add_number(rule, "count", json_size(rule->value));
    rule_begin_list(rule, "patterns",
                    "const struct stepden_json_pattern *const");
    while (stepden_json_walk_member(&walk, &key, &schema)) {
        struct place place = place_member(&rule->place, json_decode(key, NULL));

        rule_add_pattern(rule, &place, key);
    }
    rule_end_list(rule);
    rule_begin_schemas(rule);
    walk = stepden_json_walk_into(rule->value);
    while (stepden_json_walk_member(&walk, &key, &schema))
        add_schema_at(rule, schema);
    rule_end_list(rule);
    rule_end(rule);
}

static uint64_t limit(const struct rule *rule, const char *keyword,
                      uint64_t otherwise)
{
    struct place place = place_member(&rule->schema->place, keyword);
    struct stepden_json_span value;

    return json_member(rule->schema->text, keyword, &value)
               ? json_count(&place, value)
               : otherwise;
}

void rule_contains(struct rule *rule)
{
    rule_begin(rule);
    rule_add_number(rule, "count", limit(rule, "minContains", 1));
    rule_add_number(rule, "maximum", limit(rule, "maxContains", UINT64_MAX));
    rule_begin_schemas(rule);
    add_schema_at(rule, rule->value);
    rule_end_list(rule);
    rule_end(rule);
}

static void add_branch(struct rule *rule, const char *keyword)
{
    struct stepden_json_span value;

    if (json_member(rule->schema->text, keyword, &value))
        add_schema_at(rule, value);
    else
        text_add(rule->text, "                 NULL,\n");
}

void rule_if(struct rule *rule)
{
    rule_begin(rule);
    rule_begin_schemas(rule);
    add_schema_at(rule, rule->value);
    add_branch(rule, "then");
    add_branch(rule, "else");
    rule_end_list(rule);
    rule_end(rule);
}
