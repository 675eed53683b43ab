#include "daemon/monitor/vitals.h"

#include <check.h>
#include <stdlib.h>

static const char *reason(enum stepden_session_state state, bool is_connected,
                          const char *obstacle)
{
    const struct stepden_partition_vitals partition = {
        .state = state, .is_connected = is_connected, .obstacle = obstacle};
    return stepden_vitals_reason(&partition);
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

START_TEST(what_partitions_have_counted_is_added_up)
{
    const struct stepden_den_counters den = {.arrays = 2, .reserved = 5};
    const struct stepden_session_counters session = {.transactions = 3,
                                                     .connects = 1};
    struct stepden_vitals vitals = {.partition_count = 2};
    stepden_vitals_add(&vitals, &den, &session);
    stepden_vitals_add(&vitals, &den, &session);
    ck_assert_uint_eq(vitals.den.arrays, 4);
    ck_assert_uint_eq(vitals.den.reserved, 10);
    ck_assert_uint_eq(vitals.session.transactions, 6);
    ck_assert_uint_eq(vitals.session.connects, 2);
}
END_TEST

START_TEST(leases_and_connections_of_partitions_are_counted)
{
    const struct stepden_partition_vitals partitions[] = {
        {.state = STEPDEN_SESSION_OWNER, .is_connected = true},
        {.state = STEPDEN_SESSION_CONNECTING},
        {.state = STEPDEN_SESSION_LOADING, .is_connected = true},
        {.state = STEPDEN_SESSION_STANDBY, .is_connected = true},
    };
    const struct stepden_vitals vitals = {.partitions = partitions,
                                          .partition_count = 4};
    ck_assert_uint_eq(stepden_vitals_count(&vitals, STEPDEN_VITALS_LEASE_HELD),
                      2);
    ck_assert_uint_eq(
        stepden_vitals_count(&vitals, STEPDEN_VITALS_LEASE_STANDBY), 1);
    ck_assert_uint_eq(stepden_vitals_count(&vitals, STEPDEN_VITALS_LEASE_NONE),
                      1);
    ck_assert_uint_eq(stepden_vitals_count_connected(&vitals), 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/vitals");
    TCase *tests = tcase_create("vitals");
    tcase_add_test(tests, owners_and_standbys_are_ready);
    tcase_add_test(tests, an_owner_that_cannot_commit_is_not_ready);
    tcase_add_test(tests, all_others_are_not_ready_and_it_is_said_why);
    tcase_add_test(tests, what_partitions_have_counted_is_added_up);
    tcase_add_test(tests, leases_and_connections_of_partitions_are_counted);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
