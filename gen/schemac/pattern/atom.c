/* Characters, escapes and classes of a regular expression. */
#include <string.h>

#include "pattern/tree.h"

static uint32_t literal(struct pattern_reader *reader)
{
    unsigned char lead = (unsigned char)*reader->at++;
    unsigned more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    uint32_t code = more == 0 ? lead : lead & (0x3fU >> more);

    for (; more > 0 && reader->at < reader->end; more--)
        code = code << 6 | ((unsigned char)*reader->at++ & 0x3f);
    return code;
}

static int hex_value(int c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *found = c <= 0 ? NULL : strchr(digits, c);

    if (found == NULL)
        return -1;
    return (int)(found - digits) - (found - digits > 15 ? 6 : 0);
}

/* Exactly `count` hexadecimal digits; with count 0, any number up to a `}`. */
static uint32_t hex(struct pattern_reader *reader, unsigned count)
{
    const char *at = reader->at;
    uint32_t code = 0;

    for (unsigned i = 0; count == 0 || i < count; i++) {
        int value = hex_value(pattern_peek(reader));

        if (count == 0 && i > 0 && pattern_take(reader, '}'))
            break;
        if (value < 0)
            pattern_fail(reader, reader->at, "a hexadecimal digit is missing");
        reader->at++;
        code = 16 * code + (uint32_t)value;
        if (code > CODE_POINT_MAX)
            pattern_fail(reader, at, "there is no character above U+10FFFF");
    }
    return code;
}

/* Behind `\u`: also both halves of a pair of surrogates. */
static uint32_t unicode(struct pattern_reader *reader)
{
    uint32_t high, low;
    const char *at;

    if (pattern_take(reader, '{'))
        return hex(reader, 0);
    high = hex(reader, 4);
    at = reader->at;
    if (high < 0xd800 || high > 0xdbff || reader->end - at < 6 ||
        memcmp(at, "\\u", 2) != 0 || at[2] == '{')
        return high;
    reader->at += 2;
    low = hex(reader, 4);
    if (low >= 0xdc00 && low <= 0xdfff)
        return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    reader->at = at;
    return high;
}

static uint32_t control(struct pattern_reader *reader)
{
    int c = pattern_peek(reader);

    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
        pattern_fail(reader, reader->at, "\\c needs a letter");
    reader->at++;
    return (uint32_t)c & 0x1f;
}

_Noreturn static void refuse_escape(const struct pattern_reader *reader,
                                    const char *at, char c)
{
    if (c == 'b' || c == 'B')
        pattern_fail(reader, at, "a word boundary is not supported");
    if (c == 'p' || c == 'P')
        pattern_fail(reader, at, "Unicode properties are not supported");
    if ((c >= '0' && c <= '9') || c == 'k')
        pattern_fail(reader, at, "a back reference is not supported");
    pattern_fail(reader, at, "there is no such escape");
}

/* Behind `\`: a character, not a class. `extra` needs an escape here too. */
static uint32_t escape(struct pattern_reader *reader, char extra)
{
    static const char letters[] = "tnvfr";
    static const char meanings[] = "\t\n\v\f\r";
    const char *at = reader->at - 1, *found;
    int c = pattern_peek(reader), after;

    if (c <= 0 || c >= 0x80)
        pattern_fail(reader, at, "there is no such escape");
    reader->at++;
    after = pattern_peek(reader);
    found = strchr(letters, c);
    if (found != NULL)
        return (uint32_t)meanings[found - letters];
    if (c == '0' && !(after >= '0' && after <= '9'))
        return 0;
    if (c == 'c')
        return control(reader);
    if (c == 'x')
        return hex(reader, 2);
    if (c == 'u')
        return unicode(reader);
    if (c == extra || strchr("^$\\.*+?()[]{}|/", c) != NULL)
        return (uint32_t)c;
    refuse_escape(reader, at, (char)c);
}

/* One end of a range, or a class (true), which is in the set then. */
static bool class_item(struct pattern_reader *reader, struct code_set *set,
                       uint32_t *code)
{
    if (!pattern_take(reader, '\\')) {
        *code = literal(reader);
        return false;
    }
    if (reader->at < reader->end && code_set_add_class(set, *reader->at)) {
        reader->at++;
        return true;
    }
    *code = pattern_take(reader, 'b') ? '\b' : escape(reader, '-');
    return false;
}

static void class_range(struct pattern_reader *reader, struct code_set *set)
{
    const char *at = reader->at;
    uint32_t first, last;
    bool is_class = class_item(reader, set, &first);

    if (reader->end - reader->at < 2 || reader->at[0] != '-' ||
        reader->at[1] == ']') {
        if (!is_class)
            code_set_add(set, first, first);
        return;
    }
    reader->at++;
    if (class_item(reader, set, &last) || is_class)
        pattern_fail(reader, at, "a class cannot be the end of a range");
    if (first > last)
        pattern_fail(reader, at, "the range is the wrong way round");
    code_set_add(set, first, last);
}

/* Behind `[`. */
static void class(struct pattern_reader *reader, struct code_set *set)
{
    const char *at = reader->at - 1;
    bool others = pattern_take(reader, '^');
    struct code_set listed = {0};

    while (!pattern_take(reader, ']')) {
        if (reader->at == reader->end)
            pattern_fail(reader, at, "the class has no end");
        class_range(reader, &listed);
    }
    if (others)
        code_set_add_others(set, &listed);
    else
        *set = listed;
}

void pattern_atom(struct pattern_reader *reader, struct code_set *set)
{
    uint32_t code;

    if (pattern_take(reader, '.')) {
        code_set_add_dot(set);
    } else if (pattern_take(reader, '[')) {
        class(reader, set);
    } else if (pattern_take(reader, '\\')) {
        if (reader->at < reader->end && code_set_add_class(set, *reader->at)) {
            reader->at++;
            return;
        }
        code = escape(reader, '\0');
        code_set_add(set, code, code);
    } else {
        code = literal(reader);
        code_set_add(set, code, code);
    }
}
