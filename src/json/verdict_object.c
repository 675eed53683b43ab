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

/* Whether `key`, which has its quotes, is that of the schema. */
static bool has_key(struct stepden_json_span key, struct stepden_json_span text)
{
    return stepden_json_string_equal(key.at + 1, key.at + key.size, text.at,
                                     text.at + text.size);
}

static bool find(struct member *member, struct stepden_json_span object,
                 struct stepden_json_span text)
{
    *member = begin(object);
    while (next(member))
        if (has_key(member->key, text))
            return true;
    return false;
}

static bool has_member(struct stepden_json_span object,
                       struct stepden_json_span text)
{
    struct member member;

    return find(&member, object, text);
}

static bool is_marked(const struct stepden_verdict_marks *marks, unsigned index)
{
    return (marks->members[index / 64] >> index % 64 & 1) != 0;
}

static void mark(struct stepden_verdict_marks *marks, unsigned index)
{
    marks->members[index / 64] |= UINT64_C(1) << index % 64;
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
    if (!is_object(value))
        return true;
    for (uint64_t i = 0; i < rule->count; i++)
        if (!has_member(value, rule->texts[i]))
            return false;
    return true;
}

bool stepden_verdict_dependent_required(const struct stepden_json_rule *rule,
                                        struct stepden_json_span value)
{
    return !is_object(value) || !has_member(value, rule->texts[0]) ||
           stepden_verdict_required(rule, value);
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

/*
 * In the order of the schema, which has constants first: what tells a branch
 * from another is known before what is in it, however the text is ordered.
 */
bool stepden_verdict_properties(struct stepden_verdict *verdict,
                                const struct stepden_json_rule *rule,
                                struct stepden_json_span value,
                                struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    for (uint64_t i = 0; i < rule->count; i++) {
        if (!find(&member, value, rule->texts[i]))
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

/* Those that nothing before has evaluated. */
bool stepden_verdict_other_properties(struct stepden_verdict *verdict,
                                      const struct stepden_json_rule *rule,
                                      struct stepden_json_span value,
                                      struct stepden_verdict_marks *marks)
{
    struct member member;

    if (!is_object(value))
        return true;
    for (member = begin(value); next(&member);) {
        if (is_marked(marks, member.index))
            continue;
        if (!stepden_verdict_apply(verdict, rule->schemas[0], member.value,
                                   NULL))
            return false;
        mark(marks, member.index);
    }
    return true;
}

bool stepden_verdict_dependent_schemas(struct stepden_verdict *verdict,
                                       const struct stepden_json_rule *rule,
                                       struct stepden_json_span value,
                                       struct stepden_verdict_marks *marks)
{
    if (!is_object(value))
        return true;
    for (uint64_t i = 0; i < rule->count; i++)
        if (has_member(value, rule->texts[i]) &&
            !stepden_verdict_apply(verdict, rule->schemas[i], value, marks))
            return false;
    return true;
}
