#include "json/verdict_parts.h"

#include "base/date_time.h"
#include "json/equal.h"
#include "json/exact.h"
#include "json/scan.h"

static unsigned type_of(struct stepden_json_span value)
{
    switch (*value.at) {
    case 'n':
        return STEPDEN_JSON_NULL;
    case 't':
    case 'f':
        return STEPDEN_JSON_BOOLEAN;
    case '{':
        return STEPDEN_JSON_OBJECT;
    case '[':
        return STEPDEN_JSON_ARRAY;
    case '"':
        return STEPDEN_JSON_STRING;
    default:
        return STEPDEN_JSON_NUMBER;
    }
}

bool stepden_verdict_type(const struct stepden_json_rule *rule,
                          struct stepden_json_span value)
{
    unsigned type = type_of(value);

    if ((rule->count & type) != 0)
        return true;
    return type == STEPDEN_JSON_NUMBER &&
           (rule->count & STEPDEN_JSON_INTEGER) != 0 &&
           stepden_json_number_is_integer(value);
}

bool stepden_verdict_const(const struct stepden_json_rule *rule,
                           struct stepden_json_span value)
{
    for (uint64_t i = 0; i < rule->count; i++)
        if (stepden_json_equal(value, rule->texts[i]))
            return true;
    return false;
}

bool stepden_verdict_number(const struct stepden_json_rule *rule,
                            struct stepden_json_span value)
{
    int order;

    if (type_of(value) != STEPDEN_JSON_NUMBER)
        return true;
    order = stepden_json_number_compare(value, rule->texts[0]);
    switch (rule->keyword) {
    case STEPDEN_JSON_MINIMUM:
        return order >= 0;
    case STEPDEN_JSON_EXCLUSIVE_MINIMUM:
        return order > 0;
    case STEPDEN_JSON_MAXIMUM:
        return order <= 0;
    default:
        return order < 0;
    }
}

bool stepden_verdict_multiple_of(const struct stepden_json_rule *rule,
                                 struct stepden_json_span value)
{
    struct stepden_json_divisor divisor;

    return type_of(value) != STEPDEN_JSON_NUMBER ||
           (stepden_json_divisor_parse(&divisor, rule->texts[0]) &&
            stepden_json_number_is_multiple(value, divisor));
}

bool stepden_verdict_length(const struct stepden_json_rule *rule,
                            struct stepden_json_span value)
{
    const char *at = value.at + 1;
    uint64_t count = 0;
    char utf8[4];

    if (type_of(value) != STEPDEN_JSON_STRING)
        return true;
    while (stepden_json_next_character(&at, value.at + value.size, utf8) != 0)
        count++;
    return rule->keyword == STEPDEN_JSON_MIN_LENGTH ? count >= rule->count
                                                    : count <= rule->count;
}

bool stepden_verdict_date_time(const struct stepden_json_rule *rule,
                               struct stepden_json_span value)
{
    char text[STEPDEN_JSON_DATE_TIME_MAX];

    (void)rule;
    return type_of(value) != STEPDEN_JSON_STRING ||
           stepden_date_time_is_valid(
               text, stepden_json_date_time(text, value.at + 1,
                                            value.at + value.size));
}

bool stepden_verdict_pattern(const struct stepden_json_rule *rule,
                             struct stepden_json_span value)
{
    return type_of(value) != STEPDEN_JSON_STRING ||
           stepden_json_matches(rule->patterns[0], value.at, value.size);
}
