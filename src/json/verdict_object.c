#include "json/verdict_parts.h"

#include "json/scan.h"
#include "json/walk.h"

/* A member and its place among the others. */
struct member {
    struct stepden_json_walk walk;
    struct stepden_json_span key;
    struct stepden_json_span value;
    unsigned index;
};

static bool is_object(struct stepden_json_span value)
{
    return *value.at == '{';
}

/* Before the first member. */
static struct member begin(struct stepden_json_span object)
{
    return (struct member){.walk = stepden_json_walk_into(object),
                           .index = (unsigned)-1};
}

static bool next(struct member *member)
{
    member->index++;
    return stepden_json_walk_member(&member->walk, &member->key,
                                    &member->value);
}

/*
 * Which of the rule's keys, which are sorted, is `key`, which has its quotes;
 * `count` when none is.
 */
static uint64_t find_key(const struct stepden_json_rule *rule,
                         struct stepden_json_span key)
{
    uint64_t low = 0, high = rule->count;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        struct stepden_json_span text = rule->texts[middle];
        int order = stepden_json_string_compare(key.at + 1, key.at + key.size,
                                                text.at, text.at + text.size);

        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return rule->count;
}

static bool is_in_window(const struct stepden_verdict_marks *marks,
                         unsigned index)
{
    return index >= marks->first &&
           index - marks->first < STEPDEN_VERDICT_WINDOW;
}

static bool is_marked(const struct stepden_verdict_marks *marks, unsigned index)
{
    unsigned bit = index % STEPDEN_VERDICT_WINDOW;

    return (marks->members[bit / 64] >> bit % 64 & 1) != 0;
}

static void mark(struct stepden_verdict_marks *marks, unsigned index)
{
    unsigned bit = index % STEPDEN_VERDICT_WINDOW;

    if (is_in_window(marks, index))
        marks->members[bit / 64] |= UINT64_C(1) << bit % 64;
}

bool stepden_verdict_member_count(const struct stepden_json_rule *rule,
                                  struct stepden_json_span value)
{
    struct member member;

    if (!is_object(value))
        return true;
    member = begin(value);
    while (next(&member))
        ;
    return rule->keyword == STEPDEN_JSON_MIN_PROPERTIES
               ? member.index >= rule->count
               : member.index <= rule->count;
}

bool stepden_verdict_required(const struct stepden_json_rule *rule,
                              struct stepden_json_span value)
{
    struct member member;
    uint64_t found = 0;

    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);)
        found += find_key(rule, member.key) < rule->count;
    return found == rule->count;
}

/* The first of the keys depends on those behind it. */
bool stepden_verdict_dependent_required(const struct stepden_json_rule *rule,
                                        struct stepden_json_span value)
{
    struct stepden_json_rule first = *rule, others = *rule;

    first.count = 1;
    others.count--;
    others.texts++;
    return !is_object(value) || !stepden_verdict_required(&first, value) ||
           stepden_verdict_required(&others, value);
}

static bool has_key(struct stepden_json_span object,
                    struct stepden_json_span text)
{
    struct member member;

    for (member = begin(object); next(&member);)
        if (stepden_json_string_equal(member.key.at + 1,
                                      member.key.at + member.key.size, text.at,
                                      text.at + text.size))
            return true;
    return false;
}

struct stepden_json_span
stepden_verdict_missing(const struct stepden_json_rule *rule,
                        struct stepden_json_span value)
{
    bool depends = rule->keyword == STEPDEN_JSON_DEPENDENT_REQUIRED;

    if (depends || rule->keyword == STEPDEN_JSON_REQUIRED)
        for (uint64_t i = depends; i < rule->count; i++)
            if (!has_key(value, rule->texts[i]))
                return rule->texts[i];
    return (struct stepden_json_span){0};
}

bool stepden_verdict_property_names(struct stepden_verdict *verdict,
                                    const struct stepden_json_rule *rule,
                                    struct stepden_json_span value,
                                    struct stepden_verdict_marks *marks)
{
    struct member member;

    (void)marks;
    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);)
        if (!stepden_verdict_apply(verdict, rule->schemas[0], member.key, NULL))
            return false;
    return true;
}

bool stepden_verdict_properties(struct stepden_verdict *verdict,
                                const struct stepden_json_rule *rule,
                                struct stepden_json_span value,
                                struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    if (marks->named == NULL)
        marks->named = rule;
    for (member = begin(value); next(&member);) {
        uint64_t i = find_key(rule, member.key);

        if (i == rule->count)
            continue;
        if (!stepden_verdict_apply(verdict, rule->schemas[i], member.value,
                                   NULL))
            return false;
        mark(marks, member.index);
    }
    return true;
}

bool stepden_verdict_pattern_properties(struct stepden_verdict *verdict,
                                        const struct stepden_json_rule *rule,
                                        struct stepden_json_span value,
                                        struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    if (marks->named == NULL)
        marks->named = rule;
    for (member = begin(value); next(&member);)
        for (uint64_t i = 0; i < rule->count; i++) {
            if (!stepden_json_matches(rule->patterns[i], member.key.at,
                                      member.key.size))
                continue;
            if (!stepden_verdict_apply(verdict, rule->schemas[i], member.value,
                                       NULL))
                return false;
            mark(marks, member.index);
        }
    return true;
}

/* Whether a rule before the last one speaks of the key. */
static bool is_named(const struct stepden_json_rule *rule,
                     const struct stepden_json_rule *last,
                     struct stepden_json_span key)
{
    for (; rule != NULL && rule < last; rule++) {
        if (rule->keyword == STEPDEN_JSON_PROPERTIES) {
            if (find_key(rule, key) < rule->count)
                return true;
            continue;
        }
        for (uint64_t i = 0; i < rule->count; i++)
            if (stepden_json_matches(rule->patterns[i], key.at, key.size))
                return true;
    }
    return false;
}

bool stepden_verdict_additional_properties(struct stepden_verdict *verdict,
                                           const struct stepden_json_rule *rule,
                                           struct stepden_json_span value,
                                           struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);) {
        if (is_in_window(marks, member.index)
                ? is_marked(marks, member.index)
                : is_named(marks->named, rule, member.key))
            continue;
        if (!stepden_verdict_apply(verdict, rule->schemas[0], member.value,
                                   NULL))
            return false;
        mark(marks, member.index);
    }
    return true;
}

/* Those of the window that nothing before has evaluated. */
bool stepden_verdict_unevaluated_properties(
    struct stepden_verdict *verdict, const struct stepden_json_rule *rule,
    struct stepden_json_span value, struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);) {
        if (!is_in_window(marks, member.index) ||
            is_marked(marks, member.index))
            continue;
        if (!stepden_verdict_apply(verdict, rule->schemas[0], member.value,
                                   NULL))
            return false;
        mark(marks, member.index);
    }
    if (member.index > STEPDEN_VERDICT_WINDOW)
        marks->crowd = member.index;
    return true;
}

bool stepden_verdict_dependent_schemas(struct stepden_verdict *verdict,
                                       const struct stepden_json_rule *rule,
                                       struct stepden_json_span value,
                                       struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);) {
        uint64_t i = find_key(rule, member.key);

        if (i < rule->count &&
            !stepden_verdict_apply(verdict, rule->schemas[i], value, marks))
            return false;
    }
    return true;
}
