#include "den/action_ids.h"

#include "bench.h"

static struct stepden_action_ids ids;

static void open_ids(uint32_t stations)
{
    ck_assert_int_eq(stepden_action_ids_init(&ids, stations), STEPDEN_OK);
}

START_TEST(the_next_number_is_one_more_than_the_last)
{
    open_ids(1);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 0);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 1);
    stepden_action_ids_release(&ids, 0);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 2);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(numbers_wrap_at_65536)
{
    open_ids(1);
    stepden_action_ids_continue(&ids, 65534);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 65535);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 0);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(numbers_in_use_are_skipped)
{
    open_ids(1);
    ck_assert(stepden_action_ids_reserve(&ids, 0));
    ck_assert(stepden_action_ids_reserve(&ids, 1));
    ck_assert(stepden_action_ids_reserve(&ids, 65535));
    ck_assert(!stepden_action_ids_reserve(&ids, 65535));
    stepden_action_ids_continue(&ids, 65534);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 2);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(the_numbers_of_all_stations_are_given_out_before_one_comes_again)
{
    open_ids(2);
    for (uint32_t number = 0; number < 2 * STEPDEN_SEQUENCE_NUMBERS; number++)
        ck_assert_uint_eq(stepden_action_ids_take(&ids), number);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), STEPDEN_NUMBER_NONE);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(the_only_free_number_is_found_wherever_it_is)
{
    static const uint32_t free_numbers[] = {0,    1,     63,    64,
                                            4095, 40000, 65534, 65535};
    uint32_t number = free_numbers[_i];

    open_ids(1);
    for (uint32_t i = 0; i < STEPDEN_SEQUENCE_NUMBERS; i++)
        stepden_action_ids_take(&ids);
    stepden_action_ids_continue(&ids, 4000);
    stepden_action_ids_release(&ids, number);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), number);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), STEPDEN_NUMBER_NONE);
    stepden_action_ids_free(&ids);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("action_ids");
    tcase_add_test(tests, the_next_number_is_one_more_than_the_last);
    tcase_add_test(tests, numbers_wrap_at_65536);
    tcase_add_test(tests, numbers_in_use_are_skipped);
    tcase_add_test(
        tests,
        the_numbers_of_all_stations_are_given_out_before_one_comes_again);
    tcase_add_loop_test(tests, the_only_free_number_is_found_wherever_it_is, 0,
                        8);
    return bench_run("action_ids", tests);
}
