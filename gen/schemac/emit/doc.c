/* Documentation as comments. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "common/keep.h"
#include "emit/emit.h"
#include "model/keyword.h"

enum { COLUMNS = 80 };

const char *emit_plain(const char *from)
{
    char *to = keep_alloc(strlen(from) + 1);
    size_t size = 0;

    for (; *from != '\0'; from++) {
        if (*from != ' ' && !iscntrl((unsigned char)*from))
            to[size++] = *from;
        else if (size > 0 && to[size - 1] != ' ')
            to[size++] = ' ';
    }
    if (size > 0 && to[size - 1] == ' ')
        to[size - 1] = '\0';
    return to;
}

/*
 * Whether a mark begins here that turns text around, U+202A to U+202E or U+2066
 * to U+2069: compilers warn of them.
 */
static bool is_turn(const char *at)
{
    return (strncmp(at, "\xe2\x80", 2) == 0 &&
            memchr("\xaa\xab\xac\xad\xae", at[2], 5) != NULL) ||
           (strncmp(at, "\xe2\x81", 2) == 0 &&
            memchr("\xa6\xa7\xa8\xa9", at[2], 4) != NULL);
}

/* What neither ends the comment nor changes how it looks. */
static const char *as_comment(const char *from)
{
    char *to = keep_format("%s", from);

    for (char *c = to; *c != '\0'; c++) {
        if (is_turn(c))
            memset(c, ' ', 3);
        if (c[0] == '*' && c[1] == '/')
            *c = ' ';
        if (c[0] == '/' && c[1] == '*')
            c[1] = ' ';
    }
    return to;
}

/* How many bytes of `from` fit in `width` columns, cut between words. */
static size_t line_size(const char *from, size_t width)
{
    size_t columns = 0, size = 0;

    for (size_t i = 0;; i++) {
        if (from[i] == '\0' || from[i] == ' ') {
            if (size != 0 && columns > width)
                return size;
            size = i;
        }
        if (from[i] == '\0')
            return size;
        columns += ((unsigned char)from[i] & 0xc0) != 0x80;
    }
}

void emit_comment(struct text *out, int indent, const char *from)
{
    const size_t width = (size_t)(COLUMNS - indent);
    size_t size;

    from = emit_plain(as_comment(from == NULL ? "" : from));
    if (*from == '\0')
        return;
    if (line_size(from, width - 6) == strlen(from) &&
        strlen(from) <= width - 6) {
        text_add(out, "%*s/* %s */\n", indent, "", from);
        return;
    }
    text_add(out, "%*s/*\n", indent, "");
    while (*from != '\0') {
        size = line_size(from, width - 3);
        text_add(out, "%*s * %.*s\n", indent, "", (int)size, from);
        from += size;
        from += strspn(from, " ");
    }
    text_add(out, "%*s */\n", indent, "");
}

const char *emit_unit(const char *unit)
{
    static const char *const units[][2] = {
        {"cm_s", "cm/s"},   {"dm", "0.1 m"}, {"ddeg", "0.1 degree"},
        {"deg", "degrees"}, {"cs", "10 ms"}, {"ds", "0.1 s"},
    };

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(units[i][0], unit) == 0)
            return units[i][1];
    return unit;
}

const char *emit_unit_suffix(const char *unit)
{
    if (unit == NULL)
        return "";
    unit = emit_unit(unit);
    return keep_format(isdigit((unsigned char)*unit) ? " in %s" : " %s", unit);
}

/* With characters that move the cursor as escapes, which mean the same. */
static const char *pattern_text(const char *pattern)
{
    struct text text = {0};

    for (; *pattern != '\0'; pattern++)
        text_add(&text, iscntrl((unsigned char)*pattern) ? "\\x%02x" : "%c",
                 (unsigned char)*pattern);
    return text.at == NULL ? "" : text.at;
}

const char *emit_rule(const struct type *type)
{
    if (type->step > 1)
        return keep_format(", a multiple of %" PRId64, type->step);
    if (type->pattern != NULL)
        return keep_format(", matching %s", pattern_text(type->pattern->text));
    if (type->unique)
        return ", no two alike";
    return "";
}

const char *emit_integers(const struct type *type)
{
    const char *all = "";

    if (type->listed == NULL)
        return keep_format("%" PRId64 "..%" PRId64, type->minimum,
                           type->maximum);
    for (size_t i = 0; i < type->listed_count; i++)
        all = keep_format("%s%s%" PRId64, all, i == 0 ? "" : ", ",
                          type->listed[i]);
    return all;
}

static const char *range_text(const struct type *type)
{
    switch (type->kind) {
    case KIND_INTEGER:
        return keep_format("%s%s%s.", emit_integers(type),
                           emit_unit_suffix(type->unit), emit_rule(type));
    case KIND_SCALED:
        return keep_format("%" PRId64 "..%" PRId64 " in 1e-%d%s.",
                           type->minimum, type->maximum, type->exponent,
                           emit_unit_suffix(type->unit));
    case KIND_CLASSES:
        return keep_format("One of %zu classes up to %" PRId64 "%s.",
                           type->class_count, type->maximum,
                           emit_unit_suffix(type->unit));
    case KIND_STRING:
        return keep_format("%" PRId64 "..%" PRId64 " characters%s.",
                           type->minimum, type->maximum, emit_rule(type));
    case KIND_ARRAY:
    case KIND_TUPLE:
        return keep_format("%" PRId64 "..%" PRId64 " elements%s.",
                           type->minimum, type->maximum, emit_rule(type));
    case KIND_TIME:
        return type->from_1970 ? "POSIX time." : "ITS time.";
    case KIND_RAW:
        return "A slice of the text that was read.";
    case KIND_NAMES:
        return type->open
                   ? keep_format("A value of enum %s, or %" PRId64 "..%" PRId64
                                 ".",
                                 type->name, type->minimum, type->maximum)
                   : "";
    case KIND_BOOLEAN:
    case KIND_CONST:
    case KIND_OBJECT:
    case KIND_UNION:
        break;
    }
    return "";
}

const char *emit_joined(const char *first, const char *second)
{
    size_t size = strlen(first);

    if (*second == '\0')
        return first;
    while (size > 0 &&
           (first[size - 1] == ' ' || iscntrl((unsigned char)first[size - 1])))
        size--;
    if (size == 0)
        return second;
    return keep_format("%.*s%s %s", (int)size, first,
                       strchr(".!?:;", first[size - 1]) == NULL ? "." : "",
                       second);
}

const char *emit_json(struct json_object *json)
{
    return json_object_to_json_string_ext(
        json, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
}

/* Of a number on a grid what C holds, as its range is told. */
static const char *value_text(const struct type *type, struct json_object *json)
{
    int64_t value;

    if (type != NULL && type->kind == KIND_SCALED && json != NULL &&
        keyword_exact(json, type->exponent, &value))
        return keep_format("%" PRId64, value);
    return emit_json(json);
}

const char *emit_examples(const struct type *type, struct json_object *examples)
{
    const char *all = "";

    for (size_t i = 0;
         examples != NULL && i < json_object_array_length(examples); i++)
        all = keep_format(
            "%s %s", i == 0 ? "For example" : keep_format("%s,", all),
            value_text(type, json_object_array_get_idx(examples, i)));
    return *all == '\0' ? all : keep_format("%s.", all);
}

const char *emit_member_doc(const struct member *member)
{
    const char *what = member->description;
    const char *range = range_text(member->type);
    const char *preset = "";

    if (member->alone != NULL)
        range =
            keep_format("An integer is read as its %s.", member->alone->name);
    if (what == NULL && member->type->name != NULL)
        what = member->type->description;
    if (what == NULL)
        what = "";
    if (member->preset != NULL &&
        !json_object_is_type(member->preset, json_type_object))
        preset = keep_format("Default %s.",
                             value_text(member->type, member->preset));
    what = emit_joined(emit_joined(what, range), preset);
    return emit_joined(
        emit_joined(what, emit_examples(member->type, member->examples)),
        member->notes);
}
