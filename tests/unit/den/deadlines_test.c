#include "den/deadlines.h"

#include "bench.h"

#define HANDLES 500u

static struct stepden_deadlines deadlines;

static void set(uint32_t handle, int64_t at_mono_ms, uint32_t rank)
{
    stepden_deadlines_set(&deadlines,
                          (struct stepden_deadline){.at_mono_ms = at_mono_ms,
                                                    .rank = rank,
                                                    .handle = handle});
}

static void setup(void)
{
    ck_assert_int_eq(stepden_deadlines_init(&deadlines, HANDLES), STEPDEN_OK);
}

static void teardown(void)
{
    stepden_deadlines_free(&deadlines);
}

START_TEST(without_deadlines_there_is_no_first)
{
    ck_assert_ptr_null(stepden_deadlines_first(&deadlines));
    stepden_deadlines_remove(&deadlines, 3);
    ck_assert_ptr_null(stepden_deadlines_first(&deadlines));
}
END_TEST

START_TEST(among_equal_times_the_lowest_rank_is_first)
{
    set(1, 100, 9);
    set(2, 100, 7);
    set(3, 100, 8);
    ck_assert_uint_eq(stepden_deadlines_first(&deadlines)->handle, 2);
}
END_TEST

START_TEST(a_deadline_can_move_both_ways)
{
    set(1, 100, 0);
    set(2, 200, 0);
    set(1, 300, 0);
    ck_assert_uint_eq(stepden_deadlines_first(&deadlines)->handle, 2);
    set(1, 50, 0);
    ck_assert_uint_eq(stepden_deadlines_first(&deadlines)->handle, 1);
    ck_assert_uint_eq(deadlines.count, 2);
}
END_TEST

/* A plain array says what the queue has to do. */
START_TEST(after_any_changes_the_earliest_is_first)
{
    int64_t expected[HANDLES] = {0};
    uint32_t random = 1;

    for (int step = 0; step < 20000; step++) {
        random = random * 1664525u + 1013904223u;
        uint32_t handle = (random >> 8) % HANDLES;
        int64_t at_mono_ms = 1 + (random >> 16) % 1000;
        if (random & 0x80) {
            stepden_deadlines_remove(&deadlines, handle);
            expected[handle] = 0;
        } else {
            set(handle, at_mono_ms, handle);
            expected[handle] = at_mono_ms;
        }

        uint32_t best = HANDLES;
        for (uint32_t i = 0; i < HANDLES; i++) {
            if (expected[i] > 0 &&
                (best == HANDLES || expected[i] < expected[best]))
                best = i;
        }
        if (best == HANDLES)
            ck_assert_ptr_null(stepden_deadlines_first(&deadlines));
        else
            ck_assert_uint_eq(stepden_deadlines_first(&deadlines)->handle,
                              best);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("deadlines");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_deadlines_there_is_no_first);
    tcase_add_test(tests, among_equal_times_the_lowest_rank_is_first);
    tcase_add_test(tests, a_deadline_can_move_both_ways);
    tcase_add_test(tests, after_any_changes_the_earliest_is_first);
    return bench_run("deadlines", tests);
}
