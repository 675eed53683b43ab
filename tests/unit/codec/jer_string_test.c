/* The strings of JER. */
#include "jer_rules.h"

START_TEST(a_string_has_the_characters_of_its_type)
{
    static const char phone[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods.phoneNumber";
    static const char vds[] =
        "denm.alacarte.stationaryVehicle.vehicleIdentification.vDS";

    reads(phone, "\"0039 02 1234\"");
    refuses(phone, "\"12x\"", STEPDEN_ERR_RANGE, "",
            "character 3 is not one of PhoneNumber", 0);
    refuses(phone, "\"1\\u0000\"", STEPDEN_ERR_RANGE, "",
            "character 2 is not one of PhoneNumber", 0);
    reads(vds, "\"\\u0000\\u001f\\\"\\\\~\x7f\"");
    refuses(vds, "\"abcde\xc3\xa9\"", STEPDEN_ERR_RANGE, "",
            "character 6 is not one of VDS", 0);
}
END_TEST

START_TEST(a_string_has_the_size_of_its_type)
{
    static const char vehicle[] =
        "denm.alacarte.stationaryVehicle.vehicleIdentification";
    static const char action[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods."
        "emergencyActionCode";

    refuses(vehicle, "{\"vDS\":\"abcde\"}", STEPDEN_ERR_RANGE, "vDS",
            "5 characters, outside 6..6", 7);
    refuses(vehicle, "{\"vDS\":\"abcdefg\"}", STEPDEN_ERR_RANGE, "vDS",
            "7 characters, outside 6..6", 7);
    reads(action, "\"abcdefghijklmnopqrstuvwx\"");
    refuses(action, "\"\"", STEPDEN_ERR_RANGE, "",
            "0 characters, outside 1..24", 0);
}
END_TEST

START_TEST(a_utf8_string_counts_characters)
{
    static const char path[] =
        "denm.alacarte.stationaryVehicle.carryingDangerousGoods.companyName";
    char text[200] = "\"";

    for (int i = 0; i < 24; i++)
        strcat(text, "\xf0\x9f\x9a\x97");
    strcat(text, "\"");
    reads(path, text);
    reads_as(path, "\"\\ud83d\\ude97\\u00e9\\u0000\"",
             "\"\xf0\x9f\x9a\x97\xc3\xa9\\u0000\"");
    strcpy(text + strlen(text) - 1, "a\"");
    refuses(path, text, STEPDEN_ERR_RANGE, "", "25 characters, outside 1..24",
            0);
    refuses(path, "\"\xc3\"", STEPDEN_ERR_SYNTAX, "",
            "found byte 0x22, which is not UTF-8 here", 2);
}
END_TEST

START_TEST(a_long_string_may_have_escapes)
{
    const struct stepden_type type = {
        .name = "IA5String", .kind = STEPDEN_KIND_CHARACTERS, .size = 64};
    char text[1024] = "\"\\n";

    memset(text + strlen(text), 'a', 500);
    strcat(text, "\\t\"");
    ck_assert_str_eq(jer_of(&type, reads_type(&type, text)), text);
}
END_TEST

START_TEST(bits_of_fixed_size_are_hexadecimal)
{
    static const char path[] =
        "denm.location.linkedIvims[].serviceProviderId.countryCode";

    reads(path, "\"ffc0\"");
    reads_as(path, "\"FFC0\"", "\"ffc0\"");
    refuses(path, "\"ff\"", STEPDEN_ERR_INVALID, "",
            "1 octets, not the 2 of 10 bits", 0);
    refuses(path, "\"ffc000\"", STEPDEN_ERR_INVALID, "",
            "3 octets, not the 2 of 10 bits", 0);
    refuses(path, "\"ffc\"", STEPDEN_ERR_INVALID, "",
            "found \"ffc\", allowed is a string of hexadecimal digits in pairs",
            0);
    refuses(path, "\"ffg0\"", STEPDEN_ERR_INVALID, "",
            "found \"ffg0\", allowed is a string of hexadecimal digits in "
            "pairs",
            0);
    refuses(path, "\"ffe0\"", STEPDEN_ERR_INVALID, "",
            "bits are set behind the last of 10", 0);
    refuses(path, "{\"value\":\"ffc0\",\"length\":10}", STEPDEN_ERR_INVALID, "",
            "found an object, allowed is a string of hexadecimal digits in "
            "pairs",
            0);
}
END_TEST

START_TEST(bits_of_any_size_have_a_length)
{
    static const char path[] =
        "denm.alacarte.roadWorks.closedLanes.drivingLaneStatus";

    reads(path, "{\"value\":\"fff8\",\"length\":13}");
    reads_as(path, "{\"length\":8,\"value\":\"FF\"}",
             "{\"value\":\"ff\",\"length\":8}");
    refuses(path, "{\"value\":\"fff8\"}", STEPDEN_ERR_INVALID, "",
            "\"length\" is missing", 0);
    refuses(path, "{\"length\":1}", STEPDEN_ERR_INVALID, "",
            "\"value\" is missing", 0);
    refuses(path, "{\"size\":1}", STEPDEN_ERR_INVALID, "",
            "unknown key, known are \"value\", \"length\"", 1);
    refuses(path, "{\"length\":8,\"length\":8}", STEPDEN_ERR_INVALID, "",
            "found the key a second time", 12);
    refuses(path, "\"fff8\"", STEPDEN_ERR_INVALID, "",
            "found \"fff8\", allowed is an object", 0);
}
END_TEST

START_TEST(bits_and_their_length_agree)
{
    static const char path[] =
        "denm.alacarte.roadWorks.closedLanes.drivingLaneStatus";

    refuses(path, "{\"value\":\"ff\",\"length\":9}", STEPDEN_ERR_INVALID, "",
            "1 octets, not the 2 of 9 bits", 0);
    refuses(path, "{\"value\":\"ffff\",\"length\":8}", STEPDEN_ERR_INVALID, "",
            "2 octets, not the 1 of 8 bits", 0);
    refuses(path, "{\"value\":\"ff\",\"length\":7}", STEPDEN_ERR_INVALID, "",
            "bits are set behind the last of 7", 0);
    refuses(path, "{\"value\":\"fffc\",\"length\":14}", STEPDEN_ERR_RANGE, "",
            "14 bits, outside 1..13", 0);
    refuses(path, "{\"value\":\"\",\"length\":0}", STEPDEN_ERR_RANGE, "",
            "0 bits, outside 1..13", 0);
    refuses(path, "{\"value\":\"\",\"length\":-1}", STEPDEN_ERR_RANGE, "",
            "found -1, allowed is an integer 0..2147483647", 21);
}
END_TEST

START_TEST(extensible_bits_have_a_length_of_any_size)
{
    const struct stepden_type bits = {
        .name = "BIT STRING",
        .kind = STEPDEN_KIND_BITS,
        .size = 64,
        .length = {.lower = 4,
                   .upper = 4,
                   .has_lower = true,
                   .has_upper = true,
                   .is_extensible = true},
    };

    ck_assert_str_eq(
        jer_of(&bits, reads_type(&bits, "{\"value\":\"f0\",\"length\":4}")),
        "{\"value\":\"f0\",\"length\":4}");
    ck_assert_str_eq(
        jer_of(&bits, reads_type(&bits, "{\"value\":\"ff80\",\"length\":9}")),
        "{\"value\":\"ff80\",\"length\":9}");
}
END_TEST

START_TEST(octets_are_hexadecimal)
{
    const struct stepden_type octets = {
        .name = "OCTET STRING",
        .kind = STEPDEN_KIND_OCTETS,
        .size = 64,
        .length = {.lower = 0,
                   .upper = 2,
                   .has_lower = true,
                   .has_upper = true},
    };

    ck_assert_str_eq(jer_of(&octets, reads_type(&octets, "\"0aFf\"")),
                     "\"0aff\"");
    ck_assert_str_eq(jer_of(&octets, reads_type(&octets, "\"\"")), "\"\"");
    refuses_type(&octets, "\"000000\"", STEPDEN_ERR_RANGE, "",
                 "3 octets, outside 0..2", 0);
    refuses_type(&octets, "\"0\"", STEPDEN_ERR_INVALID, "",
                 "found \"0\", allowed is a string of hexadecimal digits in "
                 "pairs",
                 0);
}
END_TEST

RUN_RULES("jer_string", a_string_has_the_characters_of_its_type,
          a_string_has_the_size_of_its_type, a_utf8_string_counts_characters,
          a_long_string_may_have_escapes, bits_of_fixed_size_are_hexadecimal,
          bits_of_any_size_have_a_length, bits_and_their_length_agree,
          extensible_bits_have_a_length_of_any_size, octets_are_hexadecimal)
