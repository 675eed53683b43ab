/*
 * Traps that no scenario can set, since they are of the clock: a program that
 * runs the one test that it is given.
 */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/leap_seconds.h"
#include "unit/den/bench.h"

/* Two to come: one more at the end of 2028, and one less at that of 2034. */
static const struct stepden_leap_second to_come[] = {
    {INT64_C(2051222400000), 5000}, /* 2034-12-31: no 23:59:59 */
    {INT64_C(1861920000000), 6000}, /* 2028-12-31T23:59:60Z */
    {INT64_C(1483228800000), 5000}, /* 2016-12-31T23:59:60Z */
};

/* -1 if there is no such time. */
static int64_t its_of(const char *text)
{
    const struct stepden_leap_seconds leaps = {to_come, 3};
    int64_t its_ms;
    enum stepden_status status =
        stepden_its_parse_by(&leaps, &its_ms, text, strlen(text));
    return status == STEPDEN_OK ? its_ms : -1;
}

START_TEST(trap_08_a_leap_second_to_come_may_be_negative)
{
    const char *new_year_2029 = "2029-01-01T00:00:00Z";
    const char *new_year_2035 = "2035-01-01T00:00:00Z";
    ck_assert_int_eq(its_of(new_year_2029) - its_of("2028-12-31T23:59:58Z"),
                     3000);
    ck_assert_int_gt(its_of("2028-12-31T23:59:60Z"), 0);
    ck_assert_int_eq(its_of(new_year_2035) - its_of("2034-12-31T23:59:58Z"),
                     1000);
    ck_assert_int_eq(its_of("2034-12-31T23:59:59Z"), -1);
    ck_assert_int_eq(its_of(new_year_2035) - its_of(new_year_2029),
                     (INT64_C(2051222400) - INT64_C(1861920000) - 1) * 1000);
}
END_TEST

/* The array's, made so long after the trigger. */
static void update(int64_t after_trigger_ms)
{
    bench.array.creation_time_its_ms =
        bench_management(0)->detection_time_its_ms + after_trigger_ms;
    ck_assert_int_eq(stepden_den_take_collisions(bench.den, &bench.array,
                                                 "update", "", bench.now, NULL),
                     STEPDEN_OK);
}

/* How much later than the trigger's it is. */
static int64_t reference_ms(uint32_t i)
{
    return bench_management(i)->reference_time_its_ms -
           bench_management(0)->reference_time_its_ms;
}

/* Ours; that of the predictor does not. */
START_TEST(trap_09_reference_time_rises_while_the_clock_steps_back)
{
    bench_open();
    bench_predict("1-0", 7, 6000);
    bench.now.its_ms -= 500;
    bench_sleep(100);
    update(100);
    bench_sleep(100);
    update(200);
    bench.now.its_ms -= 5000;
    bench_advance(1000);

    ck_assert_uint_eq(bench.sent_count, 4);
    ck_assert_int_eq(bench_last()->kind, STEPDEN_DEN_CANCELLATION);
    ck_assert_int_eq(reference_ms(1), 1);
    ck_assert_int_eq(reference_ms(2), 2);
    ck_assert_int_eq(reference_ms(3), 3);
    for (uint32_t i = 1; i < 4; i++)
        ck_assert_int_eq(bench_management(i)->detection_time_its_ms,
                         bench_management(0)->detection_time_its_ms);
}
END_TEST

int main(int argc, char **argv)
{
    const TTest *const traps[] = {
        trap_08_a_leap_second_to_come_may_be_negative,
        trap_09_reference_time_rises_while_the_clock_steps_back,
    };
    for (size_t i = 0; argc == 2 && i < sizeof traps / sizeof *traps; i++) {
        if (strcmp(traps[i]->name, argv[1]) == 0) {
            TCase *tests = bench_tests(argv[1]);
            tcase_add_test(tests, traps[i]);
            return bench_run("traps", tests);
        }
    }
    fprintf(stderr, "usage: %s TRAP\n", argv[0]);
    return EX_USAGE;
}
