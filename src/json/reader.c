#include <stepden/json/reader.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json/scan.h"

enum { REASON_SIZE = 256, FOUND_SIZE = 48, NEXT_SIZE = 16 };

static void set_error(struct stepden_json_reader *reader,
                      enum stepden_status status, const char *at,
                      const char *reason)
{
    char pointer[sizeof(reader->diag->where)];

    if (reader->status != STEPDEN_OK && reader->report == NULL)
        return;
    if (reader->status == STEPDEN_OK)
        reader->status = status;
    if (reader->diag == NULL)
        return;
    stepden_json_pointer(pointer, sizeof(pointer), reader->begin,
                         (size_t)(reader->end - reader->begin),
                         (size_t)(at - reader->begin));
    stepden_diag_set(reader->diag, status, pointer, "%s", reason);
    reader->diag->offset = (size_t)(at - reader->begin);
    if (reader->report != NULL)
        reader->report(reader->ctx, reader->diag);
}

bool stepden_json_fail(struct stepden_json_reader *reader,
                       enum stepden_status status, const char *at,
                       const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    set_error(reader, status, at, reason);
    return false;
}

bool stepden_json_expect(struct stepden_json_reader *reader,
                         const char *expected)
{
    int c = stepden_json_peek(reader);
    const char *advice;
    char found[NEXT_SIZE];

    if (c < 0)
        return stepden_json_fail(reader, STEPDEN_ERR_TRUNCATED, reader->at,
                                 "the text ends here, expected is %s",
                                 expected);
    advice = stepden_json_slip(reader, expected);
    snprintf(found, sizeof(found),
             c > 0x20 && c < 0x7f ? "'%c'" : "byte 0x%02x", (unsigned)c);
    return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                             "found %s, expected is %s%s%s", found, expected,
                             advice == NULL ? "" : "; ",
                             advice == NULL ? "" : advice);
}

bool stepden_json_refuse(struct stepden_json_reader *reader,
                         enum stepden_status status, const char *at,
                         const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    set_error(reader, status, at, reason);
    if (reader->report == NULL)
        return false;
    return ++reader->errors < STEPDEN_JSON_ERRORS_MAX ||
           stepden_json_fail(reader, status, reader->at,
                             "%d errors are enough: what follows is not read",
                             STEPDEN_JSON_ERRORS_MAX);
}

/* What stands from `at` to `end`, in words or, cut to fit, as it is. */
static const char *found_text(char text[FOUND_SIZE], const char *at,
                              const char *end, bool secret)
{
    static const char cut[] = "...";
    size_t size = (size_t)(end - at);

    if (*at == '{')
        return "an object";
    if (*at == '[')
        return "an array";
    if (secret && *at == '"')
        return "a string";
    if (secret)
        return strchr("tfn", *at) != NULL ? "a literal" : "a number";
    if (size < FOUND_SIZE) {
        memcpy(text, at, size);
        text[size] = '\0';
        return text;
    }
    size = FOUND_SIZE - sizeof(cut);
    while (((unsigned char)at[size] & 0xc0) == 0x80)
        size--;
    memcpy(text, at, size);
    memcpy(text + size, cut, sizeof(cut));
    return text;
}

static bool refuse_value(struct stepden_json_reader *reader,
                         enum stepden_status status, const char *at,
                         const char *format, va_list args)
{
    char allowed[REASON_SIZE], found[FOUND_SIZE];

    vsnprintf(allowed, sizeof(allowed), format, args);
    return stepden_json_refuse(
        reader, status, at, "found %s, allowed is %s%s%s",
        found_text(found, at, reader->at, reader->secret != 0), allowed,
        reader->numeric == at ? " or a number" : "",
        reader->nullable == at ? " or null" : "");
}

bool stepden_json_refuse_value(struct stepden_json_reader *reader,
                               enum stepden_status status, const char *at,
                               const char *format, ...)
{
    va_list args;
    bool going;

    va_start(args, format);
    going = refuse_value(reader, status, at, format, args);
    va_end(args);
    return going;
}

bool stepden_json_refuse_type(struct stepden_json_reader *reader,
                              const char *format, ...)
{
    const char *at = reader->at;
    va_list args;
    bool going;

    if (!stepden_json_skip(reader))
        return false;
    va_start(args, format);
    going = refuse_value(reader, STEPDEN_ERR_INVALID, at, format, args);
    va_end(args);
    return going;
}

void stepden_json_reader_begin(struct stepden_json_reader *reader,
                               const char *json, size_t size,
                               struct stepden_diag *diag,
                               stepden_json_report *report, void *ctx)
{
    reader->at = json;
    reader->begin = json;
    reader->end = json + size;
    reader->nullable = NULL;
    reader->numeric = NULL;
    reader->diag = diag;
    reader->report = report;
    reader->ctx = ctx;
    reader->places = NULL;
    reader->errors = 0;
    reader->status = STEPDEN_OK;
    reader->depth = 0;
    reader->secret = 0;
    reader->unknown = 0;
    reader->crowds = false;
    reader->unknown_count = 0;
    if (size > STEPDEN_JSON_SIZE_MAX) {
        reader->end = json;
        stepden_json_fail(reader, STEPDEN_ERR_RANGE, json,
                          "found %zu bytes, allowed are %d", size,
                          STEPDEN_JSON_SIZE_MAX);
    }
    stepden_json_space(reader);
}

bool stepden_json_reader_end(struct stepden_json_reader *reader)
{
    stepden_json_space(reader);
    return reader->at == reader->end ||
           stepden_json_expect(reader, "the end of the text");
}
