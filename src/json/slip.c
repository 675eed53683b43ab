/* What people write who take JSON for something else. */
#include <string.h>

#include "json/scan.h"

struct slip {
    const char *text; /* what is found */
    const char *advice;
};

static const struct slip slips[] = {
    {"\xef\xbb\xbf", "a byte order mark has to be left out"},
    {"\xfe", "the text has to be UTF-8"},
    {"\xff", "the text has to be UTF-8"},
    {"//", "JSON has no comments"},
    {"/*", "JSON has no comments"},
    {"#", "JSON has no comments"},
    {"'", "a string stands in double quotes, \""},
    {"`", "a string stands in double quotes, \""},
    {"\xe2\x80\x98", "a string stands in double quotes, \""},
    {"\xe2\x80\x99", "a string stands in double quotes, \""},
    {"\xe2\x80\x9c", "a string stands in double quotes, \""},
    {"\xe2\x80\x9d", "a string stands in double quotes, \""},
    {"\xe2\x80\x9e", "a string stands in double quotes, \""},
    {"\xc2\xa0", "a no-break space is not white space"},
    {"True", "it is written true"},
    {"TRUE", "it is written true"},
    {"False", "it is written false"},
    {"FALSE", "it is written false"},
    {"None", "it is written null"},
    {"NULL", "it is written null"},
    {"undefined", "it is written null"},
    {"NaN", "JSON has no such number"},
    {"Inf", "JSON has no such number"},
    {"+", "a number begins with a digit or '-'"},
    {".", "a number begins with a digit or '-'"},
    {";", "members and elements are separated by ','"},
    {"=", "a key and its value are separated by ':'"},
};

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* The last byte before the place that is not white space, 0 without. */
static char byte_before(const struct stepden_json_reader *reader)
{
    const char *at = reader->at;

    while (at > reader->begin && memchr(" \n\r\t", at[-1], 4) != NULL)
        at--;
    return at > reader->begin ? at[-1] : '\0';
}

const char *stepden_json_slip(const struct stepden_json_reader *reader,
                              const char *expected)
{
    size_t left = (size_t)(reader->end - reader->at);
    int c = stepden_json_peek(reader);
    char before = byte_before(reader);

    if (c == '\0')
        return "the text has to be UTF-8";
    if ((c == '}' || c == ']') && before == ',')
        return "the comma before it is one too many";
    if (before == '0' && reader->at[-1] == '0' && (c == 'x' || is_digit(c)))
        return "a number is decimal, without leading zeros";
    if (strncmp(expected, "a key", 5) == 0 && is_letter(c))
        return "a key stands in double quotes";
    for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
        size_t size = strlen(slips[i].text);

        if (size <= left && memcmp(reader->at, slips[i].text, size) == 0)
            return slips[i].advice;
    }
    if (strncmp(expected, "','", 3) == 0 && (c == '"' || c == '{' || c == '['))
        return "a comma may be missing before it";
    return NULL;
}
