#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/refusals.h"

static struct stepden_refusals refusals;
static struct stepden_config config;
static struct stepden_den_counters counters;
static char text[STEPDEN_REFUSALS_TEXT_MAX];

static void set_up(void)
{
    refusals = (struct stepden_refusals){.reserved = 0};
    counters = (struct stepden_den_counters){.arrays = 0};
    stepden_config_init(&config);
}

static uint32_t numbers(void)
{
    return config.station_id_count * 65536;
}

static void note(int times)
{
    for (int i = 0; i < times; i++)
        stepden_refusals_note(&refusals, STEPDEN_DEN_SKIP_FULL, &counters,
                              numbers());
}

/* Of how many it tells at that time. */
static unsigned long told(int64_t mono_ms)
{
    if (!stepden_refusals_tell(&refusals, text, &config, mono_ms))
        return 0;
    return strtoul(text + strlen("count="), NULL, 10);
}

static const char *tell(enum stepden_den_skip why)
{
    stepden_refusals_note(&refusals, why, &counters, numbers());
    counters.reserved = 0; /* what was then counts, not what is now */
    return stepden_refusals_tell(&refusals, text, &config, INT64_MAX);
}

START_TEST(tells_seldom_of_how_many)
{
    ck_assert_uint_eq(told(5), 0);
    note(3);
    ck_assert_uint_eq(told(5), 3);
    note(2);
    ck_assert_uint_eq(told(10004), 0);
    ck_assert_uint_eq(told(10005), 2);
}
END_TEST

START_TEST(other_reasons_to_skip_are_no_refusals)
{
    stepden_refusals_note(&refusals, STEPDEN_DEN_SKIP_HOLD_OFF, &counters,
                          numbers());
    ck_assert_uint_eq(told(5), 0);
}
END_TEST

START_TEST(explains_records_that_are_too_few)
{
    counters.reserved = 60000;
    ck_assert_str_eq(
        tell(STEPDEN_DEN_SKIP_FULL),
        "count=1 reason=\"no free record\" reserved=60000 of=60000 "
        "sum=\"each is reserved for 11 s + time to collision: 5454.5 new "
        "events a second at most\" advice=\"raise denm.maxRecords, to 65536 at "
        "most with stationIdCount 1\"");
}
END_TEST

START_TEST(explains_action_ids_that_are_too_few)
{
    config.denm.max_records = 65536;
    counters.reserved = 65536;
    ck_assert_str_eq(
        tell(STEPDEN_DEN_SKIP_ACTION_ID),
        "count=1 reason=\"no free action id\" reserved=65536 of=65536 "
        "sum=\"each is reserved for 11 s + time to collision: 5957.8 new "
        "events a second at most\" advice=\"raise stationIdCount from 1, "
        "and denm.maxRecords\"");
    config.station_id_count = 16;
    config.denm.max_records = 1048576;
    refusals.seldom.told = false;
    ck_assert_ptr_nonnull(strstr(tell(STEPDEN_DEN_SKIP_ACTION_ID),
                                 "advice=\"shorten the validity, 11 s\""));
    ck_assert_ptr_nonnull(strstr(text, "of=1048576"));
}
END_TEST

START_TEST(leaves_no_advice_unfinished)
{
    config.station_id_count = 16;
    config.denm.max_records = 1048575;
    counters.reserved = 1048575;
    ck_assert_ptr_nonnull(strstr(tell(STEPDEN_DEN_SKIP_FULL),
                                 "advice=\"raise denm.maxRecords, to 1048576 "
                                 "at most with stationIdCount 16\""));
}
END_TEST

START_TEST(knows_that_memory_is_short)
{
    counters.reserved = 59999;
    ck_assert_str_eq(tell(STEPDEN_DEN_SKIP_FULL),
                     "count=1 reason=\"no memory\" reserved=59999 of=60000 "
                     "advice=\"lower denm.maxRecords, or allow more memory\"");
}
END_TEST

START_TEST(a_partition_has_its_part_of_the_action_ids)
{
    counters.reserved = 256;
    stepden_refusals_note(&refusals, STEPDEN_DEN_SKIP_ACTION_ID, &counters,
                          256);
    ck_assert_ptr_nonnull(
        stepden_refusals_tell(&refusals, text, &config, INT64_MAX));
    ck_assert_str_eq(
        text,
        "count=1 reason=\"no free action id\" reserved=256 of=256 "
        "sum=\"each is reserved for 11 s + time to collision: 23.3 new "
        "events a second at most\" advice=\"raise stationIdCount from 1\"");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/refusals");
    TCase *tests = tcase_create("refusals");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, tells_seldom_of_how_many);
    tcase_add_test(tests, other_reasons_to_skip_are_no_refusals);
    tcase_add_test(tests, explains_records_that_are_too_few);
    tcase_add_test(tests, explains_action_ids_that_are_too_few);
    tcase_add_test(tests, leaves_no_advice_unfinished);
    tcase_add_test(tests, knows_that_memory_is_short);
    tcase_add_test(tests, a_partition_has_its_part_of_the_action_ids);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
