#include <stepden/json/writer.h>

#include <stepden/its_time.h>

#include "base/date_time.h"
#include "base/digits.h"

/* A number with a sign and a point. */
enum { NUMBER_SIZE = STEPDEN_DIGITS_MAX + 2 };

/*
 * A number is written in its place if there is room for the longest one, else
 * into `text`, from where end_number takes it if it fits.
 */
static char *begin_number(const struct stepden_json_writer *writer,
                          char text[NUMBER_SIZE])
{
    return writer->end - writer->at < NUMBER_SIZE ? text : writer->at;
}

static void end_number(struct stepden_json_writer *writer, const char *start,
                       char *end)
{
    if (start == writer->at)
        writer->at = end;
    else
        stepden_json_put(writer, start, (size_t)(end - start));
}

static char *put_sign(char *at, int64_t value)
{
    if (value < 0)
        *at++ = '-';
    return at;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

void stepden_json_put_bool(struct stepden_json_writer *writer, bool value)
{
    stepden_json_put(writer, value ? "true" : "false", value ? 4 : 5);
}

void stepden_json_put_integer(struct stepden_json_writer *writer, int64_t value)
{
    char text[NUMBER_SIZE];
    char *start = begin_number(writer, text);

    end_number(writer, start,
               stepden_digits_put(put_sign(start, value), magnitude(value)));
}

void stepden_json_put_scaled(struct stepden_json_writer *writer, int64_t value,
                             int exponent)
{
    char text[NUMBER_SIZE];
    char *start = begin_number(writer, text);
    uint64_t unit = stepden_powers_of_ten[exponent];
    uint64_t fraction = magnitude(value) % unit;
    char *at =
        stepden_digits_put(put_sign(start, value), magnitude(value) / unit);

    if (fraction != 0) {
        *at++ = '.';
        at = stepden_digits_put_last(at, fraction, exponent);
        while (at[-1] == '0')
            at--;
    }
    end_number(writer, start, at);
}

/* A string that has nothing to escape. */
static void put_plain(struct stepden_json_writer *writer, const char *text,
                      size_t size)
{
    stepden_json_put(writer, "\"", 1);
    stepden_json_put(writer, text, size);
    stepden_json_put(writer, "\"", 1);
}

static void put_escape(struct stepden_json_writer *writer, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char escapes[] = "\"\\bfnrt";
    const char *found = memchr(plain, c, sizeof(plain) - 1);
    char text[] = "\\u0000";

    if (found != NULL) {
        text[1] = escapes[found - plain];
        stepden_json_put(writer, text, 2);
        return;
    }
    text[4] = hex[c >> 4];
    text[5] = hex[c & 15];
    stepden_json_put(writer, text, 6);
}

void stepden_json_put_text(struct stepden_json_writer *writer, const char *text,
                           size_t size)
{
    const char *start = text;
    const char *const end = text + size;

    stepden_json_put(writer, "\"", 1);
    for (; text != end; text++) {
        unsigned char c = (unsigned char)*text;

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        stepden_json_put(writer, start, (size_t)(text - start));
        put_escape(writer, c);
        start = text + 1;
    }
    stepden_json_put(writer, start, (size_t)(text - start));
    stepden_json_put(writer, "\"", 1);
}

void stepden_json_put_string(struct stepden_json_writer *writer,
                             const char *text)
{
    stepden_json_put_text(writer, text, strlen(text));
}

void stepden_json_put_secret(struct stepden_json_writer *writer,
                             const char *text)
{
    stepden_json_put_string(writer, writer->masked ? STEPDEN_JSON_MASK : text);
}

void stepden_json_put_time(struct stepden_json_writer *writer, int64_t its_ms)
{
    char text[STEPDEN_RFC3339_SIZE];

    stepden_its_format(text, its_ms);
    put_plain(writer, text, STEPDEN_RFC3339_SIZE - 1);
}

void stepden_json_put_unix_time(struct stepden_json_writer *writer,
                                int64_t unix_ms)
{
    char text[STEPDEN_RFC3339_SIZE];

    stepden_unix_format(text, unix_ms);
    put_plain(writer, text, STEPDEN_RFC3339_SIZE - 1);
}

void stepden_json_put_name(struct stepden_json_writer *writer, const char *name,
                           int64_t value)
{
    if (name == NULL)
        stepden_json_put_integer(writer, value);
    else
        put_plain(writer, name, strlen(name));
}

void stepden_json_put_raw(struct stepden_json_writer *writer,
                          struct stepden_json_span span)
{
    if (span.at == NULL)
        stepden_json_put(writer, "null", 4);
    else
        stepden_json_put(writer, span.at, span.size);
}
