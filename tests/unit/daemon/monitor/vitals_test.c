#include "daemon/monitor/vitals.h"

#include <check.h>
#include <stdlib.h>

static const char *reason(enum stepden_session_state state, bool is_connected,
                          const char *obstacle)
{
    const struct stepden_vitals vitals = {
        .state = state, .is_connected = is_connected, .obstacle = obstacle};
    return stepden_vitals_reason(&vitals);
}

START_TEST(owners_and_standbys_are_ready)
{
    ck_assert_str_eq(reason(STEPDEN_SESSION_OWNER, true, ""), "");
    ck_assert_str_eq(reason(STEPDEN_SESSION_STANDBY, true, ""), "");
}
END_TEST

START_TEST(an_owner_that_cannot_commit_is_not_ready)
{
    ck_assert_str_eq(reason(STEPDEN_SESSION_OWNER, true, "full"), "full");
    ck_assert_str_eq(reason(STEPDEN_SESSION_LOADING, true, "full"), "full");
}
END_TEST

START_TEST(all_others_are_not_ready_and_it_is_said_why)
{
    ck_assert_str_eq(reason(STEPDEN_SESSION_CONNECTING, false, ""),
                     "Redis is not connected");
    ck_assert_str_eq(reason(STEPDEN_SESSION_CONNECTING, true, ""),
                     "the lease is being looked at");
    ck_assert_str_eq(reason(STEPDEN_SESSION_CONNECTING, true, "a list"),
                     "a list");
    ck_assert_str_eq(reason(STEPDEN_SESSION_LOADING, true, ""),
                     "the records are being loaded");
    ck_assert_str_eq(reason(STEPDEN_SESSION_STOPPING, true, ""),
                     "the service is stopping");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/vitals");
    TCase *tests = tcase_create("vitals");
    tcase_add_test(tests, owners_and_standbys_are_ready);
    tcase_add_test(tests, an_owner_that_cannot_commit_is_not_ready);
    tcase_add_test(tests, all_others_are_not_ready_and_it_is_said_why);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
