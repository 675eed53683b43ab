/* What is particular to records that schemac has made of toy schemas. */
#include <stepden/records/empty.h>
#include <stepden/records/keys.h>
#include <stepden/records/places.h>

#include "../json/suite.h"

static struct stepden_diag diag;
static char json[512];

static enum stepden_status read_keys(struct stepden_keys *keys,
                                     const char *text)
{
    return stepden_keys_read(keys, text, strlen(text), &diag);
}

static void write_empty(const struct stepden_empty *empty, const char *expected)
{
    size_t size = stepden_empty_write(json, sizeof(json) - 1, empty);

    json[size] = '\0';
    ck_assert_str_eq(json, expected);
}

static enum stepden_status read_empty(struct stepden_empty *empty,
                                      const char *text)
{
    return stepden_empty_read(empty, text, strlen(text), &diag);
}

START_TEST(a_key_may_have_any_characters_that_need_no_escape)
{
    static const char all[] =
        "{\"$ref\":\"x\",\"@type\":\"Größe\",\"default\":6,"
        "\"2nd\":{\"class\":\"größer\"},\"größe\":7,"
        "\"a b\":true,\"ok?\?\":false,\"init\":[1],"
        "\"born\":\"1969-07-20T20:17:40.000Z\"}";
    struct stepden_keys keys;
    size_t size;

    ck_assert_int_eq(read_keys(&keys, all), STEPDEN_OK);
    ck_assert_str_eq(keys.reference, "x");
    ck_assert_int_eq(keys.preset, 6);
    ck_assert_int_eq(keys.size, 7);
    ck_assert(keys.has_a_b && keys.a_b && keys.has_ok && !keys.ok);
    size = stepden_keys_write(json, sizeof(json) - 1, &keys);
    json[size] = '\0';
    ck_assert_str_eq(json, all);
}
END_TEST

START_TEST(a_key_may_be_written_with_escapes)
{
    struct stepden_keys keys;

    ck_assert_int_eq(read_keys(&keys, "{\"$ref\":\"\",\"gr\\u00f6\\u00DFe\":9,"
                                      "\"a\\u0020b\":true}"),
                     STEPDEN_OK);
    ck_assert_int_eq(keys.size, 9);
    ck_assert(keys.a_b);
    ck_assert_int_eq(read_keys(&keys, "{\"größe\":9,\"gr\\u00f6\\u00DFe\":9}"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "found the key a second time");
}
END_TEST

START_TEST(a_key_is_advised_as_it_is_spelt)
{
    struct stepden_keys keys;

    ck_assert_int_eq(read_keys(&keys, "{\"Größe\":9}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "unknown key; it is written \"größe\"");
    ck_assert_int_eq(read_keys(&keys, "{\"Länge in m\":9}"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "unknown key; it is now \"größe\", in cm");
    ck_assert_str_eq(stepden_keys_reload[0], "/größe");
}
END_TEST

START_TEST(a_time_since_1970_may_be_before_1970)
{
    struct stepden_keys keys;

    stepden_keys_init(&keys);
    ck_assert_int_eq(keys.born_unix_ms, -14182940000);
    ck_assert_int_eq(read_keys(&keys, "{\"$ref\":\"\",\"born\":"
                                      "\"1815-12-10T12:00:00+01:00\"}"),
                     STEPDEN_OK);
    ck_assert_int_eq(keys.born_unix_ms, -4861688400000);
    ck_assert_int_eq(
        read_keys(&keys,
                  "{\"$ref\":\"\",\"born\":\"0000-01-01T00:00:00+00:01\"}"),
        STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason,
                     "found \"0000-01-01T00:00:00+00:01\", allowed is an RFC "
                     "3339 date-time");
}
END_TEST

START_TEST(a_branch_of_constants_is_its_kind)
{
    static const char stop[] =
        "{\"command\":{\"type\":\"stop\",\"now\":true},"
        "\"target\":{\"type\":\"file\",\"path\":\"b\"},\"targets\":[]}";
    struct stepden_empty empty;

    stepden_empty_init(&empty);
    write_empty(&empty, "{\"command\":{\"type\":\"start\"},"
                        "\"target\":{\"type\":\"none\"},"
                        "\"targets\":[{\"type\":\"none\"}]}");
    ck_assert_int_eq(read_empty(&empty, stop), STEPDEN_OK);
    ck_assert_int_eq(empty.command.kind, STEPDEN_EMPTY_COMMAND_STOP);
    write_empty(&empty, stop);
    ck_assert_int_eq(
        read_empty(&empty, "{\"command\":{\"type\":\"stop\",\"now\":1}}"),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason, "found 1, allowed is true");
    ck_assert_int_eq(read_empty(&empty, "{\"command\":{\"type\":\"start\"},"
                                        "\"target\":{\"type\":\"none\","
                                        "\"a\":1}}"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/target/a");
}
END_TEST

START_TEST(what_may_be_a_secret_is_not_repeated)
{
    struct stepden_empty empty;

    ck_assert_int_eq(
        read_empty(&empty,
                   "{\"command\":{\"type\":\"stop\"},\"target\":12345}"),
        STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "/target");
    ck_assert_ptr_null(strstr(diag.reason, "12345"));
}
END_TEST

static enum stepden_status read_places(struct stepden_places *places,
                                       const char *text)
{
    return stepden_places_read(places, text, strlen(text), &diag);
}

/* Reads `text` and writes it again. */
static void rewrite_places(const char *text, const char *expected)
{
    struct stepden_places places;
    size_t size;

    ck_assert_int_eq(read_places(&places, text), STEPDEN_OK);
    size = stepden_places_write(json, sizeof(json) - 1, &places);
    json[size] = '\0';
    ck_assert_str_eq(json, expected);
}

#define FIRST_PLACES                                                           \
    "[7,\"v1\",\"text\",5,[1,true],\"key\",{\"pairs\":[[2]],\"preset\":[4]},"  \
    "true"

START_TEST(absent_places_are_left_out_at_the_end_and_null_before_others)
{
    rewrite_places(FIRST_PLACES "]", FIRST_PLACES "]");
    rewrite_places(FIRST_PLACES ",null,null,null]", FIRST_PLACES "]");
    rewrite_places(FIRST_PLACES ",0.25]", FIRST_PLACES ",0.25]");
    rewrite_places(FIRST_PLACES ",0.25,null]", FIRST_PLACES ",0.25]");
    rewrite_places(FIRST_PLACES ",null,[6,null]]", FIRST_PLACES ",null,[6]]");
    rewrite_places(FIRST_PLACES ",null,null,\"b\"]",
                   FIRST_PLACES ",null,null,\"b\"]");
    rewrite_places("[7,\"v1\",\"\",null,[1],\"\",{\"pairs\":[]},false]",
                   "[7,\"v1\",\"\",null,[1],\"\","
                   "{\"pairs\":[],\"preset\":[4,true]},false]");
}
END_TEST

static void refuse_places(const char *text, const char *where,
                          const char *reason)
{
    struct stepden_places places;

    ck_assert_int_ne(read_places(&places, text), STEPDEN_OK);
    ck_assert_str_eq(diag.where, where);
    ck_assert_str_eq(diag.reason, reason);
}

START_TEST(a_place_is_named_where_it_is_wrong)
{
    refuse_places("[7,\"v1\",\"text\",11]", "/3",
                  "found 11, allowed is an integer 0..9 or null");
    refuse_places("[7,\"v2\"]", "/1", "found \"v2\", allowed is \"v1\"");
    refuse_places("[null]", "/0", "found null, allowed is an integer 0..9");
    refuse_places("[7,\"v1\",\"text\",1,[]]", "/4",
                  "found 0 elements, allowed is an array of 1..2");
    refuse_places(FIRST_PLACES ",0,[1],\"a\",null]", "",
                  "found 12 elements, allowed is an array of 8..11");
    refuse_places("{\"first\":7}", "",
                  "found an object, allowed is an array of 8..11 elements");
}
END_TEST

START_TEST(a_secret_place_is_masked)
{
    struct stepden_places places;
    size_t size;

    ck_assert_int_eq(read_places(&places, FIRST_PLACES "]"), STEPDEN_OK);
    size = stepden_places_write_masked(json, sizeof(json) - 1, &places);
    json[size] = '\0';
    ck_assert_ptr_nonnull(strstr(json, ",\"********\",{"));
}
END_TEST

START_TEST(an_array_of_places_fits_in_its_size_and_not_in_less)
{
    static const char all[] = FIRST_PLACES ",-0.25,[9,false],\"a\"]";
    struct stepden_places places;

    ck_assert_uint_le(strlen(all), STEPDEN_PLACES_JSON_MAX);
    ck_assert_int_eq(read_places(&places, all), STEPDEN_OK);
    for (size_t size = 0; size < strlen(all); size++)
        ck_assert_uint_eq(stepden_places_write(json, size, &places), 0);
    ck_assert_uint_eq(stepden_places_write(json, strlen(all), &places),
                      strlen(all));
}
END_TEST

RUN_SUITE("toys", a_key_may_have_any_characters_that_need_no_escape,
          a_key_may_be_written_with_escapes, a_key_is_advised_as_it_is_spelt,
          a_time_since_1970_may_be_before_1970,
          a_branch_of_constants_is_its_kind,
          what_may_be_a_secret_is_not_repeated,
          absent_places_are_left_out_at_the_end_and_null_before_others,
          a_place_is_named_where_it_is_wrong, a_secret_place_is_masked,
          an_array_of_places_fits_in_its_size_and_not_in_less)
