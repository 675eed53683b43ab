#include "den/deadlines.h"

#include "bench.h"

#define NUMBERS 500u

static struct stepden_deadlines deadlines;

static void set(uint32_t number, int64_t at_mono_ms)
{
    stepden_deadlines_set(
        &deadlines,
        (struct stepden_deadline){.at_mono_ms = at_mono_ms, .number = number});
}

/* The number of the first, or NUMBERS. */
static uint32_t first(void)
{
    struct stepden_deadline deadline;
    return stepden_deadlines_first(&deadlines, &deadline) ? deadline.number
                                                          : NUMBERS;
}

static void setup(void)
{
    ck_assert_int_eq(stepden_deadlines_init(&deadlines, NUMBERS, NUMBERS),
                     STEPDEN_OK);
}

static void teardown(void)
{
    stepden_deadlines_free(&deadlines);
}

START_TEST(without_deadlines_there_is_no_first)
{
    uint32_t number;
    ck_assert_uint_eq(first(), NUMBERS);
    stepden_deadlines_remove(&deadlines, 3);
    ck_assert_uint_eq(first(), NUMBERS);
    ck_assert(!stepden_deadlines_last(&deadlines, &number));
}
END_TEST

START_TEST(among_equal_times_the_lowest_number_is_first)
{
    set(9, 100);
    set(7, 100);
    set(8, 100);
    ck_assert_uint_eq(first(), 7);
}
END_TEST

START_TEST(a_deadline_can_move_both_ways)
{
    uint32_t number;
    set(1, 100);
    set(2, 200);
    set(1, 300);
    ck_assert_uint_eq(first(), 2);
    set(1, 50);
    ck_assert_uint_eq(first(), 1);
    stepden_deadlines_remove(&deadlines, 1);
    stepden_deadlines_remove(&deadlines, 2);
    ck_assert(!stepden_deadlines_last(&deadlines, &number));
}
END_TEST

/* A replay's times are ITS times, a restored record's may be negative. */
START_TEST(times_come_back_as_they_were_set)
{
    const int64_t times_ms[] = {
        -STEPDEN_DEADLINE_MAX_MS, -1, 0, 1, INT64_C(4398046511103),
        STEPDEN_DEADLINE_MAX_MS};
    struct stepden_deadline deadline;

    for (uint32_t i = 0; i < 6; i++)
        set(NUMBERS - 1 - i, times_ms[i]);
    for (uint32_t i = 0; i < 6; i++) {
        ck_assert(stepden_deadlines_first(&deadlines, &deadline));
        ck_assert_int_eq(deadline.at_mono_ms, times_ms[i]);
        ck_assert_uint_eq(deadline.number, NUMBERS - 1 - i);
        stepden_deadlines_remove(&deadlines, deadline.number);
    }
}
END_TEST

START_TEST(times_too_far_away_still_come_first_or_last)
{
    set(1, INT64_MAX);
    set(2, STEPDEN_DEADLINE_MAX_MS - 1);
    set(3, 0);
    ck_assert_uint_eq(first(), 3);
    set(4, INT64_MIN);
    ck_assert_uint_eq(first(), 4);
    stepden_deadlines_remove(&deadlines, 4);
    stepden_deadlines_remove(&deadlines, 3);
    ck_assert_uint_eq(first(), 2);
}
END_TEST

/* The earliest of those set (a time of 0: not set), or NUMBERS. */
static uint32_t earliest(const int64_t *times_ms)
{
    uint32_t best = NUMBERS;
    for (uint32_t i = 0; i < NUMBERS; i++) {
        if (times_ms[i] > 0 &&
            (best == NUMBERS || times_ms[i] < times_ms[best]))
            best = i;
    }
    return best;
}

/* A plain array says what the queue has to do. */
START_TEST(after_any_changes_the_earliest_is_first)
{
    int64_t times_ms[NUMBERS] = {0};
    uint32_t random = 1;

    for (int step = 0; step < 20000; step++) {
        random = random * 1664525u + 1013904223u;
        uint32_t number = (random >> 8) % NUMBERS;
        if (random & 0x80) {
            stepden_deadlines_remove(&deadlines, number);
            times_ms[number] = 0;
        } else {
            times_ms[number] = 1 + (random >> 16) % 1000;
            set(number, times_ms[number]);
        }
        ck_assert_uint_eq(first(), earliest(times_ms));
    }
}
END_TEST

START_TEST(all_can_be_removed_from_the_end)
{
    uint32_t number;
    uint32_t removed = 0;

    for (uint32_t i = 0; i < NUMBERS; i++)
        set(i, 1 + i * 7919 % 1000);
    while (stepden_deadlines_last(&deadlines, &number)) {
        stepden_deadlines_remove(&deadlines, number);
        removed++;
    }
    ck_assert_uint_eq(removed, NUMBERS);
    ck_assert_uint_eq(first(), NUMBERS);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("deadlines");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, without_deadlines_there_is_no_first);
    tcase_add_test(tests, among_equal_times_the_lowest_number_is_first);
    tcase_add_test(tests, a_deadline_can_move_both_ways);
    tcase_add_test(tests, times_come_back_as_they_were_set);
    tcase_add_test(tests, times_too_far_away_still_come_first_or_last);
    tcase_add_test(tests, after_any_changes_the_earliest_is_first);
    tcase_add_test(tests, all_can_be_removed_from_the_end);
    return bench_run("deadlines", tests);
}
