#include "lexer.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* So many that a look ahead never leaves the array. */
#define LEXER_END_TOKENS 4

struct lexer {
    const char *next; /* NUL behind the last byte */
    const char *end;
    struct place at;
    const char *comment; /* before the next item; NULL: none */
    struct token *tokens;
    size_t count;
};

static const char *const keywords[] = {
    "ABSENT",
    "ABSTRACT-SYNTAX",
    "ALL",
    "ANY",
    "APPLICATION",
    "AUTOMATIC",
    "BEGIN",
    "BIT",
    "BMPString",
    "BOOLEAN",
    "BY",
    "CHARACTER",
    "CHOICE",
    "CLASS",
    "COMPONENT",
    "COMPONENTS",
    "CONSTRAINED",
    "CONTAINING",
    "DEFAULT",
    "DEFINED",
    "DEFINITIONS",
    "DESCENDANTS",
    "EMBEDDED",
    "ENCODED",
    "ENCODING-CONTROL",
    "END",
    "ENUMERATED",
    "EXCEPT",
    "EXPLICIT",
    "EXPORTS",
    "EXTENSIBILITY",
    "EXTERNAL",
    "FALSE",
    "FROM",
    "GeneralString",
    "GeneralizedTime",
    "GraphicString",
    "IA5String",
    "IDENTIFIER",
    "IMPLICIT",
    "IMPLIED",
    "IMPORTS",
    "INCLUDES",
    "INSTANCE",
    "INTEGER",
    "INTERSECTION",
    "ISO646String",
    "MACRO",
    "MAX",
    "MIN",
    "MINUS-INFINITY",
    "NULL",
    "NumericString",
    "OBJECT",
    "OCTET",
    "OF",
    "OPTIONAL",
    "ObjectDescriptor",
    "PATTERN",
    "PDV",
    "PLUS-INFINITY",
    "PRESENT",
    "PRIVATE",
    "PrintableString",
    "REAL",
    "RELATIVE-OID",
    "SEQUENCE",
    "SET",
    "SETTINGS",
    "SIZE",
    "STRING",
    "SUCCESSORS",
    "SYNTAX",
    "T61String",
    "TAGS",
    "TIME",
    "TRUE",
    "TYPE-IDENTIFIER",
    "TeletexString",
    "UNION",
    "UNIQUE",
    "UNIVERSAL",
    "UTCTime",
    "UTF8String",
    "UniversalString",
    "VideotexString",
    "VisibleString",
    "WITH",
};

static const char *const symbols[] = {"::=", "...", "..", "[[", "]]"};

static bool begins_with(const struct lexer *lexer, const char *text)
{
    return strncmp(lexer->next, text, strlen(text)) == 0;
}

static bool at_newline(const struct lexer *lexer)
{
    return strchr("\n\v\f\r", *lexer->next) != NULL && *lexer->next != '\0';
}

static void advance(struct lexer *lexer)
{
    bool is_crlf = begins_with(lexer, "\r\n");

    if (at_newline(lexer) && !is_crlf)
        lexer->at.line++;
    lexer->next++;
}

/*
 * Ends at the next "--" or at the end of the line (X.680, 12.6.3). A longer
 * run of hyphens, as of a line that is ruled with them, counts as one "--".
 * Not so in a comment that begins with two: four or more end it and begin
 * the next, and the third of three is the sign of a number.
 */
static void skip_line_comment(struct lexer *lexer)
{
    size_t first = strspn(lexer->next, "-");
    size_t run = 0;

    lexer->next += first;
    while (lexer->next < lexer->end && !at_newline(lexer)) {
        run = strspn(lexer->next, "-");
        lexer->next += run > 0 ? run : 1;
        if (run >= 2 && (run <= 3 || first > 2))
            break;
    }
    if (first == 2 && run == 3 && isdigit((unsigned char)*lexer->next))
        lexer->next--;
}

/* These nest (X.680, 12.6.4). */
static void skip_block_comment(struct lexer *lexer)
{
    struct place start = lexer->at;
    unsigned depth = 0;

    do {
        if (lexer->next == lexer->end)
            fail_at(start, "\"/*\" found, but no \"*/\" that ends it");
        if (begins_with(lexer, "/*")) {
            depth++;
            lexer->next += 2;
        } else if (begins_with(lexer, "*/")) {
            depth--;
            lexer->next += 2;
        } else {
            advance(lexer);
        }
    } while (depth > 0);
}

/* White space, with the no-break space of Latin-1 and of UTF-8. */
static bool skip_space(struct lexer *lexer)
{
    if (isspace((unsigned char)*lexer->next))
        advance(lexer);
    else if (begins_with(lexer, "\xc2\xa0"))
        lexer->next += 2;
    else if (begins_with(lexer, "\xa0"))
        lexer->next++;
    else
        return false;
    return true;
}

/* A comment beside an item is not one on the next item. */
static void keep_comment(struct lexer *lexer)
{
    bool is_beside = lexer->count > 0 &&
                     lexer->tokens[lexer->count - 1].at.line == lexer->at.line;

    if (lexer->comment == NULL && !is_beside)
        lexer->comment = lexer->next;
}

static void skip_blanks(struct lexer *lexer)
{
    lexer->comment = NULL;
    for (;;) {
        if (begins_with(lexer, "--")) {
            keep_comment(lexer);
            skip_line_comment(lexer);
        } else if (begins_with(lexer, "/*")) {
            keep_comment(lexer);
            skip_block_comment(lexer);
        } else if (!skip_space(lexer)) {
            return;
        }
    }
}

static const char *take_comment(const struct lexer *lexer)
{
    if (lexer->comment == NULL)
        return NULL;
    return memory_text(lexer->comment, (size_t)(lexer->next - lexer->comment));
}

static bool is_keyword(const char *text)
{
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keywords[i], text) == 0)
            return true;
    return false;
}

/* Letters, digits and single hyphens, the last one not a hyphen. */
static size_t word_size(const char *word)
{
    size_t size = 1;

    for (;;) {
        if (isalnum((unsigned char)word[size]))
            size++;
        else if (word[size] == '-' && isalnum((unsigned char)word[size + 1]))
            size += 2;
        else
            return size;
    }
}

/* With both quotes; a doubled quote does not end it. */
static size_t string_size(const struct lexer *lexer)
{
    char quote = *lexer->next;
    const char *last = lexer->next + 1;

    for (; last < lexer->end; last++) {
        if (*last != quote)
            continue;
        if (last[1] != quote)
            break;
        last++;
    }
    if (last >= lexer->end)
        fail_at(lexer->at, "%c found, but no %c that ends the string", quote,
                quote);
    if (quote == '\'' && (last[1] == 'B' || last[1] == 'H'))
        last++;
    return (size_t)(last + 1 - lexer->next);
}

static size_t symbol_size(const struct lexer *lexer)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (begins_with(lexer, symbols[i]))
            return strlen(symbols[i]);
    return 1;
}

static void add(struct lexer *lexer, enum token_kind kind, size_t size)
{
    struct token *token;

    lexer->tokens =
        memory_grow(lexer->tokens, lexer->count, sizeof *lexer->tokens);
    token = &lexer->tokens[lexer->count++];
    *token = (struct token){
        .kind = kind,
        .text = memory_text(lexer->next, size),
        .comment = take_comment(lexer),
        .at = lexer->at,
    };
    if (kind == TOKEN_REFERENCE && is_keyword(token->text))
        token->kind = TOKEN_KEYWORD;
    while (size-- > 0)
        advance(lexer);
}

static void add_next(struct lexer *lexer)
{
    unsigned char first = (unsigned char)*lexer->next;

    if (islower(first))
        add(lexer, TOKEN_NAME, word_size(lexer->next));
    else if (isupper(first))
        add(lexer, TOKEN_REFERENCE, word_size(lexer->next));
    else if (isdigit(first))
        add(lexer, TOKEN_NUMBER, strspn(lexer->next, "0123456789"));
    else if (first == '"' || first == '\'')
        add(lexer, TOKEN_STRING, string_size(lexer));
    else if (isgraph(first))
        add(lexer, TOKEN_SYMBOL, symbol_size(lexer));
    else
        fail_at(lexer->at,
                "byte 0x%02x found; outside comments and strings only ASCII "
                "is allowed",
                first);
}

static char *read_file(const char *file, size_t *size)
{
    FILE *input = fopen(file, "rb");
    char *bytes;
    long length;

    if (input == NULL || fseek(input, 0, SEEK_END) != 0 ||
        (length = ftell(input)) < 0)
        fail("cannot read %s: %s", file, strerror(errno));
    rewind(input);
    *size = (size_t)length;
    bytes = memory_new(*size + 1);
    if (fread(bytes, 1, *size, input) != *size)
        fail("cannot read %s: %s", file, strerror(errno));
    fclose(input);
    return bytes;
}

const struct token *lexer_read(const char *file)
{
    struct lexer lexer = {.at = {.file = file, .line = 1}};
    size_t size;

    lexer.next = read_file(file, &size);
    lexer.end = lexer.next + size;
    if (begins_with(&lexer, "\xef\xbb\xbf"))
        lexer.next += 3;
    for (skip_blanks(&lexer); lexer.next < lexer.end; skip_blanks(&lexer))
        add_next(&lexer);
    for (size_t i = 0; i < LEXER_END_TOKENS; i++) {
        add(&lexer, TOKEN_END, 0);
        lexer.tokens[lexer.count - 1].text = "the end of the file";
    }
    return lexer.tokens;
}

bool token_is(const struct token *token, const char *text)
{
    return (token->kind == TOKEN_KEYWORD || token->kind == TOKEN_SYMBOL) &&
           strcmp(token->text, text) == 0;
}

const struct token *token_after_group(const struct token *open)
{
    const struct token *token = open;
    unsigned depth = 0;

    do {
        if (token->kind == TOKEN_END)
            fail_at(open->at, "\"%s\" found, but nothing that closes it",
                    open->text);
        if (token_is(token, "{") || token_is(token, "(") ||
            token_is(token, "[") || token_is(token, "[["))
            depth++;
        else if (token_is(token, "}") || token_is(token, ")") ||
                 token_is(token, "]") || token_is(token, "]]"))
            depth--;
        token++;
    } while (depth > 0);
    return token;
}
