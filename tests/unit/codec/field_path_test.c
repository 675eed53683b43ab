#include <string.h>

#include "codec/field_path.h"
#include "codec/grammar.h"
#include "sample.h"

static const struct stepden_member denm = {.name = "denm"};
static const struct stepden_member group = {.name = "extGroup1",
                                            .is_group = true};
static const struct stepden_member traces = {.name = "traces"};

START_TEST(a_path_has_members_and_indexes_but_no_groups)
{
    struct stepden_step first = {.member = &denm};
    struct stepden_step second = {.before = &first, .member = &group};
    struct stepden_step third = {.before = &second, .member = &traces};
    struct stepden_step fourth = {.before = &third, .index = 3};
    struct stepden_step fifth = {.before = &fourth, .index = 12};
    char path[64];

    ck_assert_uint_eq(stepden_step_path(path, sizeof path, &fifth), 18);
    ck_assert_str_eq(path, "denm.traces[3][12]");
    ck_assert_uint_eq(stepden_step_path(path, sizeof path, NULL), 0);
    ck_assert_str_eq(path, "");
}
END_TEST

START_TEST(a_path_is_cut_to_fit)
{
    struct stepden_step first = {.member = &denm};
    struct stepden_step second = {.before = &first, .member = &traces};
    char path[8];

    ck_assert_uint_eq(stepden_step_path(path, sizeof path, &second), 7);
    ck_assert_str_eq(path, "denm.tr");
}
END_TEST

START_TEST(a_refusal_fills_in_the_diag)
{
    struct stepden_step first = {.member = &denm};
    struct stepden_type type = {
        .kind = STEPDEN_KIND_LIST,
        .value = {.lower = -5,
                  .upper = 5,
                  .has_lower = true,
                  .has_upper = true},
        .length = {.lower = 1, .upper = 7},
    };
    struct stepden_diag diag;

    ck_assert_int_eq(stepden_step_refuse(&diag, STEPDEN_ERR_INVALID, &first,
                                         "%d and %s", 7, "eight"),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, "denm");
    ck_assert_str_eq(diag.reason, "7 and eight");
    ck_assert_int_eq(stepden_step_refuse_value(&diag, &first, &type, 6),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "6 is outside -5..5");
    ck_assert_int_eq(stepden_step_refuse_length(&diag, &first, &type, 8),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.reason, "8 elements, outside 1..7");
    ck_assert_int_eq(stepden_step_refuse_length(NULL, &first, &type, 8),
                     STEPDEN_ERR_RANGE);
}
END_TEST

START_TEST(a_path_is_made_from_its_end)
{
    struct stepden_step outer = {.member = &denm};
    struct stepden_step within = {.before = &outer, .member = &group};
    struct stepden_diag diag = {.where = "", .reason = "missing"};

    ck_assert_int_eq(
        stepden_step_prepend(&diag, STEPDEN_ERR_INVALID,
                             &(struct stepden_step){.member = &traces}),
        STEPDEN_ERR_INVALID);
    stepden_step_prepend(&diag, STEPDEN_ERR_INVALID,
                         &(struct stepden_step){.index = 3});
    ck_assert_str_eq(diag.where, "[3].traces");
    stepden_step_prepend(&diag, STEPDEN_ERR_INVALID, NULL);
    stepden_step_prepend(&diag, STEPDEN_ERR_INVALID, &within);
    ck_assert_str_eq(diag.where, "denm[3].traces");
    for (size_t i = 0; i < sizeof diag.where; i++)
        stepden_step_prepend(&diag, STEPDEN_ERR_INVALID, &within);
    ck_assert_uint_eq(strlen(diag.where), sizeof diag.where - 1);
    ck_assert_str_eq(diag.reason, "missing");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_path");
    TCase *tests = tcase_create("field_path");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_path_has_members_and_indexes_but_no_groups);
    tcase_add_test(tests, a_path_is_cut_to_fit);
    tcase_add_test(tests, a_path_is_made_from_its_end);
    tcase_add_test(tests, a_refusal_fills_in_the_diag);
    return sample_run(suite);
}
