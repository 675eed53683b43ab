/* Steps through tokens on behalf of the parsers. */
#ifndef ASN1PREP_CURSOR_H
#define ASN1PREP_CURSOR_H

#include "type.h"

struct cursor {
    const struct token *next;
    unsigned depth; /* of what is nested */
};

/* Goes into what may be nested; 100 deep it is refused. */
void cursor_enter(struct cursor *cursor);
void cursor_leave(struct cursor *cursor);

bool cursor_at(const struct cursor *cursor, const char *text);

/* Steps over this word or symbol if it is next. */
bool cursor_accept(struct cursor *cursor, const char *text);

/* Steps over it; anything else is refused. */
void cursor_expect(struct cursor *cursor, const char *text);

/* Refuses what is next, saying what is allowed instead. */
_Noreturn void cursor_refuse(const struct cursor *cursor, const char *allowed);

/* Takes a name (of a member, a value, a number). */
const struct token *cursor_name(struct cursor *cursor);

/* Takes a value: number with or without sign, name, or one of the keywords. */
struct value cursor_value(struct cursor *cursor);

/* Takes "(...)" constraints, as many as there are. */
struct constraint_set *constraint_parse(struct cursor *cursor);

/* Takes what stands behind SIZE: "(...)". */
struct constraint_set *constraint_parse_size(struct cursor *cursor);

#endif
