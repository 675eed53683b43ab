#include "daemon/log/outage.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>

static struct stepden_log_outage outage;
static int64_t now_ms;

static void set_up(void)
{
    outage = (struct stepden_log_outage){.error = 0};
    now_ms = INT64_C(1795208743007);
}

/* One line, which fails so; what is told elsewhere then. */
static enum stepden_log_news take_line(int error)
{
    if (stepden_log_outage_is_to_say(&outage, now_ms) && error == 0)
        stepden_log_outage_said(&outage, now_ms);
    stepden_log_outage_note(&outage, error, now_ms);
    if (error != 0)
        stepden_log_outage_lose(&outage);
    return stepden_log_outage_news(&outage, now_ms);
}

START_TEST(what_works_has_nothing_to_say)
{
    ck_assert(stepden_log_outage_tries(&outage, now_ms));
    ck_assert(!stepden_log_outage_is_to_say(&outage, now_ms));
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_NONE);
}
END_TEST

START_TEST(a_fault_is_tried_again_after_a_second)
{
    take_line(ENOSPC);
    now_ms += 999;
    ck_assert(!stepden_log_outage_tries(&outage, now_ms));
    now_ms += 1;
    ck_assert(stepden_log_outage_tries(&outage, now_ms));
    now_ms -= 3600000;
    ck_assert(stepden_log_outage_tries(&outage, now_ms));
}
END_TEST

START_TEST(what_was_full_is_tried_at_once)
{
    take_line(EAGAIN);
    ck_assert(stepden_log_outage_tries(&outage, now_ms));
}
END_TEST

START_TEST(is_told_once_until_it_works_again)
{
    ck_assert_int_eq(take_line(ENOSPC), STEPDEN_LOG_NEWS_LOST);
    for (int i = 0; i < 100; i++) {
        now_ms += 1000;
        ck_assert_int_eq(take_line(ENOSPC), STEPDEN_LOG_NEWS_NONE);
    }
    ck_assert_uint_eq(outage.lost, 101);
    now_ms += 1000;
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_RESUMED);
    ck_assert_uint_eq(stepden_log_outage_take_unheard(&outage), 101);
    ck_assert_uint_eq(outage.lost, 0);
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_NONE);
}
END_TEST

START_TEST(is_told_again_after_ten_seconds)
{
    take_line(ENOSPC);
    take_line(0);
    now_ms += 9999;
    ck_assert_int_eq(take_line(ENOSPC), STEPDEN_LOG_NEWS_NONE);
    now_ms += 1;
    ck_assert_int_eq(take_line(ENOSPC), STEPDEN_LOG_NEWS_LOST);
}
END_TEST

START_TEST(what_was_lost_meanwhile_is_told_too)
{
    take_line(ENOSPC);
    take_line(0);
    ck_assert_uint_eq(stepden_log_outage_take_unheard(&outage), 1);
    now_ms += 2000;
    take_line(ENOSPC);
    take_line(ENOSPC);
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_NONE);
    now_ms += 7999;
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_NONE);
    now_ms += 1;
    ck_assert_int_eq(take_line(0), STEPDEN_LOG_NEWS_RESUMED);
    ck_assert_uint_eq(stepden_log_outage_take_unheard(&outage), 2);
}
END_TEST

START_TEST(says_once_a_second_what_a_slow_reader_misses)
{
    int said = 0;
    uint64_t missing = 0;
    for (int i = 0; i < 10000; i++) {
        now_ms++;
        if (i % 20 == 0 && stepden_log_outage_is_to_say(&outage, now_ms)) {
            said++;
            missing += outage.lost;
        }
        take_line(i % 20 == 0 ? 0 : EAGAIN);
    }
    ck_assert_int_eq(said, 10);
    ck_assert_uint_eq(missing + outage.lost, 9500);
}
END_TEST

START_TEST(nothing_waits_at_the_end)
{
    take_line(ENOSPC);
    take_line(0);
    take_line(EIO);
    stepden_log_outage_hurry(&outage);
    ck_assert(stepden_log_outage_tries(&outage, now_ms));
    ck_assert(stepden_log_outage_is_to_say(&outage, now_ms));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_outage");
    TCase *tests = tcase_create("log_outage");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, what_works_has_nothing_to_say);
    tcase_add_test(tests, a_fault_is_tried_again_after_a_second);
    tcase_add_test(tests, what_was_full_is_tried_at_once);
    tcase_add_test(tests, is_told_once_until_it_works_again);
    tcase_add_test(tests, is_told_again_after_ten_seconds);
    tcase_add_test(tests, what_was_lost_meanwhile_is_told_too);
    tcase_add_test(tests, says_once_a_second_what_a_slow_reader_misses);
    tcase_add_test(tests, nothing_waits_at_the_end);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
