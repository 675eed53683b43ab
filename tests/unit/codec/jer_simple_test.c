/* The numbers, items and null of JER. */
#include "jer_rules.h"

#define POSITION "denm.management.eventPosition"

START_TEST(a_number_outside_its_range_is_refused)
{
    refuses(POSITION, "{\"latitude\": 900000002}", STEPDEN_ERR_RANGE,
            "latitude", "900000002 is outside -900000000..900000001", 13);
    reads(POSITION ".latitude", "900000001");
    reads(POSITION ".latitude", "-900000000");
    refuses(POSITION ".latitude", "-900000001", STEPDEN_ERR_RANGE, "",
            "-900000001 is outside -900000000..900000001", 0);
}
END_TEST

START_TEST(an_extensible_number_may_be_outside)
{
    static const char path[] =
        "denm.location.detectionZonesToEventPosition[][].pathDeltaTime";

    reads(path, "0");
    reads(path, "65536");
    reads(path, "-9223372036854775808");
    reads(path, "9223372036854775807");
    refuses(path, "9223372036854775808", STEPDEN_ERR_RANGE, "",
            "found 9223372036854775808, allowed is an integer of 64 bits", 0);
    refuses(path, "-9223372036854775809", STEPDEN_ERR_RANGE, "",
            "found -9223372036854775809, allowed is an integer of 64 bits", 0);
}
END_TEST

START_TEST(an_integer_may_be_spelt_otherwise)
{
    reads_as("header.stationId", "1.0", "1");
    reads_as("header.stationId", "12.50e1", "125");
    reads_as("header.stationId", "-0", "0");
    reads_as("header.stationId", "0e999999999999", "0");
}
END_TEST

START_TEST(a_number_that_is_no_integer_is_refused)
{
    refuses("header.stationId", "1.5", STEPDEN_ERR_INVALID, "",
            "found 1.5, allowed is an integer", 0);
    refuses("header.stationId", "1e-1", STEPDEN_ERR_INVALID, "",
            "found 1e-1, allowed is an integer", 0);
    refuses("header.stationId", "1e999999999999", STEPDEN_ERR_RANGE, "",
            "found 1e999999999999, allowed is an integer of 64 bits", 0);
    refuses("header.stationId", "01", STEPDEN_ERR_SYNTAX, "",
            "found '1', expected is the end of the text; a number is decimal, "
            "without leading zeros",
            1);
}
END_TEST

START_TEST(an_unknown_item_is_refused_with_the_nearest)
{
    refuses("denm.management", "{\"termination\":\"isCancelation\"}",
            STEPDEN_ERR_INVALID, "termination",
            "found \"isCancelation\", allowed is an item of Termination as "
            "\"isCancellation\"",
            15);
    refuses("denm.management.termination", "\"x\"", STEPDEN_ERR_INVALID, "",
            "found \"x\", allowed is an item of Termination", 0);
    refuses("denm.management.termination", "\"isNegation\\u0000\"",
            STEPDEN_ERR_INVALID, "",
            "found \"isNegation\\u0000\", allowed is an item of Termination as "
            "\"isNegation\"",
            0);
}
END_TEST

START_TEST(null_is_null)
{
    const struct stepden_type null = {
        .name = "NULL", .kind = STEPDEN_KIND_NULL, .size = 8};

    ck_assert_str_eq(jer_of(&null, reads_type(&null, "null")), "null");
    refuses_type(&null, "0", STEPDEN_ERR_INVALID, "",
                 "found 0, allowed is null", 0);
}
END_TEST

RUN_RULES("jer_simple", a_number_outside_its_range_is_refused,
          an_extensible_number_may_be_outside,
          an_integer_may_be_spelt_otherwise,
          a_number_that_is_no_integer_is_refused,
          an_unknown_item_is_refused_with_the_nearest, null_is_null)
