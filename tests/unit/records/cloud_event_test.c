#include <stepden/records/cloud_event.h>

#include "../json/suite.h"

static struct stepden_cloud_event event;
static struct stepden_diag diag;
static char json[STEPDEN_CLOUD_EVENT_JSON_MAX + 64];

static enum stepden_status take(const char *text)
{
    return stepden_cloud_event_read(&event, text, strlen(text), &diag);
}

START_TEST(data_is_a_slice_of_the_text)
{
    const char *const text =
        "{\"data\": { \"a\" : [1] } ,\"specversion\":\"1.0\",\"id\":\"1-0/0\","
        "\"source\":\"/x\",\"type\":\"t\"}";

    ck_assert_int_eq(take(text), 0);
    ck_assert_ptr_eq(event.data.at, text + 9);
    ck_assert_uint_eq(event.data.size, 13);
    ck_assert_str_eq(event.id, "1-0/0");
    ck_assert(!event.has_time);
}
END_TEST

START_TEST(data_is_checked_for_its_syntax)
{
    ck_assert_int_eq(take("{\"data\":{\"a\":[1,]}}"), STEPDEN_ERR_SYNTAX);
    ck_assert_str_eq(diag.where, "/data/a/1");
    ck_assert_int_eq(take("{\"data\":{\"a\":1,\"a\":2}}"), STEPDEN_ERR_INVALID);
    ck_assert_int_eq(take("{\"data\":[]}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "found an array, allowed is an object");
}
END_TEST

START_TEST(a_constant_must_be_itself)
{
    ck_assert_int_eq(take("{\"specversion\":\"0.3\"}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/specversion");
    ck_assert_str_eq(diag.reason, "found \"0.3\", allowed is \"1.0\"");
}
END_TEST

START_TEST(a_slice_is_written_as_it_stands)
{
    size_t size;

    stepden_cloud_event_init(&event);
    strcpy(event.id, "a\"b");
    event.data = (struct stepden_json_span){"{ }", 3};
    event.has_time = true;
    event.time_its_ms = 1;
    size = stepden_cloud_event_write(json, sizeof(json) - 1, &event);
    json[size] = '\0';
    ck_assert_str_eq(
        json, "{\"specversion\":\"1.0\",\"id\":\"a\\\"b\",\"source\":\"\","
              "\"type\":\"\",\"time\":\"2004-01-01T00:00:00.001Z\","
              "\"data\":{ }}");
}
END_TEST

RUN_SUITE("cloud_event", data_is_a_slice_of_the_text,
          data_is_checked_for_its_syntax, a_constant_must_be_itself,
          a_slice_is_written_as_it_stands)
