/*
 * 200 DENMs made by an independent codec: see tests/vectors. VECTORS is their
 * folder.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include "tree.h"

static unsigned for_each_vector(const char *file,
                                void (*check)(const struct encoded *))
{
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    unsigned count = 0;

    ck_assert_ptr_nonnull(vectors);
    while (getline(&line, &room, vectors) > 0) {
        static const char key[] = "\"uper\":\"";
        const char *hex = strstr(line, key);

        ck_assert_ptr_nonnull(hex);
        struct encoded encoded = sample_from_hex(hex + strlen(key));
        check(&encoded);
        count++;
    }
    free(line);
    fclose(vectors);
    return count;
}

static void check_same_bytes(enum stepden_release release,
                             const struct encoded *vector)
{
    struct tree tree = tree_of_denm(release, vector);
    struct encoded again = tree_encode(&tree);

    ck_assert_uint_eq(again.size, vector->size);
    ck_assert_mem_eq(again.bytes, vector->bytes, vector->size);
    ck_assert_uint_eq(tree.unknown, 0);
    tree_free(&tree);
}

static void check_r1(const struct encoded *vector)
{
    check_same_bytes(STEPDEN_RELEASE_R1, vector);
}

static void check_r2(const struct encoded *vector)
{
    check_same_bytes(STEPDEN_RELEASE_R2, vector);
}

/* Every field of the header and a few behind it, up to the last container. */
static void check_r2_as_r1(const struct encoded *vector)
{
    struct tree r1_tree = tree_of_denm(STEPDEN_RELEASE_R1, vector);
    struct tree r2_tree = tree_of_denm(STEPDEN_RELEASE_R2, vector);
    const R1DENM_t *r1 = r1_tree.value;
    const R2DENM_t *r2 = r2_tree.value;

    ck_assert_uint_eq(r1->header.stationID, r2->header.stationId);
    ck_assert_int_eq(r1->denm.management.actionID.sequenceNumber,
                     r2->denm.management.actionId.sequenceNumber);
    ck_assert_int_eq(r1->denm.management.stationType,
                     r2->denm.management.stationType);
    ck_assert_int_eq(r1->denm.situation != NULL, r2->denm.situation != NULL);
    if (r1->denm.situation != NULL)
        ck_assert_int_eq(r1->denm.situation->eventType.causeCode,
                         r2->denm.situation->eventType.ccAndScc.present - 1);
    ck_assert_int_eq(r1->denm.location != NULL, r2->denm.location != NULL);
    if (r1->denm.location != NULL)
        ck_assert_int_eq(
            r1->denm.location->traces.list.count,
            r2->denm.location->detectionZonesToEventPosition.list.count);
    tree_free(&r1_tree);
    tree_free(&r2_tree);
}

/* A cut inside an addition tells so; anywhere else bytes are missing. */
static void check_cut(enum stepden_release release,
                      const struct encoded *vector)
{
    const struct stepden_type *type = stepden_grammar(release);

    for (size_t size = 0; size < vector->size; size++) {
        struct tree tree = tree_decode(type, vector->bytes, size);

        ck_assert_int_eq(tree.status, STEPDEN_ERR_TRUNCATED);
        tree_free(&tree);
    }
}

static void check_r1_cut(const struct encoded *vector)
{
    check_cut(STEPDEN_RELEASE_R1, vector);
}

static void check_r2_cut(const struct encoded *vector)
{
    check_cut(STEPDEN_RELEASE_R2, vector);
}

START_TEST(release_1_vectors_are_encoded_as_they_were_decoded)
{
    ck_assert_uint_eq(for_each_vector(VECTORS "/denm_r1.ndjson", check_r1),
                      100);
}
END_TEST

START_TEST(release_2_vectors_are_encoded_as_they_were_decoded)
{
    ck_assert_uint_eq(for_each_vector(VECTORS "/denm_r2.ndjson", check_r2),
                      100);
}
END_TEST

START_TEST(release_1_receivers_read_the_root_of_release_2_vectors)
{
    ck_assert_uint_eq(
        for_each_vector(VECTORS "/denm_r2.ndjson", check_r2_as_r1), 100);
}
END_TEST

START_TEST(a_message_that_ends_early_is_truncated)
{
    for_each_vector(VECTORS "/denm_r1.ndjson", check_r1_cut);
    for_each_vector(VECTORS "/denm_r2.ndjson", check_r2_cut);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("uper_vectors");
    TCase *tests = tcase_create("uper_vectors");

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, release_1_vectors_are_encoded_as_they_were_decoded);
    tcase_add_test(tests, release_2_vectors_are_encoded_as_they_were_decoded);
    tcase_add_test(tests,
                   release_1_receivers_read_the_root_of_release_2_vectors);
    tcase_add_test(tests, a_message_that_ends_early_is_truncated);
    return sample_run(suite);
}
