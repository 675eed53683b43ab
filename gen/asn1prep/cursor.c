#include "cursor.h"

#define CURSOR_DEPTH_MAX 100

void cursor_enter(struct cursor *cursor)
{
    if (cursor->depth == CURSOR_DEPTH_MAX)
        fail_at(cursor->next->at, "\"%s\" found nested more than %d deep",
                cursor->next->text, CURSOR_DEPTH_MAX);
    cursor->depth++;
}

void cursor_leave(struct cursor *cursor)
{
    cursor->depth--;
}

bool cursor_at(const struct cursor *cursor, const char *text)
{
    return token_is(cursor->next, text);
}

bool cursor_accept(struct cursor *cursor, const char *text)
{
    bool is_next = cursor_at(cursor, text);

    if (is_next)
        cursor->next++;
    return is_next;
}

void cursor_expect(struct cursor *cursor, const char *text)
{
    if (!cursor_accept(cursor, text))
        fail_at(cursor->next->at, "\"%s\" found; \"%s\" is allowed here",
                cursor->next->text, text);
}

void cursor_refuse(const struct cursor *cursor, const char *allowed)
{
    fail_at(cursor->next->at, "\"%s\" found; allowed here: %s",
            cursor->next->text, allowed);
}

const struct token *cursor_name(struct cursor *cursor)
{
    if (cursor->next->kind != TOKEN_NAME)
        cursor_refuse(cursor, "a name");
    return cursor->next++;
}

struct value cursor_value(struct cursor *cursor)
{
    struct value value = {.is_negative = cursor_accept(cursor, "-")};
    const struct token *item = cursor->next;
    bool is_word = item->kind == TOKEN_NAME || token_is(item, "MIN") ||
                   token_is(item, "MAX") || token_is(item, "TRUE") ||
                   token_is(item, "FALSE");

    if (item->kind != TOKEN_NUMBER && (value.is_negative || !is_word))
        cursor_refuse(cursor, "a number, the name of a value, TRUE, FALSE");
    value.item = cursor->next++;
    return value;
}
