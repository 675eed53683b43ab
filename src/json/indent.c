#include "json/indent.h"

#include <stepden/json/writer.h>

enum { STEP = 2 };

static void put_line(struct stepden_json_writer *writer, unsigned depth)
{
    stepden_json_put(writer, "\n", 1);
    for (unsigned i = 0; i < STEP * depth; i++)
        stepden_json_put(writer, " ", 1);
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end &&
           (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

/* The end of the string or the other token at `at`. */
static const char *token_end(const char *at, const char *end)
{
    if (*at != '"') {
        while (at < end && memchr(" \n\r\t,:{}[]\"", *at, 11) == NULL)
            at++;
        return at;
    }
    for (at++; at < end && *at != '"'; at++)
        at += *at == '\\' && at + 1 < end;
    return at < end ? at + 1 : end;
}

/* A bracket that opens, and its partner if nothing is between them. */
static const char *put_opening(struct stepden_json_writer *writer,
                               const char *at, const char *end, unsigned *depth)
{
    const char *inside = skip_space(at + 1, end);

    stepden_json_put(writer, at, 1);
    if (inside < end && (*inside == '}' || *inside == ']')) {
        stepden_json_put(writer, inside, 1);
        return inside + 1;
    }
    put_line(writer, ++*depth);
    return inside;
}

size_t stepden_json_indent(char *text, size_t size, const char *json,
                           size_t json_size)
{
    struct stepden_json_writer writer = {.at = text, .end = text + size};
    const char *end = json + json_size, *after;
    unsigned depth = 0;

    for (const char *at = skip_space(json, end); at < end;
         at = skip_space(after, end)) {
        after = at + 1;
        switch (*at) {
        case '{':
        case '[':
            after = put_opening(&writer, at, end, &depth);
            break;
        case '}':
        case ']':
            put_line(&writer, --depth);
            stepden_json_put(&writer, at, 1);
            break;
        case ',':
            stepden_json_put(&writer, at, 1);
            put_line(&writer, depth);
            break;
        case ':':
            stepden_json_put(&writer, ": ", 2);
            break;
        default:
            after = token_end(at, end);
            stepden_json_put(&writer, at, (size_t)(after - at));
        }
    }
    return writer.full ? 0 : (size_t)(writer.at - text);
}
