#include "daemon/log/words.h"

#include <string.h>

#include "base/utf8.h"

/* Of the escape at `at`, as JSON has them; 0 if it is none. */
static size_t escape_size(const char *at)
{
    if (at[0] != '\\' || at[1] == '\0')
        return 0;
    if (at[1] == 'u')
        return strspn(at + 2, "0123456789abcdefABCDEF") >= 4 ? strlen("\\u0000")
                                                             : 0;
    return strchr("\"\\/bfnrt", at[1]) ? 2 : 0;
}

/* Of a character within quotes, or its escape. */
static size_t character_size(const char *at)
{
    size_t size = escape_size(at);
    if (size > 0)
        return size;
    size = stepden_utf8_size((const uint8_t *)at, strnlen(at, 4));
    return size > 0 ? size : 1;
}

/* Of a value; 0 if it is quoted, but not as a string of JSON, or not closed, or
 * goes on after that. */
static size_t value_size(const char *value)
{
    if (*value != '"')
        return strcspn(value, " ");
    const char *at = value + 1;
    while (*at != '\0' && *at != '"') {
        if (*at == '\\' && escape_size(at) == 0)
            return 0;
        at += character_size(at);
    }
    return *at == '"' && (at[1] == ' ' || at[1] == '\0')
               ? (size_t)(at + 1 - value)
               : 0;
}

bool stepden_log_words_take(struct stepden_log_word *word, const char **at)
{
    const char *key = *at + strspn(*at, " ");
    size_t key_size = strspn(key, "abcdefghijklmnopqrstuvwxyz_");
    const char *value = key + key_size + 1;
    if (key_size == 0 || key[key_size] != '=' ||
        (*value == '"' && value_size(value) == 0))
        return false;
    *word = (struct stepden_log_word){
        .key = key,
        .key_size = key_size,
        .value = value,
        .value_size = value_size(value),
    };
    *at = value + word->value_size;
    return true;
}

void stepden_log_words_cut(char *message, size_t size)
{
    size_t end = 0;
    bool quoted = false;
    bool closes = false; /* with a quote, at `end` */
    if (strlen(message) <= size)
        return;
    for (size_t i = 0; i + quoted <= size; i += character_size(message + i)) {
        if (quoted || message[i] == ' ') {
            end = i;
            closes = quoted;
        }
        if (message[i] == '"')
            quoted = !quoted;
    }
    if (closes)
        message[end++] = '"';
    message[end] = '\0';
}
