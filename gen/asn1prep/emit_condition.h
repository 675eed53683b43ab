/* Writes a condition as C, a constant of struct asn1_condition. */
#ifndef ASN1PREP_EMIT_CONDITION_H
#define ASN1PREP_EMIT_CONDITION_H

#include <stdio.h>

#include "condition.h"

/* A compound literal; its lines are `depth` steps to the right. */
void emit_condition(FILE *out, const struct condition *condition,
                    unsigned depth);

/* A constant of type int64_t. */
void emit_number(FILE *out, int64_t number);

#endif
