#include "den/store.h"

#include "bench.h"

#define CAPACITY 3000u

static struct stepden_store store;

static void setup(void)
{
    ck_assert_int_eq(stepden_store_init(&store, CAPACITY, 65536), STEPDEN_OK);
}

static void teardown(void)
{
    stepden_store_free(&store);
}

static struct stepden_parties parties(uint32_t target)
{
    return (struct stepden_parties){
        .reference_station_id = 1,
        .target_station_id = target / 4,
        .target_object_id = (uint16_t)(target % 4),
    };
}

static uint32_t add(uint32_t number)
{
    uint32_t handle = stepden_store_add(&store, number);
    ck_assert_uint_ne(handle, STEPDEN_HANDLE_NONE);
    stepden_store_at(&store, handle)->parties = parties(number);
    stepden_store_link(&store, handle);
    return handle;
}

static uint32_t find(uint32_t target)
{
    struct stepden_parties wanted = parties(target);
    return stepden_store_find_parties(&store, &wanted);
}

START_TEST(records_are_found_by_parties_and_by_number)
{
    for (uint32_t number = 0; number < CAPACITY; number++)
        add(number);
    for (uint32_t number = 0; number < CAPACITY; number++) {
        uint32_t handle = find(number);
        ck_assert_uint_eq(stepden_store_at(&store, handle)->number, number);
        ck_assert_uint_eq(stepden_store_find_number(&store, number), handle);
    }
    ck_assert_uint_eq(find(CAPACITY), STEPDEN_HANDLE_NONE);
}
END_TEST

START_TEST(a_full_store_takes_no_more_until_one_is_removed)
{
    for (uint32_t number = 0; number < CAPACITY; number++)
        add(number);
    ck_assert_uint_eq(stepden_store_add(&store, 40000), STEPDEN_HANDLE_NONE);
    stepden_store_remove(&store, find(17));
    ck_assert_uint_eq(find(17), STEPDEN_HANDLE_NONE);
    ck_assert_uint_eq(stepden_store_find_number(&store, 17),
                      STEPDEN_HANDLE_NONE);
    add(40000);
    ck_assert_uint_ne(find(40000), STEPDEN_HANDLE_NONE);
}
END_TEST

START_TEST(a_record_stays_where_it_is_while_the_store_grows)
{
    struct stepden_record *first = stepden_store_at(&store, add(0));
    for (uint32_t number = 1; number < CAPACITY; number++)
        add(number);
    ck_assert_ptr_eq(stepden_store_at(&store, find(0)), first);
}
END_TEST

START_TEST(a_record_takes_the_place_of_another_of_the_same_parties)
{
    uint32_t first = add(5);
    uint32_t second = stepden_store_add(&store, 6);
    stepden_store_at(&store, second)->parties = parties(5);
    ck_assert_uint_eq(find(5), first);
    stepden_store_link(&store, second);
    ck_assert_uint_eq(find(5), second);
    ck_assert_uint_eq(stepden_store_find_number(&store, 5), first);
    stepden_store_remove(&store, first);
    ck_assert_uint_eq(find(5), second);
    stepden_store_remove(&store, second);
    ck_assert_uint_eq(find(5), STEPDEN_HANDLE_NONE);
}
END_TEST

START_TEST(a_record_that_was_replaced_is_not_found_again)
{
    uint32_t first = add(5);
    uint32_t second = stepden_store_add(&store, 6);
    stepden_store_at(&store, second)->parties = parties(5);
    stepden_store_link(&store, second);
    stepden_store_remove(&store, second);
    ck_assert_uint_eq(find(5), STEPDEN_HANDLE_NONE);
    ck_assert_uint_eq(stepden_store_find_number(&store, 5), first);
}
END_TEST

START_TEST(the_next_record_is_the_earliest_then_the_one_of_the_lowest_number)
{
    int64_t at_mono_ms;
    ck_assert_uint_eq(stepden_store_next(&store, &at_mono_ms),
                      STEPDEN_HANDLE_NONE);
    stepden_store_schedule(&store, add(9), 200);
    stepden_store_schedule(&store, add(8), 100);
    stepden_store_schedule(&store, add(7), 100);
    ck_assert_uint_eq(stepden_store_next(&store, &at_mono_ms), find(7));
    ck_assert_int_eq(at_mono_ms, 100);
    stepden_store_schedule(&store, find(7), 300);
    stepden_store_remove(&store, find(8));
    ck_assert_uint_eq(stepden_store_next(&store, &at_mono_ms), find(9));
    ck_assert_int_eq(at_mono_ms, 200);
}
END_TEST

START_TEST(a_store_is_empty_when_any_has_been_removed_for_each)
{
    for (uint32_t number = 0; number < CAPACITY; number++)
        stepden_store_schedule(&store, add(number), 1000 - number);
    for (uint32_t number = 0; number < CAPACITY; number++)
        stepden_store_remove(&store, stepden_store_any(&store));
    ck_assert_uint_eq(stepden_store_any(&store), STEPDEN_HANDLE_NONE);
    ck_assert_uint_eq(store.count, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("store");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, records_are_found_by_parties_and_by_number);
    tcase_add_test(tests, a_full_store_takes_no_more_until_one_is_removed);
    tcase_add_test(tests, a_record_stays_where_it_is_while_the_store_grows);
    tcase_add_test(tests,
                   a_record_takes_the_place_of_another_of_the_same_parties);
    tcase_add_test(tests, a_record_that_was_replaced_is_not_found_again);
    tcase_add_test(
        tests,
        the_next_record_is_the_earliest_then_the_one_of_the_lowest_number);
    tcase_add_test(tests, a_store_is_empty_when_any_has_been_removed_for_each);
    return bench_run("store", tests);
}
