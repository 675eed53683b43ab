#include "den/action_ids.h"

#include "bench.h"

static struct stepden_action_ids ids;

static void open_ids(uint32_t total)
{
    ck_assert_int_eq(stepden_action_ids_init(&ids, total), STEPDEN_OK);
}

START_TEST(the_next_number_is_one_more_than_the_last)
{
    open_ids(65536);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 0);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 1);
    stepden_action_ids_release(&ids, 0);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 2);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(numbers_wrap_at_65536)
{
    open_ids(65536);
    stepden_action_ids_continue(&ids, 65534);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 65535);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 0);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(numbers_in_use_are_skipped)
{
    open_ids(65536);
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
    open_ids(2 * 65536);
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

    open_ids(65536);
    for (uint32_t i = 0; i < STEPDEN_SEQUENCE_NUMBERS; i++)
        stepden_action_ids_take(&ids);
    stepden_action_ids_continue(&ids, 4000);
    stepden_action_ids_release(&ids, number);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), number);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), STEPDEN_NUMBER_NONE);
    stepden_action_ids_free(&ids);
}
END_TEST

START_TEST(there_may_be_any_count_of_numbers)
{
    static const uint32_t totals[] = {1,    63,   64,   65,    256,  4095,
                                      4096, 4097, 8193, 21845, 21846};
    uint32_t total = totals[_i];

    open_ids(total);
    stepden_action_ids_continue(&ids, total / 2);
    for (uint32_t i = 1; i <= total; i++)
        ck_assert_uint_eq(stepden_action_ids_take(&ids),
                          (total / 2 + i) % total);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), STEPDEN_NUMBER_NONE);
    stepden_action_ids_release(&ids, total - 1);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), total - 1);
    stepden_action_ids_release(&ids, 0);
    stepden_action_ids_continue(&ids, 2 * total - 2);
    ck_assert_uint_eq(stepden_action_ids_take(&ids), 0);
    stepden_action_ids_free(&ids);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("action_ids");
    tcase_add_loop_test(tests, there_may_be_any_count_of_numbers, 0, 11);
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
