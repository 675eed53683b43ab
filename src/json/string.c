#include <string.h>

#include "json/scan.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Four hexadecimal digits; -1 at what is none, where `*at` stays. */
static long decode_hex(const char **at, const char *end)
{
    long code = 0;

    for (int i = 0; i < 4; i++, (*at)++) {
        int digit = *at < end ? hex_value(**at) : -1;

        if (digit < 0)
            return -1;
        code = 16 * code + digit;
    }
    return code;
}

static size_t encode_utf8(char utf8[4], long code)
{
    if (code < 0x80) {
        utf8[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        utf8[0] = (char)(0xc0 | code >> 6);
        utf8[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        utf8[0] = (char)(0xe0 | code >> 12);
        utf8[1] = (char)(0x80 | (code >> 6 & 0x3f));
        utf8[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    utf8[0] = (char)(0xf0 | code >> 18);
    utf8[1] = (char)(0x80 | (code >> 12 & 0x3f));
    utf8[2] = (char)(0x80 | (code >> 6 & 0x3f));
    utf8[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

/* Behind "\u": one code unit, or two that make a pair (RFC 8259, clause 7). */
static size_t decode_unicode(const char **at, const char *end, char utf8[4])
{
    const char *start = *at - 2;
    long high = decode_hex(at, end), low;

    if (high < 0)
        return 0;
    if (high < 0xd800 || high > 0xdfff)
        return encode_utf8(utf8, high);
    if (high > 0xdbff || (*at < end && **at != '\\')) {
        *at = start;
        return 0;
    }
    for (const char *c = "\\u"; *c != '\0'; c++, (*at)++)
        if (*at == end || **at != *c)
            return 0;
    low = decode_hex(at, end);
    if (low < 0)
        return 0;
    if (low < 0xdc00 || low > 0xdfff) {
        *at = start;
        return 0;
    }
    return encode_utf8(utf8, 0x10000 + (high - 0xd800) * 0x400 + low - 0xdc00);
}

static size_t decode_escape(const char **at, const char *end, char utf8[4])
{
    static const char escapes[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    const char *escape;

    if (++*at == end)
        return 0;
    if (**at == 'u') {
        ++*at;
        return decode_unicode(at, end, utf8);
    }
    escape = memchr(escapes, **at, sizeof(escapes) - 1);
    if (escape == NULL)
        return 0;
    ++*at;
    utf8[0] = meanings[escape - escapes];
    return 1;
}

/* UTF-8 as in RFC 3629, clause 4: shortest form, no surrogates. */
static size_t decode_utf8(const char **at, const char *end, char utf8[4])
{
    unsigned char lead = (unsigned char)**at;
    unsigned char low = 0x80, high = 0xbf;
    size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    if (lead == 0xe0)
        low = 0xa0;
    else if (lead == 0xed)
        high = 0x9f;
    else if (lead == 0xf0)
        low = 0x90;
    else if (lead == 0xf4)
        high = 0x8f;
    for (size_t i = 0; i < size; i++, (*at)++) {
        unsigned char c;

        if (*at == end)
            return 0;
        c = (unsigned char)**at;
        if (i > 0 && (c < low || c > high))
            return 0;
        if (i > 0) {
            low = 0x80;
            high = 0xbf;
        }
        utf8[i] = (char)c;
    }
    return size;
}

/* One character; 0 when there is none, with `*at` at the reason. */
static size_t decode(const char **at, const char *end, char utf8[4])
{
    unsigned char c;

    if (*at == end)
        return 0;
    c = (unsigned char)**at;
    if (c < 0x20)
        return 0;
    if (c >= 0x80)
        return decode_utf8(at, end, utf8);
    if (c == '\\')
        return decode_escape(at, end, utf8);
    utf8[0] = (char)c;
    ++*at;
    return 1;
}

size_t stepden_json_next_character(const char **at, const char *end,
                                   char utf8[4])
{
    return **at == '"' ? 0 : decode(at, end, utf8);
}

uint32_t stepden_json_string_hash(const char *at, const char *end)
{
    uint32_t hash = 2166136261u;
    char utf8[4];
    size_t size;

    while ((size = stepden_json_next_character(&at, end, utf8)) != 0)
        for (size_t i = 0; i < size; i++)
            hash = (hash ^ (unsigned char)utf8[i]) * 16777619u;
    return hash;
}

/* In UTF-8, the first byte tells a character's size. */
int stepden_json_string_compare(const char *a, const char *end_a, const char *b,
                                const char *end_b)
{
    char utf8_a[4] = "", utf8_b[4] = "";
    size_t size_a, size_b;
    int order;

    do {
        size_a = stepden_json_next_character(&a, end_a, utf8_a);
        size_b = stepden_json_next_character(&b, end_b, utf8_b);
        if (size_a == 0 || size_b == 0)
            return (size_a != 0) - (size_b != 0);
        order = memcmp(utf8_a, utf8_b, size_a);
    } while (order == 0);
    return order;
}

bool stepden_json_string_equal(const char *a, const char *end_a, const char *b,
                               const char *end_b)
{
    return stepden_json_string_compare(a, end_a, b, end_b) == 0;
}

static bool fail_in_string(struct stepden_json_reader *reader)
{
    unsigned char c;

    if (reader->at == reader->end)
        return stepden_json_fail(reader, STEPDEN_ERR_TRUNCATED, reader->at,
                                 "the text ends within a string");
    c = (unsigned char)*reader->at;
    if (c == '\n' || c == '\r')
        return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                                 "the line ends within a string: its '\"' may "
                                 "be missing; a line feed in it is \\n");
    if (c < 0x20)
        return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                                 "found U+%04X in a string, allowed is the "
                                 "escape \\u%04x",
                                 c, c);
    if (c == '\\')
        return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                                 "found half a pair of surrogates");
    if (c >= 0x80 || (unsigned char)reader->at[-1] >= 0x80)
        return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                                 "found byte 0x%02x, which is not UTF-8 here",
                                 c);
    return stepden_json_fail(reader, STEPDEN_ERR_SYNTAX, reader->at,
                             "found a wrong escape in a string, allowed are "
                             "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
}

/* "2026-11-21T20:05:43." and a dozen digits: the next ones do not count. */
static bool is_surplus(const char *text, size_t size, char next)
{
    enum { FRACTION = 20, KEPT = 12 };

    if (size != FRACTION + KEPT || next < '0' || next > '9')
        return false;
    for (size_t i = FRACTION; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

size_t stepden_json_date_time(char text[STEPDEN_JSON_DATE_TIME_MAX],
                              const char *at, const char *end)
{
    char utf8[4];
    size_t size = 0, more;

    while ((more = stepden_json_next_character(&at, end, utf8)) != 0) {
        if (is_surplus(text, size, utf8[0]))
            continue;
        if (more != 1 || size == STEPDEN_JSON_DATE_TIME_MAX)
            return 0;
        text[size++] = utf8[0];
    }
    return size;
}

static inline void skip_plain(struct stepden_json_reader *reader)
{
    const char *at = reader->at, *end = reader->end;

    while (at < end && (unsigned char)*at >= 0x20 &&
           (unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
        at++;
    reader->at = at;
}

/* A string with escapes, of which what is before the first has been read. */
static bool scan_escaped(struct stepden_json_reader *reader, const char *start,
                         struct stepden_json_word *word)
{
    size_t size = (size_t)(reader->at - start);
    bool fits = size <= sizeof(reader->word);
    char utf8[4];

    if (fits)
        memcpy(reader->word, start, size);
    while (stepden_json_peek(reader) != '"') {
        size_t more = decode(&reader->at, reader->end, utf8);

        if (more == 0)
            return fail_in_string(reader);
        fits = fits && size + more <= sizeof(reader->word);
        if (fits)
            memcpy(reader->word + size, utf8, more);
        size += more;
    }
    reader->at++;
    *word = (struct stepden_json_word){fits ? reader->word : NULL, size};
    return true;
}

bool stepden_json_scan_string(struct stepden_json_reader *reader,
                              struct stepden_json_word *word)
{
    const char *start = ++reader->at;
    char utf8[4];

    for (;;) {
        int c;

        skip_plain(reader);
        c = stepden_json_peek(reader);
        if (c == '"')
            break;
        if (c == '\\')
            return scan_escaped(reader, start, word);
        if (decode(&reader->at, reader->end, utf8) == 0)
            return fail_in_string(reader);
    }
    *word = (struct stepden_json_word){start, (size_t)(reader->at - start)};
    reader->at++;
    return true;
}

bool stepden_json_skip_string(struct stepden_json_reader *reader)
{
    struct stepden_json_word word;

    return stepden_json_scan_string(reader, &word);
}

/* Reads a string's inside into `value`; -1 when it has no end. */
static int64_t take_characters(struct stepden_json_reader *reader, char *value,
                               int64_t maximum, bool *zero)
{
    int64_t count = 0;
    char utf8[4];

    for (reader->at++; stepden_json_peek(reader) != '"'; count++) {
        size_t size = decode(&reader->at, reader->end, utf8);

        if (size == 0)
            return -1;
        *zero |= utf8[0] == '\0';
        if (count < maximum) {
            memcpy(value, utf8, size);
            value += size;
        }
    }
    reader->at++;
    *value = '\0';
    return count;
}

static bool take_string(struct stepden_json_reader *reader, char *value,
                        int64_t minimum, int64_t maximum,
                        const struct stepden_json_pattern *pattern)
{
    const char *at = reader->at;
    bool zero = false;
    int64_t count;

    if (stepden_json_peek(reader) != '"')
        return stepden_json_refuse_type(reader,
                                        "a string of %lld..%lld characters",
                                        (long long)minimum, (long long)maximum);
    count = take_characters(reader, value, maximum, &zero);
    if (count < 0)
        return fail_in_string(reader);
    if (zero)
        return stepden_json_refuse(reader, STEPDEN_ERR_INVALID, at,
                                   "found U+0000, which no string may have");
    if (count < minimum || count > maximum)
        return stepden_json_refuse(
            reader, STEPDEN_ERR_RANGE, at,
            "found %lld characters, allowed is a string of %lld..%lld",
            (long long)count, (long long)minimum, (long long)maximum);
    return pattern == NULL ||
           stepden_json_matches(pattern, at, (size_t)(reader->at - at)) ||
           stepden_json_refuse_value(reader, STEPDEN_ERR_INVALID, at,
                                     "a string that fits %s", pattern->text);
}

bool stepden_json_take_string(struct stepden_json_reader *reader, char *value,
                              int64_t minimum, int64_t maximum, bool secret,
                              const struct stepden_json_pattern *pattern)
{
    bool going;

    reader->secret += secret;
    going = take_string(reader, value, minimum, maximum, pattern);
    reader->secret -= secret;
    return going;
}
