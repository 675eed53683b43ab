#include "daemon/log_format.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"

#define PART_MAX                                                               \
    (sizeof((struct stepden_log_format *)NULL)->part /                         \
     sizeof(struct stepden_log_part))

static const struct {
    const char *name;
    bool is_number;
} fields[] = {
    [STEPDEN_LOG_FIELD_ASCTIME] = {"asctime", false},
    [STEPDEN_LOG_FIELD_MSECS] = {"msecs", true},
    [STEPDEN_LOG_FIELD_LEVELNAME] = {"levelname", false},
    [STEPDEN_LOG_FIELD_NAME] = {"name", false},
    [STEPDEN_LOG_FIELD_PROCESS] = {"process", true},
    [STEPDEN_LOG_FIELD_THREAD] = {"thread", true},
    [STEPDEN_LOG_FIELD_THREAD_NAME] = {"threadName", false},
    [STEPDEN_LOG_FIELD_MODULE] = {"module", false},
    [STEPDEN_LOG_FIELD_FUNC_NAME] = {"funcName", false},
    [STEPDEN_LOG_FIELD_LINENO] = {"lineno", true},
    [STEPDEN_LOG_FIELD_MESSAGE] = {"message", false},
};

#define FIELD_COUNT (sizeof fields / sizeof fields[0])

/* ---- taking a format apart ---- */

struct cursor {
    const char *at;
    const char *start;
};

static enum stepden_status refuse(const struct cursor *cursor,
                                  const char *reason, struct stepden_diag *diag)
{
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/log/format",
                            "%s at character %zu", reason,
                            (size_t)(cursor->at - cursor->start) + 1);
}

static bool take_name(struct stepden_log_part *part, struct cursor *cursor)
{
    size_t size = strcspn(cursor->at, ")");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (strlen(fields[i].name) == size && cursor->at[size] == ')' &&
            memcmp(fields[i].name, cursor->at, size) == 0) {
            part->field = (uint8_t)i;
            part->has_field = true;
            cursor->at += size + 1;
            return true;
        }
    }
    return false;
}

/* After the name: flags, width of at most three digits, s or d. */
static enum stepden_status take_conversion(struct stepden_log_part *part,
                                           struct cursor *cursor,
                                           struct stepden_diag *diag)
{
    size_t flags = strspn(cursor->at, "-0+ ");
    size_t digits = strspn(cursor->at + flags, "0123456789");
    char conversion = cursor->at[flags + digits];
    if (flags > 4 || digits > 3)
        return refuse(cursor, "too many flags or digits", diag);
    if (conversion != 's' && conversion != 'd')
        return refuse(cursor, "neither s nor d", diag);

    part->is_number = conversion == 'd';
    if (part->is_number && !fields[part->field].is_number)
        return refuse(cursor, "d for a text", diag);

    const char *left =
        part->is_number || !memchr(cursor->at, '-', flags) ? "" : "-";
    snprintf(part->printf, sizeof part->printf, "%%%.*s%s%.*s%c",
             part->is_number ? (int)flags : 0, cursor->at, left, (int)digits,
             cursor->at + flags, conversion);
    cursor->at += flags + digits + 1;
    return STEPDEN_OK;
}

/* Literal text up to the next field; "%%" stands for itself. */
static void take_literal(struct stepden_log_format *format,
                         struct stepden_log_part *part, struct cursor *cursor)
{
    char *literal = format->literals + part->literal;
    while (*cursor->at && (cursor->at[0] != '%' || cursor->at[1] == '%')) {
        cursor->at += cursor->at[0] == '%';
        literal[part->literal_size++] = *cursor->at++;
    }
}

static enum stepden_status take_part(struct stepden_log_format *format,
                                     struct stepden_log_part *part,
                                     struct cursor *cursor,
                                     struct stepden_diag *diag)
{
    take_literal(format, part, cursor);
    if (!*cursor->at)
        return STEPDEN_OK;
    if (cursor->at[1] != '(')
        return refuse(cursor, "% without (name)", diag);
    cursor->at += 2;
    if (!take_name(part, cursor))
        return refuse(cursor, "unknown name", diag);
    return take_conversion(part, cursor, diag);
}

enum stepden_status
stepden_log_format_compile(struct stepden_log_format *format, const char *text,
                           struct stepden_diag *diag)
{
    memset(format, 0, sizeof *format);
    format->json = strcmp(text, "json") == 0;
    if (format->json)
        return STEPDEN_OK;

    struct cursor cursor = {.at = text, .start = text};
    if (strlen(text) >= sizeof format->literals)
        return refuse(&cursor, "too long a format", diag);
    size_t literal = 0;
    while (*cursor.at) {
        if (format->part_count == PART_MAX)
            return refuse(&cursor, "too many placeholders", diag);
        struct stepden_log_part *part = &format->part[format->part_count++];
        part->literal = (uint16_t)literal;
        enum stepden_status status = take_part(format, part, &cursor, diag);
        if (status != STEPDEN_OK)
            return status;
        literal += part->literal_size;
    }
    return STEPDEN_OK;
}

/* ---- writing a line ---- */

struct line {
    char *text;
    size_t used;
    size_t size; /* leaves room for the line feed and the NUL */
};

static void put(struct line *line, const char *text, size_t size)
{
    size_t room = line->size - line->used;
    size_t taken = size < room ? size : room;
    memcpy(line->text + line->used, text, taken);
    line->used += taken;
}

/*
 * Control characters are escaped; with `json` what JSON demands, too. What is
 * cut is cut between characters.
 */
static void put_escaped(struct line *line, const char *text, bool json)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        char escape[7];
        bool starts = (byte & 0xc0u) != 0x80u;
        if (starts && line->size - line->used < sizeof escape)
            return;
        if (byte < 0x20 || byte == 0x7f)
            put(line, escape,
                (size_t)snprintf(escape, sizeof escape, "\\u%04x", byte));
        else if (json && (byte == '"' || byte == '\\'))
            put(line, escape,
                (size_t)snprintf(escape, sizeof escape, "\\%c", byte));
        else
            put(line, text, 1);
    }
}

static void write_asctime(char text[32], int64_t unix_ms, const char *layout)
{
    time_t seconds = (time_t)(unix_ms / 1000 - (unix_ms % 1000 < 0));
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(text, 32, layout, &utc);
}

static int milliseconds(int64_t unix_ms)
{
    return (int)((unix_ms % 1000 + 1000) % 1000);
}

/* "app" of "daemon/app.c". */
static void write_module(char *text, size_t size, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    snprintf(text, size, "%.*s", (int)strcspn(name, "."), name);
}

static const char *text_of(char *buffer, size_t size,
                           enum stepden_log_field field,
                           const struct stepden_log_entry *entry)
{
    switch (field) {
    case STEPDEN_LOG_FIELD_ASCTIME:
        write_asctime(buffer, entry->unix_ms, "%Y-%m-%d %H:%M:%S");
        return buffer;
    case STEPDEN_LOG_FIELD_LEVELNAME:
        return entry->level;
    case STEPDEN_LOG_FIELD_NAME:
        return entry->name;
    case STEPDEN_LOG_FIELD_THREAD_NAME:
        return "MainThread";
    case STEPDEN_LOG_FIELD_MODULE:
        write_module(buffer, size, entry->file);
        return buffer;
    case STEPDEN_LOG_FIELD_FUNC_NAME:
        return entry->function;
    case STEPDEN_LOG_FIELD_MESSAGE:
        return entry->message;
    case STEPDEN_LOG_FIELD_MSECS:
    case STEPDEN_LOG_FIELD_PROCESS:
    case STEPDEN_LOG_FIELD_THREAD:
    case STEPDEN_LOG_FIELD_LINENO:
        break;
    }
    return "";
}

static int number_of(enum stepden_log_field field,
                     const struct stepden_log_entry *entry)
{
    if (field == STEPDEN_LOG_FIELD_MSECS)
        return milliseconds(entry->unix_ms);
    if (field == STEPDEN_LOG_FIELD_LINENO)
        return entry->line;
    return entry->process;
}

static void put_field(struct line *line, const struct stepden_log_part *part,
                      const struct stepden_log_entry *entry)
{
    enum stepden_log_field field = (enum stepden_log_field)part->field;
    char value[64];
    char text[STEPDEN_LOG_LINE_MAX];
    if (part->is_number) {
        snprintf(text, sizeof text, part->printf, number_of(field, entry));
    } else if (fields[field].is_number) {
        snprintf(value, sizeof value, "%d", number_of(field, entry));
        snprintf(text, sizeof text, part->printf, value);
    } else {
        snprintf(text, sizeof text, part->printf,
                 text_of(value, sizeof value, field, entry));
    }
    put_escaped(line, text, false);
}

static void put_text(struct line *line, const struct stepden_log_format *format,
                     const struct stepden_log_entry *entry)
{
    for (size_t i = 0; i < format->part_count; i++) {
        const struct stepden_log_part *part = &format->part[i];
        put(line, format->literals + part->literal, part->literal_size);
        if (part->has_field)
            put_field(line, part, entry);
    }
}

static void put_member(struct line *line, const char *name, const char *value)
{
    put(line, ",\"", 2);
    put(line, name, strlen(name));
    put(line, "\":\"", 3);
    put_escaped(line, value, true);
    put(line, "\"", 1);
}

/* The message comes last but one: it alone may be cut. */
static void put_json(struct line *line, const struct stepden_log_entry *entry)
{
    char date[32];
    char module[64];
    char text[128];
    write_asctime(date, entry->unix_ms, "%Y-%m-%dT%H:%M:%S");
    write_module(module, sizeof module, entry->file);
    snprintf(text, sizeof text, "{\"time\":\"%s.%03dZ\",\"process\":%d", date,
             milliseconds(entry->unix_ms), entry->process);
    put(line, text, strlen(text));
    put_member(line, "level", entry->level);
    put_member(line, "name", entry->name);
    put_member(line, "module", module);
    put_member(line, "function", entry->function);
    snprintf(text, sizeof text, ",\"line\":%d", entry->line);
    put(line, text, strlen(text));
    line->size -= strlen("\"}");
    put(line, ",\"message\":\"", 12);
    put_escaped(line, entry->message, true);
    line->size += strlen("\"}");
    put(line, "\"}", 2);
}

size_t stepden_log_format_line(char text[STEPDEN_LOG_LINE_MAX],
                               const struct stepden_log_format *format,
                               const struct stepden_log_entry *entry)
{
    struct line line = {.text = text, .size = STEPDEN_LOG_LINE_MAX - 2};
    if (format->json)
        put_json(&line, entry);
    else
        put_text(&line, format, entry);
    text[line.used] = '\n';
    text[line.used + 1] = '\0';
    return line.used + 1;
}
