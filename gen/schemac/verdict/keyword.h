/* The keywords of JSON Schema (draft 2020-12) that a verdict knows. */
#ifndef SCHEMAC_VERDICT_KEYWORD_H
#define SCHEMAC_VERDICT_KEYWORD_H

#include <stdbool.h>

#include "common/place.h"

/* What a keyword has for its value. */
enum operand {
    OPERAND_ANY,         /* an annotation */
    OPERAND_TEXT,        /* likewise, a string */
    OPERAND_BOOLEAN,     /* likewise, true or false */
    OPERAND_LIST,        /* likewise, an array */
    OPERAND_VOCABULARY,  /* likewise, an object of true and false */
    OPERAND_NAME,        /* a string that is dealt with while loading */
    OPERAND_SCHEMA,      /* one schema */
    OPERAND_PART,        /* likewise, of another keyword's rule or of none */
    OPERAND_SCHEMAS,     /* an array of them */
    OPERAND_MEMBERS,     /* an object of them */
    OPERAND_DEFINITIONS, /* likewise, without a rule */
    OPERAND_PATTERNS,    /* likewise, under regular expressions */
    OPERAND_TYPES,
    OPERAND_VALUE,
    OPERAND_VALUES,
    OPERAND_NUMBER,
    OPERAND_DIVISOR,
    OPERAND_COUNT,
    OPERAND_LIMIT, /* a count, of another keyword's rule */
    OPERAND_PATTERN,
    OPERAND_FORMAT,
    OPERAND_FLAG,
    OPERAND_KEYS,
    OPERAND_DEPENDENT_KEYS,
    OPERAND_REFERENCE,
    OPERAND_DYNAMIC_REFERENCE,
    OPERAND_CONTAINS,
    OPERAND_IF,
    OPERAND_ANY_OF,
};

struct verdict_keyword {
    const char *name;
    const char *rule; /* STEPDEN_JSON_ and this; NULL: it has none */
    enum operand operand;
    bool in_place; /* its schemas are applied to the same value */
};

/* In the order of the rules; ends with a name NULL. */
extern const struct verdict_keyword verdict_keywords[];

/* Ends the run when there is none with that `name`. */
const struct verdict_keyword *verdict_keyword(const struct place *place,
                                              const char *name);

#endif
