#include "verdict/keyword.h"

#include <stddef.h>
#include <string.h>

const struct verdict_keyword verdict_keywords[] = {
    {"type", "TYPE", OPERAND_TYPES, false},
    {"const", "CONST", OPERAND_VALUE, false},
    {"enum", "ENUM", OPERAND_VALUES, false},
    {"minimum", "MINIMUM", OPERAND_NUMBER, false},
    {"exclusiveMinimum", "EXCLUSIVE_MINIMUM", OPERAND_NUMBER, false},
    {"maximum", "MAXIMUM", OPERAND_NUMBER, false},
    {"exclusiveMaximum", "EXCLUSIVE_MAXIMUM", OPERAND_NUMBER, false},
    {"multipleOf", "MULTIPLE_OF", OPERAND_DIVISOR, false},
    {"minLength", "MIN_LENGTH", OPERAND_COUNT, false},
    {"maxLength", "MAX_LENGTH", OPERAND_COUNT, false},
    {"minItems", "MIN_ITEMS", OPERAND_COUNT, false},
    {"maxItems", "MAX_ITEMS", OPERAND_COUNT, false},
    {"minProperties", "MIN_PROPERTIES", OPERAND_COUNT, false},
    {"maxProperties", "MAX_PROPERTIES", OPERAND_COUNT, false},
    {"format", "DATE_TIME", OPERAND_FORMAT, false},
    {"pattern", "PATTERN", OPERAND_PATTERN, false},
    {"uniqueItems", "UNIQUE_ITEMS", OPERAND_FLAG, false},
    {"required", "REQUIRED", OPERAND_KEYS, false},
    {"dependentRequired", "DEPENDENT_REQUIRED", OPERAND_DEPENDENT_KEYS, false},
    {"propertyNames", "PROPERTY_NAMES", OPERAND_SCHEMA, false},
    {"properties", "PROPERTIES", OPERAND_MEMBERS, false},
    {"patternProperties", "PATTERN_PROPERTIES", OPERAND_PATTERNS, false},
    {"additionalProperties", "ADDITIONAL_PROPERTIES", OPERAND_SCHEMA, false},
    {"prefixItems", "PREFIX_ITEMS", OPERAND_SCHEMAS, false},
    {"items", "ITEMS", OPERAND_SCHEMA, false},
    {"contains", "CONTAINS", OPERAND_CONTAINS, false},
    {"$ref", "REF", OPERAND_REFERENCE, true},
    {"$dynamicRef", "DYNAMIC_REF", OPERAND_DYNAMIC_REFERENCE, true},
    {"allOf", "ALL_OF", OPERAND_SCHEMAS, true},
    {"anyOf", "ANY_OF", OPERAND_ANY_OF, true},
    {"oneOf", "ONE_OF", OPERAND_SCHEMAS, true},
    {"not", "NOT", OPERAND_SCHEMA, true},
    {"if", "IF", OPERAND_IF, true},
    {"dependentSchemas", "DEPENDENT_SCHEMAS", OPERAND_MEMBERS, true},
    {"unevaluatedProperties", "UNEVALUATED_PROPERTIES", OPERAND_SCHEMA, false},
    {"unevaluatedItems", "UNEVALUATED_ITEMS", OPERAND_SCHEMA, false},
    {"$schema", NULL, OPERAND_NAME, false},
    {"$id", NULL, OPERAND_NAME, false},
    {"$anchor", NULL, OPERAND_NAME, false},
    {"$dynamicAnchor", NULL, OPERAND_NAME, false},
    {"$defs", NULL, OPERAND_DEFINITIONS, false},
    {"minContains", NULL, OPERAND_LIMIT, false},
    {"maxContains", NULL, OPERAND_LIMIT, false},
    {"then", NULL, OPERAND_PART, false},
    {"else", NULL, OPERAND_PART, false},
    {"contentSchema", NULL, OPERAND_PART, false},
    {"contentEncoding", NULL, OPERAND_TEXT, false},
    {"contentMediaType", NULL, OPERAND_TEXT, false},
    {"$comment", NULL, OPERAND_TEXT, false},
    {"$vocabulary", NULL, OPERAND_VOCABULARY, false},
    {"title", NULL, OPERAND_TEXT, false},
    {"description", NULL, OPERAND_TEXT, false},
    {"default", NULL, OPERAND_ANY, false},
    {"examples", NULL, OPERAND_LIST, false},
    {"deprecated", NULL, OPERAND_BOOLEAN, false},
    {"readOnly", NULL, OPERAND_BOOLEAN, false},
    {"writeOnly", NULL, OPERAND_BOOLEAN, false},
    {NULL, NULL, OPERAND_ANY, false},
};

const struct verdict_keyword *verdict_keyword(const struct place *place,
                                              const char *name)
{
    static const struct verdict_keyword annotation = {"x-", NULL, OPERAND_ANY,
                                                      false};

    for (const struct verdict_keyword *keyword = verdict_keywords;
         keyword->name != NULL; keyword++)
        if (strcmp(keyword->name, name) == 0)
            return keyword;
    if (strncmp(name, "x-", 2) == 0)
        return &annotation;
    fail_at(place, "keyword \"%s\" is not supported", name);
}
