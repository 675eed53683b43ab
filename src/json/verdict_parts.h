/* What the parts of the verdict share. */
#ifndef STEPDEN_JSON_VERDICT_PARTS_H
#define STEPDEN_JSON_VERDICT_PARTS_H

#include <stdbool.h>

#include <stepden/json/reader.h>
#include <stepden/json/verdict.h>

/* The resources that have been entered, the last one first. */
struct stepden_verdict_scope {
    const struct stepden_verdict_scope *outer;
    unsigned resource;
};

enum stepden_verdict_limit {
    STEPDEN_VERDICT_WITHIN,
    STEPDEN_VERDICT_TOO_DEEP,
    STEPDEN_VERDICT_TOO_LONG,
};

struct stepden_verdict {
    const struct stepden_verdict_scope *scope;
    const struct stepden_json_schema *schema; /* of the last fault */
    const struct stepden_json_rule *rule;
    struct stepden_json_span value;
    unsigned applied;                 /* schemas, within each other */
    uint64_t left;                    /* bytes that may still be looked at */
    enum stepden_verdict_limit limit; /* beyond one, all verdicts are false */
};

/* So many members of an object are marked at a time. */
enum { STEPDEN_VERDICT_WINDOW = 256 };

/*
 * Which members and elements of a value the keywords that were applied to it
 * have looked at: "evaluated".
 */
struct stepden_verdict_marks {
    uint64_t members[STEPDEN_VERDICT_WINDOW / 64];
    unsigned first; /* of these members */
    unsigned crowd; /* all members, if there are some outside the window that
                       unevaluatedProperties has to look at too */
    const struct stepden_json_rule *named; /* the first that names members */
    uint64_t elements;                     /* so many from the first on */
    unsigned contains_count;
    const struct stepden_json_schema *contains[STEPDEN_JSON_CONTAINS_MAX];
};

/*
 * Whether `value` is valid by `schema`. If so, what was evaluated is added to
 * `marks`, unless that is NULL.
 */
bool stepden_verdict_apply(struct stepden_verdict *verdict,
                           const struct stepden_json_schema *schema,
                           struct stepden_json_span value,
                           struct stepden_verdict_marks *marks);

/* A `contains` that `value` is valid by evaluates what it allows. */
void stepden_verdict_mark_contains(struct stepden_verdict_marks *marks,
                                   const struct stepden_json_schema *schema);

/*
 * Whether `value` is valid by one keyword; each is true of types that it does
 * not speak of. A test needs no other schema, a check does.
 */
typedef bool stepden_verdict_test(const struct stepden_json_rule *rule,
                                  struct stepden_json_span value);
typedef bool stepden_verdict_check(struct stepden_verdict *verdict,
                                   const struct stepden_json_rule *rule,
                                   struct stepden_json_span value,
                                   struct stepden_verdict_marks *marks);

/* verdict_value.c */
stepden_verdict_test stepden_verdict_type;
stepden_verdict_test stepden_verdict_const;
stepden_verdict_test stepden_verdict_number;
stepden_verdict_test stepden_verdict_multiple_of;
stepden_verdict_test stepden_verdict_length;
stepden_verdict_test stepden_verdict_date_time;
stepden_verdict_test stepden_verdict_pattern;

/* verdict_object.c */
stepden_verdict_test stepden_verdict_member_count;
stepden_verdict_test stepden_verdict_required;
stepden_verdict_test stepden_verdict_dependent_required;
stepden_verdict_check stepden_verdict_property_names;
stepden_verdict_check stepden_verdict_properties;
stepden_verdict_check stepden_verdict_pattern_properties;
stepden_verdict_check stepden_verdict_additional_properties;
stepden_verdict_check stepden_verdict_unevaluated_properties;
stepden_verdict_check stepden_verdict_dependent_schemas;

/* The key that a rule of required keys misses first; none of other rules. */
struct stepden_json_span
stepden_verdict_missing(const struct stepden_json_rule *rule,
                        struct stepden_json_span value);

/* verdict_array.c */
stepden_verdict_test stepden_verdict_element_count;
stepden_verdict_test stepden_verdict_unique_items;
stepden_verdict_check stepden_verdict_prefix_items;
stepden_verdict_check stepden_verdict_items;
stepden_verdict_check stepden_verdict_contains;

#endif
