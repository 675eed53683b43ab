#include <stepden/json/writer.h>

#include "suite.h"

static char buffer[128];
static struct stepden_json_writer writer;

static void begin(size_t size)
{
    writer = (struct stepden_json_writer){.at = buffer, .end = buffer + size};
}

static const char *written(void)
{
    *writer.at = '\0';
    return buffer;
}

static const char *scaled(int64_t value, int exponent)
{
    begin(64);
    stepden_json_put_scaled(&writer, value, exponent);
    return written();
}

static const char *integer(int64_t value)
{
    begin(64);
    stepden_json_put_integer(&writer, value);
    return written();
}

static const char *string(const char *text)
{
    begin(64);
    stepden_json_put_string(&writer, text);
    return written();
}

START_TEST(integers_of_all_sizes)
{
    ck_assert_str_eq(integer(0), "0");
    ck_assert_str_eq(integer(-7), "-7");
    ck_assert_str_eq(integer(4294967295), "4294967295");
    ck_assert_str_eq(integer(INT64_MAX), "9223372036854775807");
    ck_assert_str_eq(integer(INT64_MIN), "-9223372036854775808");
}
END_TEST

START_TEST(scaled_numbers_are_exact_and_short)
{
    ck_assert_str_eq(scaled(454642000, 7), "45.4642");
    ck_assert_str_eq(scaled(454642035, 7), "45.4642035");
    ck_assert_str_eq(scaled(450000000, 7), "45");
    ck_assert_str_eq(scaled(0, 7), "0");
    ck_assert_str_eq(scaled(-1, 7), "-0.0000001");
    ck_assert_str_eq(scaled(-1800000000, 7), "-180");
    ck_assert_str_eq(scaled(700, 3), "0.7");
    ck_assert_str_eq(scaled(INT64_C(-999999999999999999), 18),
                     "-0.999999999999999999");
    ck_assert_str_eq(scaled(10, 1), "1");
}
END_TEST

START_TEST(strings_escape_what_they_must_and_nothing_else)
{
    ck_assert_str_eq(string("\"\\/\b\f\n\r\t\x01\x1f"),
                     "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\"");
    ck_assert_str_eq(string("\x7f\xc3\xa9\xf0\x9f\x9a\x97"),
                     "\"\x7f\xc3\xa9\xf0\x9f\x9a\x97\"");
    ck_assert_str_eq(string(""), "\"\"");
}
END_TEST

START_TEST(a_text_of_known_size_may_have_u0000)
{
    begin(64);
    stepden_json_put_text(&writer, "a\0\"b", 4);
    ck_assert_str_eq(written(), "\"a\\u0000\\\"b\"");
    stepden_json_put_text(&writer, "", 0);
    ck_assert_str_eq(written(), "\"a\\u0000\\\"b\"\"\"");
}
END_TEST

START_TEST(a_value_without_a_name_is_a_number)
{
    begin(64);
    stepden_json_put_name(&writer, "bus", 6);
    stepden_json_put_name(&writer, NULL, 200);
    ck_assert_str_eq(written(), "\"bus\"200");
}
END_TEST

START_TEST(times_have_milliseconds_and_z)
{
    begin(64);
    stepden_json_put_time(&writer, 1);
    ck_assert_str_eq(written(), "\"2004-01-01T00:00:00.001Z\"");
}
END_TEST

START_TEST(brackets_take_the_place_of_the_first_comma)
{
    char *start;

    begin(64);
    start = writer.at;
    stepden_json_put(&writer, ",1", 2);
    stepden_json_put(&writer, ",2", 2);
    stepden_json_enclose(&writer, start, "[]");
    ck_assert_str_eq(written(), "[1,2]");
    start = writer.at;
    stepden_json_enclose(&writer, start, "{}");
    ck_assert_str_eq(written(), "[1,2]{}");
}
END_TEST

START_TEST(what_does_not_fit_is_not_written)
{
    memset(buffer, '#', sizeof(buffer));
    begin(5);
    stepden_json_put_string(&writer, "long enough");
    stepden_json_put_integer(&writer, 1);
    stepden_json_enclose(&writer, buffer, "{}");
    ck_assert(writer.full);
    ck_assert_int_eq(buffer[5], '#');
}
END_TEST

START_TEST(a_number_that_just_fits_is_written)
{
    begin(7);
    stepden_json_put_integer(&writer, -42);
    stepden_json_put_scaled(&writer, -15, 1);
    ck_assert(!writer.full);
    ck_assert_str_eq(written(), "-42-1.5");
}
END_TEST

START_TEST(a_number_that_does_not_fit_is_not_written)
{
    memset(buffer, '#', sizeof(buffer));
    begin(4);
    stepden_json_put_integer(&writer, -4711);
    ck_assert(writer.full);
    ck_assert_int_eq(buffer[4], '#');
    begin(4);
    stepden_json_put_scaled(&writer, -471, 1);
    ck_assert(writer.full);
    ck_assert_int_eq(buffer[4], '#');
}
END_TEST

RUN_SUITE("writer", integers_of_all_sizes, scaled_numbers_are_exact_and_short,
          strings_escape_what_they_must_and_nothing_else,
          a_text_of_known_size_may_have_u0000,
          a_value_without_a_name_is_a_number, times_have_milliseconds_and_z,
          brackets_take_the_place_of_the_first_comma,
          what_does_not_fit_is_not_written, a_number_that_just_fits_is_written,
          a_number_that_does_not_fit_is_not_written)
