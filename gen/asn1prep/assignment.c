#include "assignment.h"

#include "memory.h"

/* The first half of these builtin types; the second is one more keyword. */
static const char *const two_word_types[] = {
    "BIT", "OCTET", "CHARACTER", "OBJECT", "EMBEDDED",
};

static bool opens_group(const struct token *token)
{
    return token_is(token, "{") || token_is(token, "(") ||
           token_is(token, "[") || token_is(token, "[[");
}

static const struct token *skip_groups(const struct token *token,
                                       const char *open)
{
    while (token_is(token, open))
        token = token_after_group(token);
    return token;
}

static const struct token *skip_tag(const struct token *token)
{
    if (token_is(token, "["))
        token = token_after_group(token);
    if (token_is(token, "IMPLICIT") || token_is(token, "EXPLICIT"))
        token++;
    return token;
}

static bool begins_list(const struct token *token)
{
    bool is_sequence = token_is(token, "SEQUENCE") || token_is(token, "SET");

    return is_sequence && !token_is(token + 1, "{");
}

/* Up to T of SEQUENCE SIZE(1) OF x T and SET (SIZE(1)) OF T; NULL: no OF. */
static const struct token *skip_list(const struct token *token)
{
    token++;
    if (token_is(token, "SIZE"))
        token++;
    token = skip_groups(token, "(");
    if (!token_is(token, "OF"))
        return NULL;
    token++;
    if (token->kind == TOKEN_NAME)
        token++;
    return skip_tag(token);
}

/* T, Module.T, CLASS.&field, T{parameters} */
static const struct token *skip_reference(const struct token *token)
{
    token++;
    while (token_is(token, ".")) {
        token++;
        if (token_is(token, "&"))
            token++;
        token++;
    }
    return skip_groups(token, "{");
}

static const struct token *skip_builtin(const struct token *token)
{
    for (size_t i = 0; i < sizeof two_word_types / sizeof *two_word_types; i++)
        if (token_is(token, two_word_types[i]))
            return skip_groups(token + 2, "{");
    return skip_groups(token + 1, "{");
}

/* What stands behind a type in its outline, or NULL: not a type. */
static const struct token *skip_type(const struct token *type)
{
    const struct token *token = skip_tag(type);

    while (token != NULL && begins_list(token))
        token = skip_list(token);
    if (token == NULL)
        return NULL;
    if (token->kind == TOKEN_REFERENCE)
        token = skip_reference(token);
    else if (token->kind == TOKEN_KEYWORD && !token_is(token, "END"))
        token = skip_builtin(token);
    else
        return NULL;
    return skip_groups(token, "(");
}

/* Whether a name here belongs to what stands before it. */
static bool continues(const struct token *token)
{
    const struct token *before = token - 1;

    return token_is(before, ":") || token_is(before, ".") ||
           token_is(before, "&") || token_is(before, "@") ||
           token_is(before, "<") || token_is(before, "BY");
}

static const struct token *value_body(const struct token *name)
{
    const struct token *behind = skip_type(name + 1);

    return behind != NULL && token_is(behind, "::=") ? behind + 1 : NULL;
}

/* What stands behind the ::= of an assignment that begins here, or NULL. */
static const struct token *find_body(const struct token *name,
                                     enum assignment_kind *kind)
{
    const struct token *body;

    if (name->kind == TOKEN_NAME) {
        *kind = ASSIGNMENT_VALUE;
        return continues(name) ? NULL : value_body(name);
    }
    if (name->kind != TOKEN_REFERENCE || continues(name))
        return NULL;
    *kind = ASSIGNMENT_TYPE;
    if (token_is(name + 1, "::="))
        return name + 2;
    *kind = ASSIGNMENT_OTHER;
    if (token_is(name + 1, "{")) {
        body = token_after_group(name + 1);
        return token_is(body, "::=") ? body + 1 : NULL;
    }
    body = value_body(name);
    if (body != NULL && (token_is(body, "{") || token_is(body, "BEGIN")))
        return body;
    return NULL;
}

static const struct token *find_end(const struct token *body)
{
    const struct token *token = body;
    enum assignment_kind kind;

    do {
        if (token_is(token, "BEGIN"))
            while (!token_is(token, "END") && token->kind != TOKEN_END)
                token++;
        token = opens_group(token) ? token_after_group(token) : token + 1;
    } while (token->kind != TOKEN_END && !token_is(token, "END") &&
             !token_is(token, "ENCODING-CONTROL") &&
             find_body(token, &kind) == NULL);
    return token;
}

struct assignment *assignment_parse(const struct token **next)
{
    const struct token *name = *next;
    struct assignment *assignment = memory_new(sizeof *assignment);

    if (name->kind == TOKEN_END)
        fail_at(name->at, "the end of the file found; an assignment or END is "
                          "allowed here");
    assignment->body = find_body(name, &assignment->kind);
    if (assignment->body == NULL)
        fail_at(name->at, "\"%s\" found; an assignment or END is allowed here",
                name->text);
    if (assignment->body->kind == TOKEN_END ||
        token_is(assignment->body, "END"))
        fail_at(assignment->body->at, "nothing found behind \"%s ::=\"",
                name->text);
    assignment->name = name;
    assignment->type = name + 1;
    assignment->end = find_end(assignment->body);
    *next = assignment->end;
    return assignment;
}
