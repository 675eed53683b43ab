/* The keywords of a schema as rules of its table. */
#include <inttypes.h>

#include "common/keep.h"
#include "pattern/pattern.h"
#include "verdict/json.h"
#include "verdict/rule.h"

static rule_emit *const emits[] = {
    [OPERAND_SCHEMA] = rule_schema,
    [OPERAND_SCHEMAS] = rule_schemas,
    [OPERAND_MEMBERS] = rule_members,
    [OPERAND_PATTERNS] = rule_patterns,
    [OPERAND_TYPES] = rule_types,
    [OPERAND_VALUE] = rule_value,
    [OPERAND_VALUES] = rule_values,
    [OPERAND_NUMBER] = rule_number,
    [OPERAND_DIVISOR] = rule_divisor,
    [OPERAND_COUNT] = rule_count,
    [OPERAND_LIMIT] = rule_limit,
    [OPERAND_PATTERN] = rule_pattern,
    [OPERAND_FORMAT] = rule_format,
    [OPERAND_FLAG] = rule_flag,
    [OPERAND_KEYS] = rule_keys,
    [OPERAND_DEPENDENT_KEYS] = rule_dependent_keys,
    [OPERAND_REFERENCE] = rule_reference,
    [OPERAND_DYNAMIC_REFERENCE] = rule_dynamic_reference,
    [OPERAND_CONTAINS] = rule_contains,
    [OPERAND_IF] = rule_if,
    [OPERAND_ANY_OF] = rule_any_of,
    [OPERAND_TEXT] = rule_text,
    [OPERAND_BOOLEAN] = rule_boolean,
    [OPERAND_LIST] = rule_list,
    [OPERAND_VOCABULARY] = rule_vocabulary,
    [OPERAND_ANY] = NULL,
};

void rule_begin(struct rule *rule)
{
    text_add(rule->text, "            {.keyword = STEPDEN_JSON_%s",
             rule->keyword->rule);
}

void rule_end(struct rule *rule)
{
    text_add(rule->text, "},\n");
    rule->schema->rule_count++;
}

void rule_add_number(struct rule *rule, const char *member, uint64_t number)
{
    if (number == UINT64_MAX)
        text_add(rule->text, ", .%s = UINT64_MAX", member);
    else
        text_add(rule->text, ", .%s = %" PRIu64, member, number);
}

void rule_begin_list(struct rule *rule, const char *member, const char *type)
{
    text_add(rule->text, ",\n             .%s = (%s[]){\n", member, type);
}

void rule_end_list(struct rule *rule)
{
    text_add(rule->text, "             }");
}

void rule_begin_texts(struct rule *rule)
{
    rule_begin_list(rule, "texts", "const struct stepden_json_span");
}

void rule_add_text(struct rule *rule, struct stepden_json_span text)
{
    text_add(rule->text, "                 {\"");
    text_add_escaped(rule->text, text.at, text.size);
    text_add(rule->text, "\", %zu},\n", text.size);
}

void rule_begin_schemas(struct rule *rule)
{
    rule_begin_list(rule, "schemas", "const struct stepden_json_schema *const");
}

void rule_add_schema(struct rule *rule, struct subschema *schema)
{
    if (rule->keyword->in_place)
        verdict_apply(rule->schema, schema, &rule->place);
    text_add(rule->text, "                 &schemas[%zu],\n", schema->index);
}

void rule_add_pattern(struct rule *rule, const struct place *place,
                      struct stepden_json_span string)
{
    const char *name =
        keep_format("pattern_%zu", rule->verdict->pattern_count++);
    size_t size;
    const char *text = json_decode(string, &size);

    emit_pattern(rule->patterns, name, pattern_compile(place, text, size));
    text_add(rule->text, "                 &%s,\n", name);
}

void verdict_emit_rules(struct text *patterns, struct text *rules,
                        struct verdict *verdict, struct subschema *schema)
{
    struct rule rule = {.verdict = verdict,
                        .schema = schema,
                        .patterns = patterns,
                        .text = rules};

    if (*schema->text.at == 'f') {
        text_add(rules, "            {.keyword = STEPDEN_JSON_FALSE},\n");
        schema->rule_count = 1;
    }
    if (*schema->text.at != '{')
        return;
    for (rule.keyword = verdict_keywords; rule.keyword->name != NULL;
         rule.keyword++) {
        if (emits[rule.keyword->operand] == NULL ||
            !json_member(schema->text, rule.keyword->name, &rule.value))
            continue;
        rule.place = place_member(&schema->place, rule.keyword->name);
        emits[rule.keyword->operand](&rule);
    }
}
