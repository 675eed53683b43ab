#include <R1DENM.h>
#include <R1SituationContainer.h>

#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "sample.h"

static void check_round_trip(uint8_t event, uint8_t linked)
{
    struct stepden_denm_data denm = sample_without_extensions();
    struct stepden_denm_data decoded;

    denm.situation_container.event_type = event;
    denm.situation_container.linked_cause.event_type = linked;
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1);
    decoded = sample_decode(&encoded);
    sample_check_equal(&decoded, &denm);
    ck_assert_int_eq(stepden_denm_decode(&decoded, encoded.bytes, encoded.size,
                                         STEPDEN_RELEASE_R1, NULL),
                     STEPDEN_OK);
    sample_check_equal(&decoded, &denm);
    ck_assert_int_eq(stepden_denm_decode(&decoded, encoded.bytes, encoded.size,
                                         STEPDEN_RELEASE_R2, NULL),
                     STEPDEN_ERR_INVALID);
}

START_TEST(causes_above_128_come_back_in_release_1_alone)
{
    for (int cause = 129; cause < 256; cause++) {
        check_round_trip((uint8_t)cause, 0);
        check_round_trip(97, (uint8_t)cause);
        check_round_trip((uint8_t)cause, 255);
    }
}
END_TEST

START_TEST(a_release_1_receiver_reads_causes_above_128)
{
    struct stepden_denm_data denm = sample_trigger();
    denm.situation_container.event_type = 200;
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1);
    struct stepden_arena arena = {0};
    void *tree = NULL;

    ck_assert_int_eq(
        stepden_uper_decode(&tree, &arena, stepden_grammar(STEPDEN_RELEASE_R1),
                            encoded.bytes, encoded.size, NULL, NULL, NULL),
        STEPDEN_OK);
    const R1DENM_t *r1 = tree;
    ck_assert_int_eq(r1->denm.situation->eventType.causeCode, 200);
    ck_assert_int_eq(r1->denm.situation->eventType.subCauseCode, 4);
    stepden_arena_free(&arena);
}
END_TEST

START_TEST(a_cut_message_with_a_cause_above_128_is_truncated)
{
    struct stepden_denm_data denm = sample_trigger();
    denm.situation_container.event_type = 255;
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1);

    ck_assert_int_eq(stepden_denm_decode(&denm, encoded.bytes, encoded.size - 1,
                                         STEPDEN_RELEASE_R1_R2, NULL),
                     STEPDEN_ERR_TRUNCATED);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("high_cause");
    TCase *tests = tcase_create("high_cause");

    tcase_add_test(tests, causes_above_128_come_back_in_release_1_alone);
    tcase_add_test(tests, a_release_1_receiver_reads_causes_above_128);
    tcase_add_test(tests, a_cut_message_with_a_cause_above_128_is_truncated);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
