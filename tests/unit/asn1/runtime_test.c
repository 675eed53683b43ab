/*
 * Our replacements for functions of asn1c's runtime, with messages of a
 * release to come. FUTURE is the file with them.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>
#include <per_opentype.h>
#include <per_support.h>

#include "wire.h"

static struct wire message(const char *name)
{
    FILE *messages = fopen(FUTURE, "r");
    struct wire wire = {.size = 0};
    char *line = NULL;
    size_t room = 0;
    size_t size = strlen(name);

    ck_assert_ptr_nonnull(messages);
    while (getline(&line, &room, messages) > 0)
        if (strncmp(line, name, size) == 0 && line[size] == ' ')
            wire = wire_from_hex(line + size + 1);
    free(line);
    fclose(messages);
    ck_assert_msg(wire.size > 0, "%s", name);
    return wire;
}

static asn_per_data_t bits_of(const uint8_t *bytes, size_t size)
{
    return (asn_per_data_t){.buffer = bytes, .nbits = 8 * size};
}

/* Decoded, the message is the expected one but for what is not known. */
static void check_projection(asn_TYPE_descriptor_t *type, const char *name,
                             const char *expected_name)
{
    struct wire wire = message(name);
    struct wire expected = message(expected_name);
    void *tree = wire_decode(type, &wire);
    struct wire projection;

    ck_assert_ptr_nonnull(tree);
    projection = wire_encode(type, tree);
    ck_assert_msg(wire_equal(&projection, &expected), "%s", name);
    wire_free(type, tree);
}

START_TEST(unknown_additions_of_any_size_are_stepped_over)
{
    static const char *const names[] = {"one", "two", "twenty", "gaps"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_projection(&asn_DEF_R1DENM, names[i], "plain");
        check_projection(&asn_DEF_R2DENM, names[i], "plain");
    }
}
END_TEST

START_TEST(unknown_additions_inside_an_addition_are_stepped_over)
{
    check_projection(&asn_DEF_R2DENM, "precrash", "precrash_root");
}
END_TEST

START_TEST(a_root_only_message_is_the_same_in_both_releases)
{
    check_projection(&asn_DEF_R1DENM, "plain", "plain");
    check_projection(&asn_DEF_R2DENM, "plain", "plain");
}
END_TEST

/* The bytes of an R2DENM without its preCrash container. */
static struct wire without_pre_crash(R2DENM_t *denm)
{
    struct R2AlacarteContainer__extGroup1 *group =
        denm->denm.alacarte->extGroup1;
    struct wire wire;

    denm->denm.alacarte->extGroup1 = NULL;
    wire = wire_encode(&asn_DEF_R2DENM, denm);
    denm->denm.alacarte->extGroup1 = group;
    return wire;
}

START_TEST(release_1_reads_the_root_of_a_message_with_a_pre_crash_container)
{
    struct wire wire = message("precrash_root");
    R1DENM_t *r1 = wire_decode(&asn_DEF_R1DENM, &wire);
    R2DENM_t *r2 = wire_decode(&asn_DEF_R2DENM, &wire);
    struct wire r1_root, r2_root;

    ck_assert_ptr_nonnull(r1);
    ck_assert_ptr_nonnull(r2);
    ck_assert_int_eq(r1->denm.situation->eventType.causeCode, 97);
    ck_assert_int_eq(r1->denm.situation->eventType.subCauseCode, 4);
    ck_assert_int_eq(*r2->denm.alacarte->extGroup1->preCrash->timeToCollision,
                     1500);
    r1_root = wire_encode(&asn_DEF_R1DENM, r1);
    r2_root = without_pre_crash(r2);
    ck_assert(wire_equal(&r1_root, &r2_root));
    wire_free(&asn_DEF_R1DENM, r1);
    wire_free(&asn_DEF_R2DENM, r2);
}
END_TEST

/* The rule is read as `expected`, and what follows it is right. */
static void check_r1_rule(const char *name, long expected)
{
    struct wire wire = message(name);
    R1DENM_t *denm = wire_decode(&asn_DEF_R1DENM, &wire);
    const R1RoadWorksContainerExtended_t *roadworks;

    ck_assert_ptr_nonnull(denm);
    roadworks = denm->denm.alacarte->roadWorks;
    ck_assert_int_eq(*roadworks->speedLimit, 50);
    ck_assert_int_eq(*roadworks->trafficFlowRule, expected);
    ck_assert_int_eq(roadworks->referenceDenms->list.array[0]->sequenceNumber,
                     2);
    ck_assert_uint_eq(wire_encode(&asn_DEF_R1DENM, denm).size, 0);
    wire_free(&asn_DEF_R1DENM, denm);
}

START_TEST(an_unknown_item_is_read_as_a_negative_number_and_not_written)
{
    check_r1_rule("rule_passToLeftOrRight", -1);
    check_r1_rule("rule_future1", -2);
    check_r1_rule("rule_future2", -3);
}
END_TEST

START_TEST(a_known_additional_item_is_read_and_written)
{
    check_projection(&asn_DEF_R2DENM, "rule_passToLeftOrRight",
                     "rule_passToLeftOrRight");
}
END_TEST

START_TEST(an_unknown_alternative_is_read_as_nothing_and_not_written)
{
    struct wire wire = message("lanes");
    R2DENM_t *denm = wire_decode(&asn_DEF_R2DENM, &wire);
    struct R2GeneralizedLanePosition **lanes;

    ck_assert_ptr_nonnull(denm);
    ck_assert_int_eq(denm->denm.location->extGroup1->lanePositions->list.count,
                     4);
    lanes = denm->denm.location->extGroup1->lanePositions->list.array;
    ck_assert_int_eq(lanes[0]->lanePositionBased.choice.simplelanePosition, 2);
    ck_assert_int_eq(lanes[1]->lanePositionBased.present,
                     R2LanePositionOptions_PR_NOTHING);
    ck_assert_int_eq(lanes[2]->lanePositionBased.present,
                     R2LanePositionOptions_PR_NOTHING);
    ck_assert_int_eq(lanes[3]->lanePositionBased.choice.simpleLaneType, 3);
    ck_assert_uint_eq(wire_encode(&asn_DEF_R2DENM, denm).size, 0);
    wire_free(&asn_DEF_R2DENM, denm);
}
END_TEST

static void check_broken_messages(asn_TYPE_descriptor_t *type, const char *name)
{
    struct wire wire = message(name);

    for (size_t bit = 0; bit < 8 * wire.size; bit++) {
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);

        wire.bytes[bit / 8] ^= mask;
        wire_free(type, wire_decode(type, &wire));
        wire.bytes[bit / 8] ^= mask;
    }
}

START_TEST(a_wrong_bit_anywhere_neither_crashes_nor_leaks)
{
    static const char *const names[] = {"twenty", "rule_future1", "lanes",
                                        "precrash"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_broken_messages(&asn_DEF_R1DENM, names[i]);
        check_broken_messages(&asn_DEF_R2DENM, names[i]);
    }
}
END_TEST

START_TEST(an_addition_that_runs_past_the_end_is_not_stepped_over)
{
    static const uint8_t bytes[] = {0x03, 1, 2, 3};
    asn_per_data_t whole = bits_of(bytes, 4);
    asn_per_data_t cut = bits_of(bytes, 3);

    ck_assert_int_eq(uper_open_type_skip(NULL, &whole), 0);
    ck_assert_uint_eq(whole.nbits, whole.nboff);
    ck_assert_int_ne(uper_open_type_skip(NULL, &cut), 0);
}
END_TEST

START_TEST(fragments_of_an_unknown_addition_are_stepped_over)
{
    static uint8_t bytes[1 + 16384 + 2] = {0xc1, [1 + 16384] = 0x01};
    asn_per_data_t whole = bits_of(bytes, sizeof bytes);
    asn_per_data_t cut = bits_of(bytes, sizeof bytes - 1);

    ck_assert_int_eq(uper_open_type_skip(NULL, &whole), 0);
    ck_assert_uint_eq(whole.nbits, whole.nboff);
    ck_assert_int_ne(uper_open_type_skip(NULL, &cut), 0);
}
END_TEST

/* InformationQuality, 3 bits, as the addition that `bytes` are. */
static enum asn_dec_rval_code_e read_quality(long *quality,
                                             const uint8_t *bytes, size_t size)
{
    asn_per_data_t bits = bits_of(bytes, size);
    void *tree = quality;
    asn_codec_ctx_t ctx = {0};

    return uper_open_type_get(&ctx, &asn_DEF_R1InformationQuality, NULL, &tree,
                              &bits)
        .code;
}

START_TEST(a_known_addition_has_nothing_but_zero_padding_behind_its_value)
{
    static const uint8_t right[] = {0x01, 0x60};
    static const uint8_t one_bit[] = {0x01, 0x61};
    static const uint8_t one_octet[] = {0x02, 0x60, 0x00};
    static const uint8_t too_short[] = {0x02, 0x60};
    static const uint8_t empty[] = {0x00};
    long quality = 0;

    ck_assert_int_eq(read_quality(&quality, right, 2), RC_OK);
    ck_assert_int_eq(quality, 3);
    ck_assert_int_eq(read_quality(&quality, one_bit, 2), RC_FAIL);
    ck_assert_int_eq(read_quality(&quality, one_octet, 3), RC_FAIL);
    ck_assert_int_eq(read_quality(&quality, too_short, 2), RC_WMORE);
    ck_assert_int_eq(read_quality(&quality, empty, 1), RC_FAIL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("runtime");
    TCase *tests = tcase_create("runtime");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, unknown_additions_of_any_size_are_stepped_over);
    tcase_add_test(tests,
                   unknown_additions_inside_an_addition_are_stepped_over);
    tcase_add_test(tests, a_root_only_message_is_the_same_in_both_releases);
    tcase_add_test(
        tests,
        release_1_reads_the_root_of_a_message_with_a_pre_crash_container);
    tcase_add_test(
        tests, an_unknown_item_is_read_as_a_negative_number_and_not_written);
    tcase_add_test(tests, a_known_additional_item_is_read_and_written);
    tcase_add_test(tests,
                   an_unknown_alternative_is_read_as_nothing_and_not_written);
    tcase_add_test(tests, a_wrong_bit_anywhere_neither_crashes_nor_leaks);
    tcase_add_test(tests,
                   an_addition_that_runs_past_the_end_is_not_stepped_over);
    tcase_add_test(tests, fragments_of_an_unknown_addition_are_stepped_over);
    tcase_add_test(
        tests, a_known_addition_has_nothing_but_zero_padding_behind_its_value);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
