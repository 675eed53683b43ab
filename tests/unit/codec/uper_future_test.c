/* Messages of a release to come, which were made by Erlang: see future.txt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include "tree.h"

static struct encoded message(const char *name)
{
    FILE *messages = fopen(FUTURE, "r");
    struct encoded encoded = {.size = 0};
    char *line = NULL;
    size_t room = 0;
    size_t size = strlen(name);

    ck_assert_ptr_nonnull(messages);
    while (getline(&line, &room, messages) > 0)
        if (strncmp(line, name, size) == 0 && line[size] == ' ')
            encoded = sample_from_hex(line + size + 1);
    free(line);
    fclose(messages);
    ck_assert_msg(encoded.size > 0, "%s", name);
    return encoded;
}

static struct tree tree_of(enum stepden_release release, const char *name)
{
    struct encoded encoded = message(name);

    return tree_of_denm(release, &encoded);
}

/* Decoded, the message is the expected one but for what is not known. */
static void check_projection(enum stepden_release release, const char *name,
                             const char *expected_name, unsigned unknown)
{
    struct encoded expected = message(expected_name);
    struct tree tree = tree_of(release, name);
    struct encoded projection = tree_encode(&tree);

    ck_assert_uint_eq(projection.size, expected.size);
    ck_assert_mem_eq(projection.bytes, expected.bytes, expected.size);
    ck_assert_uint_eq(tree.unknown, unknown);
    tree_free(&tree);
}

START_TEST(unknown_additions_of_any_size_are_stepped_over)
{
    static const struct {
        const char *name;
        unsigned unknown;
    } cases[] = {{"one", 1}, {"two", 2}, {"twenty", 20}, {"gaps", 3}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_projection(STEPDEN_RELEASE_R1, cases[i].name, "plain",
                         cases[i].unknown);
        check_projection(STEPDEN_RELEASE_R2, cases[i].name, "plain",
                         cases[i].unknown);
    }
}
END_TEST

START_TEST(unknown_additions_inside_an_addition_are_stepped_over)
{
    check_projection(STEPDEN_RELEASE_R2, "precrash", "precrash_root", 2);
}
END_TEST

START_TEST(a_root_only_message_is_the_same_in_both_releases)
{
    check_projection(STEPDEN_RELEASE_R1, "plain", "plain", 0);
    check_projection(STEPDEN_RELEASE_R2, "plain", "plain", 0);
}
END_TEST

START_TEST(release_1_reads_the_root_of_a_message_with_a_pre_crash_container)
{
    struct tree r1_tree = tree_of(STEPDEN_RELEASE_R1, "precrash_root");
    struct tree r2_tree = tree_of(STEPDEN_RELEASE_R2, "precrash_root");
    const R1DENM_t *r1 = r1_tree.value;
    R2DENM_t *r2 = r2_tree.value;

    ck_assert_int_eq(r1->denm.situation->eventType.causeCode, 97);
    ck_assert_int_eq(r1->denm.situation->eventType.subCauseCode, 4);
    ck_assert_int_eq(*r2->denm.alacarte->extGroup1->preCrash->timeToCollision,
                     1500);
    r2->denm.alacarte->extGroup1->preCrash = NULL;
    struct encoded r1_root = tree_encode(&r1_tree);
    struct encoded r2_root = tree_encode(&r2_tree);
    ck_assert_uint_eq(r1_root.size, r2_root.size);
    ck_assert_mem_eq(r1_root.bytes, r2_root.bytes, r2_root.size);
    tree_free(&r1_tree);
    tree_free(&r2_tree);
}
END_TEST

/* The rule is read as `expected`, and what follows it is right. */
static void check_r1_rule(const char *name, long expected)
{
    struct tree tree = tree_of(STEPDEN_RELEASE_R1, name);
    const R1DENM_t *denm = tree.value;
    const R1RoadWorksContainerExtended_t *roadworks =
        denm->denm.alacarte->roadWorks;

    ck_assert_int_eq(*roadworks->speedLimit, 50);
    ck_assert_int_eq(*roadworks->trafficFlowRule, expected);
    ck_assert_int_eq(roadworks->referenceDenms->list.array[0]->sequenceNumber,
                     2);
    ck_assert_uint_eq(tree.unknown, 1);
    ck_assert_uint_eq(tree_encode(&tree).size, 0);
    ck_assert_str_eq(tree.diag.where,
                     "denm.alacarte.roadWorks.trafficFlowRule");
    tree_free(&tree);
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
    check_projection(STEPDEN_RELEASE_R2, "rule_passToLeftOrRight",
                     "rule_passToLeftOrRight", 0);
}
END_TEST

START_TEST(an_unknown_alternative_is_read_as_nothing_and_not_written)
{
    struct tree tree = tree_of(STEPDEN_RELEASE_R2, "lanes");
    const R2DENM_t *denm = tree.value;
    struct R2GeneralizedLanePosition **lanes =
        denm->denm.location->extGroup1->lanePositions->list.array;

    ck_assert_int_eq(denm->denm.location->extGroup1->lanePositions->list.count,
                     4);
    ck_assert_int_eq(lanes[0]->lanePositionBased.choice.simplelanePosition, 2);
    ck_assert_int_eq(lanes[1]->lanePositionBased.present,
                     R2LanePositionOptions_PR_NOTHING);
    ck_assert_int_eq(lanes[2]->lanePositionBased.present,
                     R2LanePositionOptions_PR_NOTHING);
    ck_assert_int_eq(lanes[3]->lanePositionBased.choice.simpleLaneType, 3);
    ck_assert_uint_eq(tree.unknown, 2);
    ck_assert_uint_eq(tree_encode(&tree).size, 0);
    ck_assert_str_eq(tree.diag.where,
                     "denm.location.lanePositions[1].lanePositionBased");
    tree_free(&tree);
}
END_TEST

static void check_broken_messages(enum stepden_release release,
                                  const char *name)
{
    struct encoded encoded = message(name);

    for (size_t bit = 0; bit < 8 * encoded.size; bit++) {
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);

        encoded.bytes[bit / 8] ^= mask;
        struct tree tree =
            tree_decode(stepden_grammar(release), encoded.bytes, encoded.size);
        if (tree.status != STEPDEN_OK)
            ck_assert_uint_gt(strlen(tree.diag.reason), 0);
        tree_free(&tree);
        encoded.bytes[bit / 8] ^= mask;
    }
}

START_TEST(a_wrong_bit_anywhere_neither_crashes_nor_leaks)
{
    static const char *const names[] = {"twenty", "rule_future1", "lanes",
                                        "precrash"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_broken_messages(STEPDEN_RELEASE_R1, names[i]);
        check_broken_messages(STEPDEN_RELEASE_R2, names[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("uper_future");
    TCase *tests = tcase_create("uper_future");

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
    return sample_run(suite);
}
