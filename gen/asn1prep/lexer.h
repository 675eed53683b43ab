/* The lexical items of ASN.1 text (X.680, clause 12) and their comments. */
#ifndef ASN1PREP_LEXER_H
#define ASN1PREP_LEXER_H

#include <stdbool.h>

#include "report.h"

enum token_kind {
    TOKEN_END,       /* behind the last one */
    TOKEN_NAME,      /* begins with a lower-case letter */
    TOKEN_REFERENCE, /* begins with an upper-case letter */
    TOKEN_KEYWORD,   /* a reserved word (X.680, 12.38) */
    TOKEN_NUMBER,    /* digits only, without a sign */
    TOKEN_STRING,    /* "..." or '...'B or '...'H, with its quotes */
    TOKEN_SYMBOL,    /* ::= ... .. [[ ]] or one character */
};

/*
 * `text` is NUL-terminated and the whole of the item. `comment` is what stands
 * between it and the item before, from the first comment that begins on a line
 * of its own; NULL without.
 */
struct token {
    enum token_kind kind;
    const char *text;
    const char *comment;
    struct place at;
};

/*
 * The items of a file, then at least four of kind TOKEN_END. Lines end with LF,
 * CR or CR LF. Bytes that are not ASCII are allowed in comments and strings
 * only, in whatever encoding; elsewhere, a no-break space is a space and
 * everything else is refused.
 */
const struct token *lexer_read(const char *file);

/* Whether the item is this word or symbol. */
bool token_is(const struct token *token, const char *text);

/* What stands behind the bracket that closes the one at `open`. */
const struct token *token_after_group(const struct token *open);

#endif
