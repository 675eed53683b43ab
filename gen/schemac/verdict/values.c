/* Rules of keywords without schemas. */
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"
#include "common/name.h"
#include "verdict/json.h"
#include "verdict/rule.h"
#include "json/exact.h"

static const char digits[] = "-0123456789";

/* The constant of json/verdict.h for a type. */
static const char *type_constant(const struct place *place,
                                 struct stepden_json_span value)
{
    static const char *const types[] = {"null",   "boolean", "object", "array",
                                        "number", "integer", "string"};

    if (*value.at == '"')
        for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
            if (strcmp(json_text(place, value), types[i]) == 0)
                return keep_format("STEPDEN_JSON_%s", name_upper(types[i]));
    fail_at(place,
            "found %.*s, allowed are null, boolean, object, array, number, "
            "integer and string",
            (int)value.size, value.at);
}

static void add_types(struct rule *rule)
{
    struct stepden_json_walk walk = stepden_json_walk_into(rule->value);
    struct stepden_json_span value;

    for (size_t i = 0; stepden_json_walk_element(&walk, &value); i++) {
        struct place place = place_element(&rule->place, i);

        text_add(rule->text, "%s%s", i == 0 ? "" : " | ",
                 type_constant(&place, value));
    }
    json_expect_unique(&rule->place, rule->value);
}

void rule_types(struct rule *rule)
{
    rule_begin(rule);
    text_add(rule->text, ",\n             .count = ");
    if (*rule->value.at != '[')
        text_add(rule->text, "%s", type_constant(&rule->place, rule->value));
    else if (json_size(rule->value) != 0)
        add_types(rule);
    else
        fail_at(&rule->place, "found [], allowed is one type or more");
    rule_end(rule);
}

static void emit_text(struct rule *rule, struct stepden_json_span text)
{
    rule_begin(rule);
    rule_add_number(rule, "count", 1);
    rule_begin_texts(rule);
    rule_add_text(rule, text);
    rule_end_list(rule);
    rule_end(rule);
}

void rule_value(struct rule *rule)
{
    emit_text(rule, json_compact(rule->value));
}

void rule_values(struct rule *rule)
{
    struct stepden_json_walk walk;
    struct stepden_json_span value;

    json_expect(&rule->place, rule->value, "[", "an array of values");
    rule_begin(rule);
    rule_add_number(rule, "count", json_size(rule->value));
    rule_begin_texts(rule);
    for (walk = stepden_json_walk_into(rule->value);
         stepden_json_walk_element(&walk, &value);)
        rule_add_text(rule, json_compact(value));
    rule_end_list(rule);
    rule_end(rule);
}

void rule_number(struct rule *rule)
{
    json_expect(&rule->place, rule->value, digits, "a number");
    emit_text(rule, rule->value);
}

void rule_divisor(struct rule *rule)
{
    struct stepden_json_divisor divisor;

    json_expect(&rule->place, rule->value, digits, "a number above 0");
    if (!stepden_json_divisor_parse(&divisor, rule->value))
        fail_at(&rule->place,
                "found %.*s, allowed is a number above 0 of at most 18 digits",
                (int)rule->value.size, rule->value.at);
    emit_text(rule, rule->value);
}

void rule_count(struct rule *rule)
{
    rule_begin(rule);
    rule_add_number(rule, "count", json_count(&rule->place, rule->value));
    rule_end(rule);
}

/* Looked at here, used by another keyword if that is there. */
void rule_limit(struct rule *rule)
{
    json_count(&rule->place, rule->value);
}

void rule_pattern(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "\"", "a regular expression");
    rule_begin(rule);
    rule_begin_list(rule, "patterns",
                    "const struct stepden_json_pattern *const");
    rule_add_pattern(rule, &rule->place, rule->value);
    rule_end_list(rule);
    rule_end(rule);
}

void rule_format(struct rule *rule)
{
    json_text(&rule->place, rule->value);
    if (rule->verdict->library.options->format_annotation != NULL)
        return;
    if (strcmp(json_decode(rule->value, NULL), "date-time") != 0)
        fail_at(&rule->place,
                "found %.*s, supported is \"date-time\", and with "
                "--format-annotation any, without effect",
                (int)rule->value.size, rule->value.at);
    rule_begin(rule);
    rule_end(rule);
}

void rule_flag(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "tf", "true or false");
    if (*rule->value.at == 'f')
        return;
    rule_begin(rule);
    rule_end(rule);
}

static int compare_keys(const void *a, const void *b)
{
    return json_compare(*(const struct stepden_json_span *)a,
                        *(const struct stepden_json_span *)b);
}

/* The elements of an array of strings, sorted. */
static void add_keys(struct rule *rule, const struct place *place,
                     struct stepden_json_span array)
{
    struct stepden_json_walk walk = stepden_json_walk_into(array);
    struct stepden_json_span *keys =
        keep_alloc(json_size(array) * sizeof(*keys));
    size_t count = 0;

    for (; stepden_json_walk_element(&walk, &keys[count]); count++) {
        struct place here = place_element(place, count);

        json_expect(&here, keys[count], "\"", "a string");
    }
    json_expect_unique(place, array);
    qsort(keys, count, sizeof(*keys), compare_keys);
    for (size_t i = 0; i < count; i++)
        rule_add_text(rule, json_inside(keys[i]));
}

void rule_keys(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "[", "an array of strings");
    if (json_size(rule->value) == 0)
        return;
    rule_begin(rule);
    rule_add_number(rule, "count", json_size(rule->value));
    rule_begin_texts(rule);
    add_keys(rule, &rule->place, rule->value);
    rule_end_list(rule);
    rule_end(rule);
}

/* A rule for each key that others depend on. */
void rule_dependent_keys(struct rule *rule)
{
    struct stepden_json_walk walk;
    struct stepden_json_span key, keys;

    json_expect(&rule->place, rule->value, "{", "an object of arrays");
    walk = stepden_json_walk_into(rule->value);
    while (stepden_json_walk_member(&walk, &key, &keys)) {
        struct place place = place_member(&rule->place, json_decode(key, NULL));

        json_expect(&place, keys, "[", "an array of strings");
        rule_begin(rule);
        rule_add_number(rule, "count", 1 + json_size(keys));
        rule_begin_texts(rule);
        rule_add_text(rule, json_inside(key));
        add_keys(rule, &place, keys);
        rule_end_list(rule);
        rule_end(rule);
    }
}

void rule_text(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "\"", "a string");
}

void rule_boolean(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "tf", "true or false");
}

void rule_list(struct rule *rule)
{
    json_expect(&rule->place, rule->value, "[", "an array");
}

void rule_vocabulary(struct rule *rule)
{
    struct stepden_json_walk walk;
    struct stepden_json_span key, value;

    json_expect(&rule->place, rule->value, "{", "an object");
    walk = stepden_json_walk_into(rule->value);
    while (stepden_json_walk_member(&walk, &key, &value)) {
        struct place place = place_member(&rule->place, json_decode(key, NULL));

        json_expect(&place, value, "tf", "true or false");
    }
}
