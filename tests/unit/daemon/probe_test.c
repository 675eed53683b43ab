#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/probe.h"

static enum stepden_probe probe(const char *json)
{
    return stepden_probe(json, strlen(json));
}

START_TEST(knows_an_envelope_by_specversion)
{
    ck_assert_int_eq(probe("{\"specversion\":\"1.0\"}"),
                     STEPDEN_PROBE_ENVELOPE);
    ck_assert_int_eq(probe(" { \"data\" : {\"stations\":[1,2]} ,"
                           "\"id\":\"}\\\"{\", \"specversion\":\"1.0\"}"),
                     STEPDEN_PROBE_ENVELOPE);
}
END_TEST

START_TEST(knows_a_collision_array_by_stations)
{
    ck_assert_int_eq(probe("{\"version\":1,\"creationTime\":\"\","
                           "\"stations\":[]}"),
                     STEPDEN_PROBE_COLLISIONS);
}
END_TEST

START_TEST(knows_a_denm_by_its_management_container)
{
    ck_assert_int_eq(probe("{\"stationId\":1,\"managementContainer\":{}}"),
                     STEPDEN_PROBE_DENM);
}
END_TEST

START_TEST(looks_at_the_outermost_object_only)
{
    ck_assert_int_eq(probe("{\"a\":{\"stations\":[]},\"b\":[{\"stations\":1}],"
                           "\"c\":\"stations\"}"),
                     STEPDEN_PROBE_OTHER);
    ck_assert_int_eq(probe("{\"a\":1},\"stations\":[]"), STEPDEN_PROBE_OTHER);
}
END_TEST

START_TEST(survives_any_text)
{
    static const char text[] =
        "{\"a\\\"\":[1,{\"b\":\"\\\\\"}],\"stations\":[],\"c\":\"d\"}";
    for (size_t size = 0; size < sizeof text; size++) {
        char *copy = malloc(size ? size : 1);
        memcpy(copy, text, size);
        (void)stepden_probe(copy, size);
        for (size_t i = 0; i < size; i++) {
            copy[i] = '"';
            (void)stepden_probe(copy, size);
            copy[i] = '\\';
            (void)stepden_probe(copy, size);
            copy[i] = '\0';
            (void)stepden_probe(copy, size);
            copy[i] = text[i];
        }
        free(copy);
    }
    ck_assert_int_eq(probe(""), STEPDEN_PROBE_OTHER);
    ck_assert_int_eq(probe("[\"stations\"]"), STEPDEN_PROBE_OTHER);
    ck_assert_int_eq(probe("{}"), STEPDEN_PROBE_OTHER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/probe");
    TCase *tests = tcase_create("probe");
    tcase_add_test(tests, knows_an_envelope_by_specversion);
    tcase_add_test(tests, knows_a_collision_array_by_stations);
    tcase_add_test(tests, knows_a_denm_by_its_management_container);
    tcase_add_test(tests, looks_at_the_outermost_object_only);
    tcase_add_test(tests, survives_any_text);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
