#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "daemon/log/line.h"
#include "daemon/log/words.h"

static void put_text(struct stepden_log_line *line, const char *text)
{
    stepden_log_line_put(line, text, strlen(text));
}

/* A string of text that has no escapes of its own. */
static void put_string(struct stepden_log_line *line, const char *text,
                       size_t size)
{
    stepden_log_line_put(line, "\"", 1);
    while (size > 0) {
        size_t plain = 0;
        while (plain < size && text[plain] != '"' && text[plain] != '\\')
            plain++;
        stepden_log_line_put_escaped(line, text, plain);
        text += plain;
        size -= plain;
        if (size == 0)
            break;
        stepden_log_line_put(line, "\\", 1);
        stepden_log_line_put(line, text++, 1);
        size--;
    }
    stepden_log_line_put(line, "\"", 1);
}

static void put_key(struct stepden_log_line *line, const char *key, size_t size)
{
    stepden_log_line_put(line, ",\"", 2);
    stepden_log_line_put(line, key, size);
    stepden_log_line_put(line, "\":", 2);
}

static void put_member(struct stepden_log_line *line, const char *key,
                       const char *text)
{
    put_key(line, key, strlen(key));
    put_string(line, text, strlen(text));
}

static void put_number(struct stepden_log_line *line, const char *key,
                       int number)
{
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    put_key(line, key, strlen(key));
    put_text(line, text);
}

/* -?(0|[1-9][0-9]*)([.][0-9]+)? */
static bool is_number(const char *text, size_t size)
{
    static const char digits[] = "0123456789";
    const char *at = text + (*text == '-');
    size_t whole = strspn(at, digits);
    if (whole == 0 || (whole > 1 && *at == '0'))
        return false;
    at += whole;
    size_t fraction = *at == '.' ? strspn(at + 1, digits) : 0;
    return at + (fraction > 0 ? fraction + 1 : 0) == text + size;
}

/* What is quoted in the message is a string of JSON already. */
static void put_word(struct stepden_log_line *line,
                     const struct stepden_log_word *word)
{
    put_key(line, word->key, word->key_size);
    if (*word->value == '"')
        stepden_log_line_put_escaped(line, word->value, word->value_size);
    else if (is_number(word->value, word->value_size))
        stepden_log_line_put(line, word->value, word->value_size);
    else
        put_string(line, word->value, word->value_size);
}

static void put_message(struct stepden_log_line *line, const char *message)
{
    size_t event = strcspn(message, " ");
    const char *at = message + event;
    struct stepden_log_word word;
    put_key(line, "event", strlen("event"));
    put_string(line, message, event);
    while (stepden_log_words_take(&word, &at))
        put_word(line, &word);
    at += strspn(at, " ");
    if (*at != '\0')
        put_member(line, "message", at);
}

void stepden_log_line_put_json(struct stepden_log_line *line,
                               const struct stepden_log_entry *entry)
{
    char time[32];
    char module[64];
    char text[64];
    stepden_log_line_write_time(time, entry->unix_ms, "%Y-%m-%dT%H:%M:%S");
    stepden_log_line_write_module(module, entry->file);
    snprintf(text, sizeof text, "{\"time\":\"%s.%03dZ\"", time,
             stepden_log_line_milliseconds(entry->unix_ms));
    put_text(line, text);
    put_member(line, "level", entry->level);
    put_member(line, "name", entry->name);
    put_message(line, entry->message);
    put_number(line, "process", entry->process);
    put_member(line, "module", module);
    put_member(line, "function", entry->function);
    put_number(line, "line", entry->line);
    put_text(line, "}");
}
