/* A keyword on its way into the table of its schema's rules. */
#ifndef SCHEMAC_VERDICT_RULE_H
#define SCHEMAC_VERDICT_RULE_H

#include <stdint.h>

#include "verdict/keyword.h"
#include "verdict/verdict.h"

struct rule {
    struct verdict *verdict;
    struct subschema *schema;
    const struct verdict_keyword *keyword;
    struct place place;
    struct stepden_json_span value;
    struct text *patterns; /* their definitions */
    struct text *text;
};

/* One member of the rule after the other, between begin and end. */
void rule_begin(struct rule *rule);
void rule_add_number(struct rule *rule, const char *member, uint64_t number);
void rule_begin_list(struct rule *rule, const char *member, const char *type);
void rule_begin_texts(struct rule *rule);
void rule_add_text(struct rule *rule, struct stepden_json_span text);
void rule_begin_schemas(struct rule *rule);
void rule_add_schema(struct rule *rule, struct subschema *schema);
void rule_add_pattern(struct rule *rule, const struct place *place,
                      struct stepden_json_span string);
void rule_end_list(struct rule *rule);
void rule_end(struct rule *rule);

/* One function for each operand. */
typedef void rule_emit(struct rule *rule);

/* values.c */
rule_emit rule_types;
rule_emit rule_value;
rule_emit rule_values;
rule_emit rule_number;
rule_emit rule_divisor;
rule_emit rule_count;
rule_emit rule_limit;
rule_emit rule_pattern;
rule_emit rule_format;
rule_emit rule_flag;
rule_emit rule_keys;
rule_emit rule_dependent_keys;
rule_emit rule_text;
rule_emit rule_boolean;
rule_emit rule_list;
rule_emit rule_vocabulary;

/* schemas.c */
rule_emit rule_schema;
rule_emit rule_schemas;
rule_emit rule_any_of;
rule_emit rule_members;
rule_emit rule_patterns;
rule_emit rule_contains;
rule_emit rule_if;
rule_emit rule_reference;
rule_emit rule_dynamic_reference;

#endif
