#include "suite.h"
#include "json/scan.h"

static const char *const names[] = {"stationId", "stationType", "timeout",
                                    "redis"};

static const char *name_at(const void *ctx, size_t i)
{
    return ((const char *const *)ctx)[i];
}

static const char *nearest(const char *text)
{
    struct stepden_json_word word = {text, strlen(text)};

    return stepden_json_nearest(&word, name_at, names, 4);
}

START_TEST(a_slip_of_the_pen_finds_the_name)
{
    ck_assert_str_eq(nearest("stationid"), "stationId");
    ck_assert_str_eq(nearest("statoinType"), "stationType");
    ck_assert_str_eq(nearest("time_out"), "timeout");
    ck_assert_str_eq(nearest("redi"), "redis");
    ck_assert_str_eq(nearest("reids"), "redis");
    ck_assert_str_eq(nearest("TIME-OUTS"), "timeout");
}
END_TEST

START_TEST(a_name_with_more_or_less_around_it_finds_the_name)
{
    ck_assert_str_eq(nearest("redisServer"), "redis");
    ck_assert_str_eq(nearest("socketTimeoutSeconds"), "timeout");
    ck_assert_str_eq(nearest("station"), "stationId");
    ck_assert_ptr_null(nearest("id"));
}
END_TEST

START_TEST(what_is_far_from_all_has_no_nearest)
{
    ck_assert_ptr_null(nearest("logging"));
    ck_assert_ptr_null(nearest(""));
}
END_TEST

START_TEST(a_very_long_word_has_no_nearest)
{
    char text[STEPDEN_JSON_WORD_SIZE + 2];

    memset(text, 'r', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    ck_assert_ptr_null(nearest(text));
}
END_TEST

RUN_SUITE("nearest", a_slip_of_the_pen_finds_the_name,
          a_name_with_more_or_less_around_it_finds_the_name,
          what_is_far_from_all_has_no_nearest, a_very_long_word_has_no_nearest)
