/* Null, booleans, names and times. */
#include <stdio.h>
#include <string.h>

#include <stepden/its_time.h>

#include "base/date_time.h"
#include "json/scan.h"

enum { LIST_SIZE = 128, NUMBER_SIZE = 32 };

static bool has_literal(const struct stepden_json_reader *reader,
                        const char *literal, size_t size)
{
    return (size_t)(reader->end - reader->at) >= size &&
           memcmp(reader->at, literal, size) == 0;
}

bool stepden_json_take_null(struct stepden_json_reader *reader)
{
    if (has_literal(reader, "null", 4)) {
        reader->at += 4;
        return true;
    }
    reader->nullable = reader->at;
    return false;
}

bool stepden_json_take_bool(struct stepden_json_reader *reader, bool *value)
{
    *value = has_literal(reader, "true", 4);
    if (*value || has_literal(reader, "false", 5)) {
        reader->at += *value ? 4 : 5;
        return true;
    }
    return stepden_json_refuse_type(reader, "true or false");
}

bool stepden_json_take_truth(struct stepden_json_reader *reader, bool truth)
{
    const char *allowed = truth ? "true" : "false";

    if (!has_literal(reader, allowed, strlen(allowed)))
        return stepden_json_refuse_type(reader, "%s", allowed);
    reader->at += strlen(allowed);
    return true;
}

/* `from` says in a refusal where the times begin that are allowed. */
static bool take_date_time(struct stepden_json_reader *reader, int64_t *ms,
                           enum stepden_status (*parse)(int64_t *ms,
                                                        const char *text,
                                                        size_t size),
                           const char *from)
{
    const char *at = reader->at;
    struct stepden_json_word word;
    char text[STEPDEN_JSON_DATE_TIME_MAX];
    enum stepden_status status;

    if (stepden_json_peek(reader) != '"')
        return stepden_json_refuse_type(reader, "an RFC 3339 date-time");
    if (!stepden_json_scan_string(reader, &word))
        return false;
    if (word.at == NULL) {
        word.at = text;
        word.size = stepden_json_date_time(text, at + 1, reader->at);
    }
    status = parse(ms, word.at, word.size);
    if (status == STEPDEN_OK)
        return true;
    return stepden_json_refuse_value(
        reader,
        status == STEPDEN_ERR_RANGE ? STEPDEN_ERR_RANGE : STEPDEN_ERR_INVALID,
        at, "an RFC 3339 date-time%s", from);
}

bool stepden_json_take_time(struct stepden_json_reader *reader, int64_t *its_ms)
{
    return take_date_time(reader, its_ms, stepden_its_parse, " from 2004 on");
}

bool stepden_json_take_unix_time(struct stepden_json_reader *reader,
                                 int64_t *unix_ms)
{
    return take_date_time(reader, unix_ms, stepden_unix_parse, "");
}

static const char *name_at(const void *ctx, size_t i)
{
    return ((const struct stepden_json_names *)ctx)->name[i].at;
}

/* All names if they fit; false else. */
static bool list_names(char list[LIST_SIZE],
                       const struct stepden_json_names *names)
{
    size_t size = 0;

    for (unsigned i = 0; i < names->count; i++)
        size += names->name[i].size + 4;
    if (size > LIST_SIZE)
        return false;
    size = 0;
    for (unsigned i = 0; i < names->count; i++)
        size += (size_t)snprintf(list + size, LIST_SIZE - size, "%s\"%s\"",
                                 i == 0 ? "" : ", ", names->name[i].at);
    return true;
}

/* Names all names if they are few, else the nearest one. */
static bool refuse_name(struct stepden_json_reader *reader, const char *at,
                        const struct stepden_json_word *word,
                        const struct stepden_json_names *names)
{
    char list[LIST_SIZE] = "a known name", numbers[NUMBER_SIZE] = "";
    const char *nearest =
        stepden_json_nearest(word, name_at, names, names->count);

    if (names->open)
        snprintf(numbers, sizeof(numbers), " or %lld..%lld",
                 (long long)names->minimum, (long long)names->maximum);
    if (!list_names(list, names) && nearest != NULL)
        snprintf(list, sizeof(list), "a known name (perhaps \"%s\")", nearest);
    return stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at, "%s%s",
                                     list, numbers);
}

bool stepden_json_take_name(struct stepden_json_reader *reader, int64_t *value,
                            const struct stepden_json_names *names)
{
    const char *at = reader->at;
    struct stepden_json_word word = {NULL, 0};

    if (names->open && stepden_json_is_number(reader))
        return stepden_json_take_integer(reader, value, names->minimum,
                                         names->maximum);
    if (stepden_json_peek(reader) != '"') {
        if (!stepden_json_skip(reader))
            return false;
        return refuse_name(reader, at, &word, names);
    }
    if (!stepden_json_scan_string(reader, &word))
        return false;
    for (unsigned i = 0; i < names->count && word.at != NULL; i++) {
        if (names->name[i].size == word.size &&
            stepden_json_same(names->name[i].at, word.at, word.size)) {
            *value = names->name[i].value;
            return true;
        }
    }
    return refuse_name(reader, at, &word, names);
}

bool stepden_json_take_text(struct stepden_json_reader *reader,
                            const char *text, size_t size)
{
    const char *at = reader->at;
    struct stepden_json_word word;

    if (stepden_json_peek(reader) != '"')
        return stepden_json_refuse_type(reader, "\"%s\"", text);
    if (!stepden_json_scan_string(reader, &word))
        return false;
    return (word.at != NULL && word.size == size &&
            memcmp(word.at, text, size) == 0) ||
           stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at, "\"%s\"",
                                     text);
}
