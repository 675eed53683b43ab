#include "sample.h"

static enum stepden_status encode(const struct stepden_denm_data *denm,
                                  enum stepden_release release,
                                  struct stepden_diag *diag)
{
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t length = 0;

    return stepden_denm_encode(bytes, sizeof bytes, &length, denm, release,
                               diag);
}

static void check_invalid(const struct stepden_denm_data *denm,
                          const char *path)
{
    struct stepden_diag diag;

    ck_assert_int_eq(encode(denm, STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, path);
}

START_TEST(a_termination_has_no_situation_container)
{
    struct stepden_denm_data denm = sample_cancellation();

    denm.has_situation_container = true;
    check_invalid(&denm, "denm.situation");
}
END_TEST

START_TEST(a_termination_has_no_location_container)
{
    struct stepden_denm_data denm = sample_cancellation();

    denm.has_location_container = true;
    check_invalid(&denm, "denm.location");
}
END_TEST

START_TEST(a_termination_has_no_pre_crash_container)
{
    struct stepden_denm_data denm = sample_cancellation();

    denm.has_pre_crash_container = true;
    check_invalid(&denm, "denm.alacarte.preCrash");
}
END_TEST

START_TEST(without_termination_there_is_a_situation_container)
{
    struct stepden_denm_data denm = sample_trigger();

    denm.has_situation_container = false;
    check_invalid(&denm, "denm.situation");
}
END_TEST

START_TEST(a_pre_crash_container_needs_an_event_position)
{
    struct stepden_denm_data denm = sample_full();

    denm.management_container.event_position.latitude_e7 = 900000001;
    check_invalid(&denm, "denm.alacarte.preCrash");
    denm.management_container.event_position.latitude_e7 = 0;
    denm.management_container.event_position.longitude_e7 = 1800000001;
    check_invalid(&denm, "denm.alacarte.preCrash");
}
END_TEST

START_TEST(release_2_has_no_cause_above_128)
{
    struct stepden_denm_data denm = sample_trigger();
    struct stepden_diag diag;

    denm.situation_container.event_type = 129;
    ck_assert_int_eq(encode(&denm, STEPDEN_RELEASE_R2, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "denm.situation.eventType");
    ck_assert_str_eq(diag.reason, "129 is outside 0..128");
    ck_assert_int_eq(encode(&denm, STEPDEN_RELEASE_R1, NULL), STEPDEN_OK);
}
END_TEST

START_TEST(release_2_has_no_linked_cause_above_128)
{
    struct stepden_denm_data denm = sample_full();
    struct stepden_diag diag;

    denm.situation_container.linked_cause.event_type = 255;
    ck_assert_int_eq(encode(&denm, STEPDEN_RELEASE_R1_R2, &diag),
                     STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "denm.situation.linkedCause");
    ck_assert_str_eq(diag.reason, "255 is outside 0..128");
}
END_TEST

START_TEST(a_linked_cause_that_is_not_there_does_not_count)
{
    struct stepden_denm_data denm = sample_trigger();

    denm.situation_container.linked_cause.event_type = 255;
    ck_assert_int_eq(encode(&denm, STEPDEN_RELEASE_R2, NULL), STEPDEN_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_check");
    TCase *tests = tcase_create("denm_check");

    tcase_add_test(tests, a_termination_has_no_situation_container);
    tcase_add_test(tests, a_termination_has_no_location_container);
    tcase_add_test(tests, a_termination_has_no_pre_crash_container);
    tcase_add_test(tests, without_termination_there_is_a_situation_container);
    tcase_add_test(tests, a_pre_crash_container_needs_an_event_position);
    tcase_add_test(tests, release_2_has_no_cause_above_128);
    tcase_add_test(tests, release_2_has_no_linked_cause_above_128);
    tcase_add_test(tests, a_linked_cause_that_is_not_there_does_not_count);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
