#include <stepden/json/verdict.h>

#include <assert.h>
#include <string.h>

#include "base/diag.h"
#include "json/find.h"
#include "json/scan.h"
#include "json/verdict_parts.h"
#include "json/walk.h"

/* What applying a schema costs, in bytes that are looked at. */
enum { APPLY_COST = 64, LOOKED_AT_LEAST = 4096 };

/* How often a window of members lets all rules look at all members. */
enum { WINDOW_LOOKS = 64 };

static bool test_false(const struct stepden_json_rule *rule,
                       struct stepden_json_span value)
{
    (void)rule;
    (void)value;
    return false;
}

/* Also of a reference, which has one schema. */
static bool check_all_of(struct stepden_verdict *verdict,
                         const struct stepden_json_rule *rule,
                         struct stepden_json_span value,
                         struct stepden_verdict_marks *marks)
{
    for (uint64_t i = 0; i < rule->count; i++)
        if (!stepden_verdict_apply(verdict, rule->schemas[i], value, marks))
            return false;
    return true;
}

static bool check_any_of(struct stepden_verdict *verdict,
                         const struct stepden_json_rule *rule,
                         struct stepden_json_span value,
                         struct stepden_verdict_marks *marks)
{
    uint64_t valid = 0;

    for (uint64_t i = 0; i < rule->count && valid < rule->maximum; i++)
        valid += stepden_verdict_apply(verdict, rule->schemas[i], value, marks);
    return valid != 0;
}

static bool check_one_of(struct stepden_verdict *verdict,
                         const struct stepden_json_rule *rule,
                         struct stepden_json_span value,
                         struct stepden_verdict_marks *marks)
{
    uint64_t valid = 0;

    for (uint64_t i = 0; i < rule->count && valid < 2; i++)
        valid += stepden_verdict_apply(verdict, rule->schemas[i], value, marks);
    return valid == 1;
}

static bool check_not(struct stepden_verdict *verdict,
                      const struct stepden_json_rule *rule,
                      struct stepden_json_span value,
                      struct stepden_verdict_marks *marks)
{
    (void)marks;
    return !stepden_verdict_apply(verdict, rule->schemas[0], value, NULL);
}

static bool check_if(struct stepden_verdict *verdict,
                     const struct stepden_json_rule *rule,
                     struct stepden_json_span value,
                     struct stepden_verdict_marks *marks)
{
    bool is = stepden_verdict_apply(verdict, rule->schemas[0], value, marks);
    const struct stepden_json_schema *next = rule->schemas[is ? 1 : 2];

    return next == NULL || stepden_verdict_apply(verdict, next, value, marks);
}

/* Of what the reference may be, that of the outermost resource entered. */
static bool check_dynamic_ref(struct stepden_verdict *verdict,
                              const struct stepden_json_rule *rule,
                              struct stepden_json_span value,
                              struct stepden_verdict_marks *marks)
{
    const struct stepden_json_schema *target = rule->schemas[0];

    for (const struct stepden_verdict_scope *scope = verdict->scope;
         scope != NULL; scope = scope->outer)
        for (uint64_t i = 1; i < rule->count; i++)
            if (rule->schemas[i]->resource == scope->resource)
                target = rule->schemas[i];
    return stepden_verdict_apply(verdict, target, value, marks);
}

/* Without a name, a fault is told by the schema that the keyword applied. */
struct keyword {
    const char *name;
    stepden_verdict_test *test;
    stepden_verdict_check *check;
};

static const struct keyword keywords[STEPDEN_JSON_KEYWORDS] = {
    [STEPDEN_JSON_FALSE] = {"", .test = test_false},
    [STEPDEN_JSON_TYPE] = {"/type", .test = stepden_verdict_type},
    [STEPDEN_JSON_CONST] = {"/const", .test = stepden_verdict_const},
    [STEPDEN_JSON_ENUM] = {"/enum", .test = stepden_verdict_const},
    [STEPDEN_JSON_MINIMUM] = {"/minimum", .test = stepden_verdict_number},
    [STEPDEN_JSON_EXCLUSIVE_MINIMUM] = {"/exclusiveMinimum",
                                        .test = stepden_verdict_number},
    [STEPDEN_JSON_MAXIMUM] = {"/maximum", .test = stepden_verdict_number},
    [STEPDEN_JSON_EXCLUSIVE_MAXIMUM] = {"/exclusiveMaximum",
                                        .test = stepden_verdict_number},
    [STEPDEN_JSON_MULTIPLE_OF] = {"/multipleOf",
                                  .test = stepden_verdict_multiple_of},
    [STEPDEN_JSON_MIN_LENGTH] = {"/minLength", .test = stepden_verdict_length},
    [STEPDEN_JSON_MAX_LENGTH] = {"/maxLength", .test = stepden_verdict_length},
    [STEPDEN_JSON_MIN_ITEMS] = {"/minItems",
                                .test = stepden_verdict_element_count},
    [STEPDEN_JSON_MAX_ITEMS] = {"/maxItems",
                                .test = stepden_verdict_element_count},
    [STEPDEN_JSON_MIN_PROPERTIES] = {"/minProperties",
                                     .test = stepden_verdict_member_count},
    [STEPDEN_JSON_MAX_PROPERTIES] = {"/maxProperties",
                                     .test = stepden_verdict_member_count},
    [STEPDEN_JSON_DATE_TIME] = {"/format", .test = stepden_verdict_date_time},
    [STEPDEN_JSON_PATTERN] = {"/pattern", .test = stepden_verdict_pattern},
    [STEPDEN_JSON_UNIQUE_ITEMS] = {"/uniqueItems",
                                   .test = stepden_verdict_unique_items},
    [STEPDEN_JSON_REQUIRED] = {"/required", .test = stepden_verdict_required},
    [STEPDEN_JSON_DEPENDENT_REQUIRED] =
        {"/dependentRequired", .test = stepden_verdict_dependent_required},
    [STEPDEN_JSON_PROPERTY_NAMES] = {.check = stepden_verdict_property_names},
    [STEPDEN_JSON_PROPERTIES] = {.check = stepden_verdict_properties},
    [STEPDEN_JSON_PATTERN_PROPERTIES] =
        {.check = stepden_verdict_pattern_properties},
    [STEPDEN_JSON_ADDITIONAL_PROPERTIES] =
        {.check = stepden_verdict_additional_properties},
    [STEPDEN_JSON_PREFIX_ITEMS] = {.check = stepden_verdict_prefix_items},
    [STEPDEN_JSON_ITEMS] = {.check = stepden_verdict_items},
    [STEPDEN_JSON_CONTAINS] = {"/contains", .check = stepden_verdict_contains},
    [STEPDEN_JSON_REF] = {.check = check_all_of},
    [STEPDEN_JSON_DYNAMIC_REF] = {.check = check_dynamic_ref},
    [STEPDEN_JSON_ALL_OF] = {.check = check_all_of},
    [STEPDEN_JSON_ANY_OF] = {"/anyOf", .check = check_any_of},
    [STEPDEN_JSON_ONE_OF] = {"/oneOf", .check = check_one_of},
    [STEPDEN_JSON_NOT] = {"/not", .check = check_not},
    [STEPDEN_JSON_IF] = {.check = check_if},
    [STEPDEN_JSON_DEPENDENT_SCHEMAS] = {.check =
                                            stepden_verdict_dependent_schemas},
    [STEPDEN_JSON_UNEVALUATED_PROPERTIES] =
        {.check = stepden_verdict_unevaluated_properties},
    [STEPDEN_JSON_UNEVALUATED_ITEMS] = {.check = stepden_verdict_items},
};

void stepden_verdict_mark_contains(struct stepden_verdict_marks *marks,
                                   const struct stepden_json_schema *schema)
{
    for (unsigned i = 0; i < marks->contains_count; i++)
        if (marks->contains[i] == schema)
            return;
    if (marks->contains_count < STEPDEN_JSON_CONTAINS_MAX)
        marks->contains[marks->contains_count++] = schema;
}

static void add_marks(struct stepden_verdict_marks *marks,
                      const struct stepden_verdict_marks *more)
{
    size_t words = sizeof(marks->members) / sizeof(marks->members[0]);

    for (size_t i = 0; i < words; i++)
        marks->members[i] |= more->members[i];
    if (marks->elements < more->elements)
        marks->elements = more->elements;
    for (unsigned i = 0; i < more->contains_count; i++)
        stepden_verdict_mark_contains(marks, more->contains[i]);
}

static bool check_rules(struct stepden_verdict *verdict,
                        const struct stepden_json_schema *schema,
                        struct stepden_json_span value,
                        struct stepden_verdict_marks *marks)
{
    for (unsigned i = 0; i < schema->rule_count; i++) {
        const struct stepden_json_rule *rule = &schema->rules[i];
        const struct keyword *keyword = &keywords[rule->keyword];

        if (keyword->test != NULL ? keyword->test(rule, value)
                                  : keyword->check(verdict, rule, value, marks))
            continue;
        if (keyword->name != NULL && verdict->limit == STEPDEN_VERDICT_WITHIN) {
            verdict->schema = schema;
            verdict->rule = rule;
            verdict->value = value;
        }
        return false;
    }
    return true;
}

/* Whether `value` may be looked at so much more. */
static bool may_look(struct stepden_verdict *verdict,
                     struct stepden_json_span value, uint64_t cost)
{
    if (verdict->limit != STEPDEN_VERDICT_WITHIN)
        return false;
    if (verdict->left < cost)
        verdict->limit = STEPDEN_VERDICT_TOO_LONG;
    else
        verdict->left -= cost;
    verdict->value = value;
    return verdict->limit == STEPDEN_VERDICT_WITHIN;
}

/* Whether another schema may be applied to `value`. */
static bool is_within(struct stepden_verdict *verdict,
                      struct stepden_json_span value)
{
    if (!may_look(verdict, value, APPLY_COST + value.size))
        return false;
    if (verdict->applied == STEPDEN_JSON_APPLIED_MAX)
        verdict->limit = STEPDEN_VERDICT_TOO_DEEP;
    return verdict->limit == STEPDEN_VERDICT_WITHIN;
}

/*
 * Where unevaluatedProperties has to do with more members than are marked at a
 * time, the rules are applied once for each window of them, from that of the
 * keyword around on. Then all are evaluated.
 */
static bool next_window(struct stepden_verdict *verdict,
                        struct stepden_json_span value,
                        struct stepden_verdict_marks *own, unsigned start)
{
    unsigned next = own->first + STEPDEN_VERDICT_WINDOW;

    if (own->crowd == 0)
        return false;
    if (next >= own->crowd)
        next = 0;
    memset(own, 0, sizeof(*own));
    own->first = next;
    if (next != start)
        return may_look(verdict, value, WINDOW_LOOKS * value.size);
    memset(own->members, 0xff, sizeof(own->members));
    return false;
}

bool stepden_verdict_apply(struct stepden_verdict *verdict,
                           const struct stepden_json_schema *schema,
                           struct stepden_json_span value,
                           struct stepden_verdict_marks *marks)
{
    const struct stepden_verdict_scope *outer = verdict->scope;
    struct stepden_verdict_scope scope = {outer, schema->resource};
    const unsigned start = marks == NULL ? 0 : marks->first;
    struct stepden_verdict_marks own = {.first = start};
    bool valid;

    if (!is_within(verdict, value))
        return false;
    if (outer == NULL || outer->resource != schema->resource)
        verdict->scope = &scope;
    verdict->applied++;
    do
        valid = check_rules(verdict, schema, value, &own);
    while (valid && next_window(verdict, value, &own, start));
    verdict->applied--;
    verdict->scope = outer;
    if (valid && marks != NULL)
        add_marks(marks, &own);
    return valid;
}

static enum stepden_status tell_fault(const struct stepden_verdict *verdict,
                                      struct stepden_diag *diag,
                                      const char *where)
{
    assert(verdict->rule != NULL);
    const char *keyword = keywords[verdict->rule->keyword].name;
    struct stepden_json_span missing =
        stepden_verdict_missing(verdict->rule, verdict->value);

    if (missing.at == NULL)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, where,
                                "not allowed by %s%s", verdict->schema->place,
                                keyword);
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, where,
                            "not allowed by %s%s: \"%.*s\" is missing",
                            verdict->schema->place, keyword, (int)missing.size,
                            missing.at);
}

static enum stepden_status tell(const struct stepden_verdict *verdict,
                                struct stepden_diag *diag, const char *where)
{
    switch (verdict->limit) {
    case STEPDEN_VERDICT_TOO_DEEP:
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, where,
                                "more than %d schemas within each other",
                                STEPDEN_JSON_APPLIED_MAX);
    case STEPDEN_VERDICT_TOO_LONG:
        return stepden_diag_set(diag, STEPDEN_ERR_RANGE, where,
                                "the schemas look at the text too often");
    case STEPDEN_VERDICT_WITHIN:
        break;
    }
    return tell_fault(verdict, diag, where);
}

enum stepden_status
stepden_json_validate(const struct stepden_json_schema *schema,
                      const char *json, size_t size, struct stepden_diag *diag)
{
    enum stepden_status status = stepden_json_check(json, size, diag);
    struct stepden_verdict verdict = {.left = STEPDEN_JSON_LOOKS_MAX *
                                              (size + LOOKED_AT_LEAST)};
    char pointer[sizeof(diag->where)];

    if (status != STEPDEN_OK)
        return status;
    if (stepden_verdict_apply(&verdict, schema,
                              stepden_json_walk_root(json, size), NULL) &&
        verdict.limit == STEPDEN_VERDICT_WITHIN)
        return STEPDEN_OK;
    stepden_json_pointer(pointer, sizeof(pointer), json, size,
                         (size_t)(verdict.value.at - json));
    status = tell(&verdict, diag, pointer);
    if (diag != NULL)
        diag->offset = (size_t)(verdict.value.at - json);
    return status;
}
