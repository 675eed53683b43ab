#include "daemon/log/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "daemon/log/line.h"
#include "daemon/log/words.h"

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
                                  const char *found, const char *allowed,
                                  struct stepden_diag *diag)
{
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "/log/format",
                            "found %s at character %zu, allowed is %s", found,
                            (size_t)(cursor->at - cursor->start) + 1, allowed);
}

static enum stepden_status refuse_name(const struct cursor *cursor,
                                       struct stepden_diag *diag)
{
    char names[128] = "";
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        size_t used = strlen(names);
        const char *before = i + 1 < FIELD_COUNT ? ", " : " or ";
        snprintf(names + used, sizeof names - used, "%s%s",
                 i == 0 ? "" : before, fields[i].name);
    }
    return refuse(cursor, "an unknown name", names, diag);
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
        return refuse(cursor, "too many flags or digits",
                      "a width of up to 999", diag);
    if (conversion != 's' && conversion != 'd')
        return refuse(cursor, "no conversion", "s or d", diag);

    part->is_number = conversion == 'd';
    if (part->is_number && !fields[part->field].is_number)
        return refuse(cursor, "d for a text", "s", diag);

    part->left = memchr(cursor->at, '-', flags) != NULL;
    part->width = (uint16_t)strtoul(cursor->at + flags, NULL, 10);
    if (part->is_number)
        snprintf(part->printf, sizeof part->printf, "%%%.*sd",
                 (int)(flags + digits), cursor->at);
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
        return refuse(cursor, "% alone", "%(name)s or %%", diag);
    cursor->at += 2;
    if (!take_name(part, cursor))
        return refuse_name(cursor, diag);
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
        return refuse(&cursor, "more than 2048 bytes", "less", diag);
    size_t literal = 0;
    while (*cursor.at) {
        if (format->part_count == PART_MAX)
            return refuse(&cursor, "one more placeholder", "up to 300", diag);
        struct stepden_log_part *part = &format->part[format->part_count++];
        part->literal = (uint16_t)literal;
        enum stepden_status status = take_part(format, part, &cursor, diag);
        if (status != STEPDEN_OK)
            return status;
        literal += part->literal_size;
    }
    return format->part[0].has_field
               ? STEPDEN_OK
               : refuse(&cursor, "no placeholder",
                        "json, or text with at least one, as %(message)s",
                        diag);
}

/* ---- writing a line ---- */

/* Texts that are not as they stand in the entry go to `buffer`. */
static const char *text_of(char buffer[64], enum stepden_log_field field,
                           const struct stepden_log_entry *entry)
{
    switch (field) {
    case STEPDEN_LOG_FIELD_ASCTIME:
        stepden_log_line_write_time(buffer, entry->unix_ms,
                                    "%Y-%m-%d %H:%M:%S");
        return buffer;
    case STEPDEN_LOG_FIELD_LEVELNAME:
        return entry->level;
    case STEPDEN_LOG_FIELD_NAME:
        return entry->name;
    case STEPDEN_LOG_FIELD_THREAD_NAME:
        return "MainThread";
    case STEPDEN_LOG_FIELD_MODULE:
        stepden_log_line_write_module(buffer, entry->file);
        return buffer;
    case STEPDEN_LOG_FIELD_FUNC_NAME:
        return entry->function;
    case STEPDEN_LOG_FIELD_MESSAGE:
        return entry->message;
    case STEPDEN_LOG_FIELD_MSECS: /* a float in Python */
        snprintf(buffer, 64, "%d.0",
                 stepden_log_line_milliseconds(entry->unix_ms));
        return buffer;
    case STEPDEN_LOG_FIELD_PROCESS:
    case STEPDEN_LOG_FIELD_THREAD:
        snprintf(buffer, 64, "%d", entry->process);
        return buffer;
    case STEPDEN_LOG_FIELD_LINENO:
        snprintf(buffer, 64, "%d", entry->line);
        return buffer;
    }
    return "";
}

static int number_of(enum stepden_log_field field,
                     const struct stepden_log_entry *entry)
{
    if (field == STEPDEN_LOG_FIELD_MSECS)
        return stepden_log_line_milliseconds(entry->unix_ms);
    return field == STEPDEN_LOG_FIELD_LINENO ? entry->line : entry->process;
}

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += !stepden_utf8_continues(*text);
    return count;
}

static void put_spaces(struct stepden_log_line *line, size_t count)
{
    for (; count > 0; count--)
        stepden_log_line_put(line, " ", 1);
}

static void put_text(struct stepden_log_line *line,
                     const struct stepden_log_part *part, const char *text)
{
    size_t characters = part->width > 0 ? count_characters(text) : 0;
    size_t padding = part->width > characters ? part->width - characters : 0;
    put_spaces(line, part->left ? 0 : padding);
    stepden_log_line_put_escaped(line, text, strlen(text));
    put_spaces(line, part->left ? padding : 0);
}

static void put_field(struct stepden_log_line *line,
                      const struct stepden_log_part *part,
                      const struct stepden_log_entry *entry)
{
    enum stepden_log_field field = (enum stepden_log_field)part->field;
    char buffer[1024];
    if (!part->is_number) {
        put_text(line, part, text_of(buffer, field, entry));
        return;
    }
    snprintf(buffer, sizeof buffer, part->printf, number_of(field, entry));
    stepden_log_line_put(line, buffer, strlen(buffer));
}

static void put_entry(struct stepden_log_line *line,
                      const struct stepden_log_format *format,
                      const struct stepden_log_entry *entry)
{
    line->used = 0;
    line->wanted = 0;
    if (format->json)
        stepden_log_line_put_json(line, entry);
    for (size_t i = 0; i < format->part_count; i++) {
        const struct stepden_log_part *part = &format->part[i];
        stepden_log_line_put(line, format->literals + part->literal,
                             part->literal_size);
        if (part->has_field)
            put_field(line, part, entry);
    }
}

/* With as much less of the message as there is too little room. */
static void put_shorter(struct stepden_log_line *line,
                        const struct stepden_log_format *format,
                        const struct stepden_log_entry *entry)
{
    char message[STEPDEN_LOG_LINE_MAX];
    struct stepden_log_entry shorter = *entry;
    size_t size = (size_t)snprintf(message, sizeof message, "%.*s",
                                   STEPDEN_LOG_LINE_MAX - 1, entry->message);
    size_t excess = line->wanted - line->room;
    stepden_log_words_cut(message, size > excess ? size - excess : 0);
    shorter.message = message;
    put_entry(line, format, &shorter);
}

/* Where there is no room without any message either. */
static void cut_line(struct stepden_log_line *line)
{
    while (line->used > 0 && stepden_utf8_continues(line->text[line->used - 1]))
        line->used--;
    if (line->used > 0 && ((unsigned char)line->text[line->used - 1] & 0x80u))
        line->used--;
}

size_t stepden_log_format_line(char text[STEPDEN_LOG_LINE_MAX],
                               const struct stepden_log_format *format,
                               const struct stepden_log_entry *entry)
{
    struct stepden_log_line line = {
        .text = text,
        .room = STEPDEN_LOG_LINE_MAX - sizeof "\n",
    };
    put_entry(&line, format, entry);
    if (line.wanted > line.room)
        put_shorter(&line, format, entry);
    if (line.wanted > line.room)
        cut_line(&line);
    text[line.used] = '\n';
    text[line.used + 1] = '\0';
    return line.used + 1;
}
