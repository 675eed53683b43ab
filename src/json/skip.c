/* Values that are read for their syntax only. */
#include <string.h>

#include "json/scan.h"

static const struct stepden_json_members no_members = {.open = true};

static bool skip_object(struct stepden_json_reader *reader)
{
    struct stepden_json_object object;
    uint32_t unknown = reader->unknown;
    int next;

    stepden_json_object_begin(reader, &object, &no_members);
    next = stepden_json_object_next(reader, &object);
    reader->unknown = unknown;
    return next == STEPDEN_JSON_END;
}

static bool skip_array(struct stepden_json_reader *reader)
{
    struct stepden_json_array array;
    int next;

    stepden_json_array_begin(reader, &array, 0, STEPDEN_JSON_SIZE_MAX);
    while ((next = stepden_json_array_next(reader, &array)) >= 0)
        if (!stepden_json_skip(reader))
            return false;
    return next == STEPDEN_JSON_END;
}

static bool skip_literal(struct stepden_json_reader *reader,
                         const char *literal)
{
    for (; *literal != '\0'; literal++, reader->at++)
        if (stepden_json_peek(reader) != *literal)
            return stepden_json_expect(reader, "a JSON value");
    return true;
}

bool stepden_json_skip(struct stepden_json_reader *reader)
{
    struct stepden_json_span token;

    switch (stepden_json_peek(reader)) {
    case '{':
        return skip_object(reader);
    case '[':
        return skip_array(reader);
    case '"':
        return stepden_json_skip_string(reader);
    case 't':
        return skip_literal(reader, "true");
    case 'f':
        return skip_literal(reader, "false");
    case 'n':
        return skip_literal(reader, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return stepden_json_scan_number(reader, &token);
    default:
        return stepden_json_expect(reader, "a JSON value");
    }
}

bool stepden_json_take_object(struct stepden_json_reader *reader,
                              struct stepden_json_span *span)
{
    if (stepden_json_peek(reader) != '{')
        return stepden_json_refuse_type(reader, "an object");
    span->at = reader->at;
    if (!skip_object(reader))
        return false;
    span->size = (size_t)(reader->at - span->at);
    return true;
}
