/* The grammar of regular expressions. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/keep.h"
#include "pattern/tree.h"

enum { DEPTH_MAX = 100, NUMBER_MAX = 999999 };

static struct pattern_node *choice(struct pattern_reader *reader);

void pattern_fail(const struct pattern_reader *reader, const char *at,
                  const char *format, ...)
{
    char reason[80];
    size_t character = 1;
    va_list args;

    for (const char *c = reader->start; c < at; c++)
        character += ((unsigned char)*c & 0xc0) != 0x80;
    va_start(args, format);
    vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    fail_at(reader->place, "at character %zu of the pattern: %s", character,
            reason);
}

int pattern_peek(const struct pattern_reader *reader)
{
    return reader->at < reader->end ? (unsigned char)*reader->at : -1;
}

bool pattern_take(struct pattern_reader *reader, char c)
{
    bool found = reader->at < reader->end && *reader->at == c;

    reader->at += found;
    return found;
}

static struct pattern_node *new_node(enum pattern_kind kind)
{
    struct pattern_node *node = keep_alloc(sizeof(*node));

    node->kind = kind;
    return node;
}

static void add_item(struct pattern_node *node, struct pattern_node *item)
{
    node->item = keep_grow(node->item, node->count, sizeof(*node->item));
    node->item[node->count++] = item;
}

/* Behind `(`. */
static struct pattern_node *group(struct pattern_reader *reader)
{
    const char *at = reader->at - 1;
    struct pattern_node *node;

    if (pattern_take(reader, '?') && !pattern_take(reader, ':'))
        pattern_fail(reader, at,
                     "of the groups with \"(?\", only \"(?:\" is supported");
    if (++reader->depth > DEPTH_MAX)
        pattern_fail(reader, at, "groups nest at most %d deep", DEPTH_MAX);
    node = choice(reader);
    reader->depth--;
    if (!pattern_take(reader, ')'))
        pattern_fail(reader, at, "the group has no end");
    return node;
}

/* The digits of a count; more than any limit is as good as its exact value. */
static unsigned number(struct pattern_reader *reader)
{
    unsigned value = 0;
    int c = pattern_peek(reader);

    if (c < '0' || c > '9')
        pattern_fail(reader, reader->at, "a number is missing");
    for (; c >= '0' && c <= '9'; c = pattern_peek(reader)) {
        reader->at++;
        if (value <= NUMBER_MAX)
            value = 10 * value + (unsigned)(c - '0');
    }
    return value;
}

/* Behind `{`. */
static void counts(struct pattern_reader *reader, struct pattern_node *node)
{
    const char *at = reader->at - 1;

    node->minimum = number(reader);
    node->maximum = node->minimum;
    if (pattern_take(reader, ','))
        node->maximum =
            pattern_peek(reader) == '}' ? PATTERN_FOREVER : number(reader);
    if (!pattern_take(reader, '}'))
        pattern_fail(reader, reader->at, "'}' is missing");
    if (node->minimum > node->maximum)
        pattern_fail(reader, at, "the numbers are the wrong way round");
}

/* The item, or it repeated as a quantifier behind it says. */
static struct pattern_node *quantified(struct pattern_reader *reader,
                                       struct pattern_node *item)
{
    struct pattern_node *node = new_node(PATTERN_REPEAT);

    node->maximum = PATTERN_FOREVER;
    if (pattern_take(reader, '+'))
        node->minimum = 1;
    else if (pattern_take(reader, '?'))
        node->maximum = 1;
    else if (pattern_take(reader, '{'))
        counts(reader, node);
    else if (!pattern_take(reader, '*'))
        return item;
    pattern_take(reader, '?'); /* lazy: the same strings match */
    add_item(node, item);
    return node;
}

static struct pattern_node *term(struct pattern_reader *reader)
{
    struct pattern_node *node;
    int c = pattern_peek(reader);

    if (pattern_take(reader, '^'))
        return new_node(PATTERN_BEGIN);
    if (pattern_take(reader, '$'))
        return new_node(PATTERN_END);
    if (c > 0 && strchr("*+?{", c) != NULL)
        pattern_fail(reader, reader->at, "there is nothing to repeat");
    if (c == ']' || c == '}')
        pattern_fail(reader, reader->at, "'%c' needs a '\\' before it", c);
    if (pattern_take(reader, '(')) {
        node = group(reader);
    } else {
        node = new_node(PATTERN_SET);
        pattern_atom(reader, &node->set);
    }
    return quantified(reader, node);
}

static struct pattern_node *sequence(struct pattern_reader *reader)
{
    struct pattern_node *node = new_node(PATTERN_SEQUENCE);

    while (pattern_peek(reader) != -1 && pattern_peek(reader) != '|' &&
           pattern_peek(reader) != ')')
        add_item(node, term(reader));
    return node;
}

static struct pattern_node *choice(struct pattern_reader *reader)
{
    struct pattern_node *node = new_node(PATTERN_CHOICE);

    do {
        add_item(node, sequence(reader));
    } while (pattern_take(reader, '|'));
    return node;
}

struct pattern_node *pattern_parse(const struct place *place, const char *text,
                                   size_t size)
{
    struct pattern_reader reader = {place, text, text, text + size, 0};
    struct pattern_node *node = choice(&reader);

    if (reader.at != reader.end)
        pattern_fail(&reader, reader.at, "there is no group to end");
    return node;
}
