/* The unit of a type, which the modules tell in comments only. */
#ifndef ASN1PREP_UNIT_H
#define ASN1PREP_UNIT_H

#include "lexer.h"

/*
 * What the comment on an item says last behind "Unit:", or as ETSI writes it,
 * "@unit" with or without a colon: up to the end of the line, of the sentence,
 * or a comma with a blank behind. A decimal comma becomes a point. NULL if it
 * says nothing, or "n/a".
 */
const char *unit_of(const struct token *item);

#endif
