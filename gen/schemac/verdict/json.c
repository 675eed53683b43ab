#include "verdict/json.h"

#include <string.h>

#include "common/keep.h"
#include "json/equal.h"
#include "json/exact.h"
#include "json/number.h"
#include "json/scan.h"

static const char digits[] = "-0123456789";

const char *json_decode(struct stepden_json_span string, size_t *size)
{
    const char *at = string.at + 1, *end = string.at + string.size;
    char *decoded = keep_alloc(string.size);
    size_t total = 0, more;

    while ((more = stepden_json_next_character(&at, end, decoded + total)) != 0)
        total += more;
    decoded[total] = '\0';
    if (size != NULL)
        *size = total;
    return decoded;
}

const char *json_text(const struct place *place, struct stepden_json_span value)
{
    const char *text;
    size_t size;

    json_expect(place, value, "\"", "a string");
    text = json_decode(value, &size);
    if (strlen(text) != size)
        fail_at(place, "found %.*s, allowed is a string without NUL",
                (int)value.size, value.at);
    return text;
}

int json_compare(struct stepden_json_span a, struct stepden_json_span b)
{
    return stepden_json_string_compare(a.at + 1, a.at + a.size, b.at + 1,
                                       b.at + b.size);
}

void json_expect_unique(const struct place *place,
                        struct stepden_json_span array)
{
    struct stepden_json_walk walk = stepden_json_walk_into(array);
    const char *again = stepden_json_repeated(array);
    struct stepden_json_span value;

    for (size_t i = 0; stepden_json_walk_element(&walk, &value); i++) {
        struct place here = place_element(place, i);

        if (value.at == again)
            fail_at(&here, "found %.*s a second time", (int)value.size,
                    value.at);
    }
}

struct stepden_json_span json_inside(struct stepden_json_span string)
{
    return (struct stepden_json_span){string.at + 1, string.size - 2};
}

struct stepden_json_span json_compact(struct stepden_json_span value)
{
    char *compact = keep_alloc(value.size);
    size_t size = 0;
    bool inside = false;

    for (size_t i = 0; i < value.size; i++) {
        char c = value.at[i];

        if (!inside && memchr(" \t\r\n", c, 4) != NULL)
            continue;
        compact[size++] = c;
        if (inside && c == '\\')
            compact[size++] = value.at[++i];
        else if (c == '"')
            inside = !inside;
    }
    return (struct stepden_json_span){compact, size};
}

bool json_member(struct stepden_json_span object, const char *key,
                 struct stepden_json_span *value)
{
    struct stepden_json_walk walk = stepden_json_walk_into(object);
    struct stepden_json_span found;
    size_t size;

    while (stepden_json_walk_member(&walk, &found, value)) {
        const char *name = json_decode(found, &size);

        if (size == strlen(key) && strcmp(name, key) == 0)
            return true;
    }
    return false;
}

bool json_child(struct stepden_json_span parent, const char *key,
                struct stepden_json_span *value)
{
    struct stepden_json_walk walk;
    struct place index = {"", ""};

    if (*parent.at == '{')
        return json_member(parent, key, value);
    if (*parent.at != '[')
        return false;
    walk = stepden_json_walk_into(parent);
    for (size_t i = 0; stepden_json_walk_element(&walk, value); i++)
        if (strcmp(place_element(&index, i).pointer + 1, key) == 0)
            return true;
    return false;
}

size_t json_size(struct stepden_json_span container)
{
    struct stepden_json_walk walk = stepden_json_walk_into(container);
    struct stepden_json_span key, value;
    size_t count = 0;

    if (*container.at == '{')
        while (stepden_json_walk_member(&walk, &key, &value))
            count++;
    else
        while (stepden_json_walk_element(&walk, &value))
            count++;
    return count;
}

void json_expect(const struct place *place, struct stepden_json_span value,
                 const char *first, const char *allowed)
{
    struct stepden_json_span found = json_compact(value);

    if (strchr(first, *value.at) == NULL)
        fail_at(place, "found %.*s, allowed is %s", (int)found.size, found.at,
                allowed);
}

uint64_t json_count(const struct place *place, struct stepden_json_span value)
{
    struct stepden_json_decimal decimal;

    json_expect(place, value, digits, "an integer from 0");
    stepden_json_decimal_parse(&decimal, value.at, value.size, 0);
    if (decimal.negative || !stepden_json_number_is_integer(value))
        fail_at(place, "found %.*s, allowed is an integer from 0",
                (int)value.size, value.at);
    return decimal.huge ? UINT64_MAX : decimal.whole;
}
