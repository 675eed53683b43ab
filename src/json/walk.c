#include "json/walk.h"

#include <string.h>

static const char *past_space(const char *at, const char *end)
{
    while (at < end &&
           (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

static const char *past_string(const char *at)
{
    for (at++; *at != '"'; at++)
        at += *at == '\\';
    return at + 1;
}

/* Behind the number or the literal at `at`. */
static const char *past_word(const char *at, const char *end)
{
    while (at < end && memchr(" \n\r\t,]}", *at, 7) == NULL)
        at++;
    return at;
}

static const char *past_value(const char *at, const char *end)
{
    unsigned depth = 0;

    if (*at != '{' && *at != '[')
        return *at == '"' ? past_string(at) : past_word(at, end);
    do {
        if (*at == '"') {
            at = past_string(at);
            continue;
        }
        if (*at == '{' || *at == '[')
            depth++;
        else if (*at == '}' || *at == ']')
            depth--;
        at++;
    } while (depth != 0);
    return at;
}

static struct stepden_json_span take(struct stepden_json_walk *walk)
{
    const char *start = walk->at;

    walk->at = past_value(start, walk->end);
    return (struct stepden_json_span){start, (size_t)(walk->at - start)};
}

/* Moves to the next of what commas part; false at the closing bracket. */
static bool next(struct stepden_json_walk *walk)
{
    walk->at = past_space(walk->at, walk->end);
    if (*walk->at == ',')
        walk->at = past_space(walk->at + 1, walk->end);
    return *walk->at != '}' && *walk->at != ']';
}

struct stepden_json_span stepden_json_walk_root(const char *json, size_t size)
{
    struct stepden_json_walk walk = {json, json + size};

    walk.at = past_space(walk.at, walk.end);
    return take(&walk);
}

struct stepden_json_walk stepden_json_walk_into(struct stepden_json_span value)
{
    return (struct stepden_json_walk){value.at + 1, value.at + value.size};
}

bool stepden_json_walk_element(struct stepden_json_walk *walk,
                               struct stepden_json_span *value)
{
    if (!next(walk))
        return false;
    *value = take(walk);
    return true;
}

bool stepden_json_walk_member(struct stepden_json_walk *walk,
                              struct stepden_json_span *key,
                              struct stepden_json_span *value)
{
    if (!stepden_json_walk_element(walk, key))
        return false;
    walk->at = past_space(walk->at, walk->end) + 1;
    walk->at = past_space(walk->at, walk->end);
    *value = take(walk);
    return true;
}
