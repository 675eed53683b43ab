#include "json/verdict_parts.h"

#include "json/equal.h"
#include "json/walk.h"

static bool is_array(struct stepden_json_span value)
{
    return *value.at == '[';
}

bool stepden_verdict_element_count(const struct stepden_json_rule *rule,
                                   struct stepden_json_span value)
{
    struct stepden_json_walk walk;
    uint64_t count = 0;

    if (!is_array(value))
        return true;
    for (walk = stepden_json_walk_into(value);
         stepden_json_walk_element(&walk, &value);)
        count++;
    return rule->keyword == STEPDEN_JSON_MIN_ITEMS ? count >= rule->count
                                                   : count <= rule->count;
}

bool stepden_verdict_unique_items(const struct stepden_json_rule *rule,
                                  struct stepden_json_span value)
{
    (void)rule;
    return !is_array(value) || stepden_json_repeated(value) == NULL;
}

bool stepden_verdict_prefix_items(struct stepden_verdict *verdict,
                                  const struct stepden_json_rule *rule,
                                  struct stepden_json_span value,
                                  struct stepden_verdict_marks *marks)
{
    struct stepden_json_walk walk;
    uint64_t i = 0;

    if (!is_array(value))
        return true;
    walk = stepden_json_walk_into(value);
    for (; i < rule->count && stepden_json_walk_element(&walk, &value); i++)
        if (!stepden_verdict_apply(verdict, rule->schemas[i], value, NULL))
            return false;
    marks->elements = i;
    return true;
}

static bool is_contained(struct stepden_verdict *verdict,
                         const struct stepden_verdict_marks *marks,
                         struct stepden_json_span element)
{
    for (unsigned i = 0; i < marks->contains_count; i++)
        if (stepden_verdict_apply(verdict, marks->contains[i], element, NULL))
            return true;
    return false;
}

/*
 * Those that nothing before has evaluated. `items` comes before `contains`, of
 * which it takes no notice.
 */
bool stepden_verdict_items(struct stepden_verdict *verdict,
                           const struct stepden_json_rule *rule,
                           struct stepden_json_span value,
                           struct stepden_verdict_marks *marks)
{
    struct stepden_json_walk walk;
    uint64_t i = 0;

    if (!is_array(value))
        return true;
    walk = stepden_json_walk_into(value);
    for (; stepden_json_walk_element(&walk, &value); i++)
        if (i >= marks->elements && !is_contained(verdict, marks, value) &&
            !stepden_verdict_apply(verdict, rule->schemas[0], value, NULL))
            return false;
    marks->elements = UINT64_MAX;
    return true;
}

bool stepden_verdict_contains(struct stepden_verdict *verdict,
                              const struct stepden_json_rule *rule,
                              struct stepden_json_span value,
                              struct stepden_verdict_marks *marks)
{
    struct stepden_json_walk walk;
    uint64_t count = 0;

    if (!is_array(value))
        return true;
    for (walk = stepden_json_walk_into(value);
         stepden_json_walk_element(&walk, &value);)
        count += stepden_verdict_apply(verdict, rule->schemas[0], value, NULL);
    if (count < rule->count || count > rule->maximum)
        return false;
    stepden_verdict_mark_contains(marks, rule->schemas[0]);
    return true;
}
