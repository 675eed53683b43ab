#include "bench.h"

START_TEST(every_kind_has_a_name)
{
    for (unsigned kind = 0; kind <= STEPDEN_DEN_REPETITION; kind++)
        ck_assert_str_ne(stepden_den_kind_text((enum stepden_den_kind)kind),
                         "unknown");
}
END_TEST

START_TEST(every_rule_has_a_name)
{
    for (unsigned rule = 0; rule <= STEPDEN_DEN_RULE_OTHERWISE; rule++)
        ck_assert_str_ne(stepden_den_rule_text((enum stepden_den_rule)rule),
                         "unknown");
}
END_TEST

START_TEST(every_reason_has_a_name)
{
    for (unsigned reason = 0; reason <= STEPDEN_DEN_REASON_REPEATED; reason++)
        ck_assert_str_ne(
            stepden_den_reason_text((enum stepden_den_reason)reason),
            "unknown");
}
END_TEST

START_TEST(every_skip_has_a_name)
{
    for (unsigned why = 0; why <= STEPDEN_DEN_SKIP_ACTION_ID; why++)
        ck_assert_str_ne(stepden_den_skip_text((enum stepden_den_skip)why),
                         "unknown");
}
END_TEST

START_TEST(every_verdict_has_a_name)
{
    ck_assert_str_eq(stepden_den_verdict_text(STEPDEN_DEN_NEGATED), "negated");
    ck_assert_str_eq(stepden_den_verdict_text(STEPDEN_DEN_UNKNOWN), "unknown");
    ck_assert_str_eq(stepden_den_verdict_text(STEPDEN_DEN_OUTDATED),
                     "outdated");
    ck_assert_str_eq(stepden_den_verdict_text(STEPDEN_DEN_LIVE), "live");
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("text");
    tcase_add_test(tests, every_kind_has_a_name);
    tcase_add_test(tests, every_rule_has_a_name);
    tcase_add_test(tests, every_reason_has_a_name);
    tcase_add_test(tests, every_skip_has_a_name);
    tcase_add_test(tests, every_verdict_has_a_name);
    return bench_run("text", tests);
}
