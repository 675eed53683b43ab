#include <stepden/json/writer.h>

#include <stepden/its_time.h>

#include "base/date_time.h"

enum { INTEGER_SIZE = 20, SCALED_SIZE = 24 };

/* The digits of `number`, at least `least` of them, end at `end`. */
static char *digits_before(char *end, uint64_t number, int least)
{
    static const char pairs[] = "00010203040506070809"
                                "10111213141516171819"
                                "20212223242526272829"
                                "30313233343536373839"
                                "40414243444546474849"
                                "50515253545556575859"
                                "60616263646566676869"
                                "70717273747576777879"
                                "80818283848586878889"
                                "90919293949596979899";
    char *at = end;

    for (; number >= 100; number /= 100)
        memcpy(at -= 2, &pairs[2 * (number % 100)], 2);
    for (; number != 0; number /= 10)
        *--at = (char)('0' + number % 10);
    while (end - at < least)
        *--at = '0';
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
    char text[INTEGER_SIZE];
    char *const end = text + sizeof(text);
    char *at = digits_before(end, magnitude(value), 1);

    if (value < 0)
        *--at = '-';
    stepden_json_put(writer, at, (size_t)(end - at));
}

void stepden_json_put_scaled(struct stepden_json_writer *writer, int64_t value,
                             int exponent)
{
    char text[SCALED_SIZE];
    char *end = text + sizeof(text);
    char *const fraction = end - exponent;
    char *at = digits_before(end, magnitude(value), exponent + 1);

    while (end > fraction && end[-1] == '0')
        end--;
    if (end > fraction) {
        memmove(at - 1, at, (size_t)(fraction - at));
        fraction[-1] = '.';
        at--;
    }
    if (value < 0)
        *--at = '-';
    stepden_json_put(writer, at, (size_t)(end - at));
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

static void put_date_time(struct stepden_json_writer *writer,
                          const char text[STEPDEN_RFC3339_SIZE])
{
    stepden_json_put(writer, "\"", 1);
    stepden_json_put(writer, text, STEPDEN_RFC3339_SIZE - 1);
    stepden_json_put(writer, "\"", 1);
}

void stepden_json_put_time(struct stepden_json_writer *writer, int64_t its_ms)
{
    char text[STEPDEN_RFC3339_SIZE];

    stepden_its_format(text, its_ms);
    put_date_time(writer, text);
}

void stepden_json_put_unix_time(struct stepden_json_writer *writer,
                                int64_t unix_ms)
{
    char text[STEPDEN_RFC3339_SIZE];

    stepden_unix_format(text, unix_ms);
    put_date_time(writer, text);
}

void stepden_json_put_name(struct stepden_json_writer *writer, const char *name,
                           int64_t value)
{
    if (name == NULL) {
        stepden_json_put_integer(writer, value);
        return;
    }
    stepden_json_put(writer, "\"", 1);
    stepden_json_put(writer, name, strlen(name));
    stepden_json_put(writer, "\"", 1);
}

void stepden_json_put_raw(struct stepden_json_writer *writer,
                          struct stepden_json_span span)
{
    if (span.at == NULL)
        stepden_json_put(writer, "null", 4);
    else
        stepden_json_put(writer, span.at, span.size);
}
