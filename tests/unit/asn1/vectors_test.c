/*
 * 200 DENM made by an independent codec: see tests/vectors. VECTORS is their
 * folder.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include "wire.h"

static unsigned for_each_vector(const char *file,
                                void (*check)(const struct wire *))
{
    FILE *vectors = fopen(file, "r");
    char *line = NULL;
    size_t room = 0;
    unsigned count = 0;

    ck_assert_ptr_nonnull(vectors);
    while (getline(&line, &room, vectors) > 0) {
        static const char key[] = "\"uper\":\"";
        struct wire wire;

        ck_assert_ptr_nonnull(strstr(line, key));
        wire = wire_from_hex(strstr(line, key) + strlen(key));
        check(&wire);
        count++;
    }
    free(line);
    fclose(vectors);
    return count;
}

static void check_same_bytes(asn_TYPE_descriptor_t *type,
                             const struct wire *wire)
{
    void *tree = wire_decode(type, wire);
    struct wire again;

    ck_assert_ptr_nonnull(tree);
    again = wire_encode(type, tree);
    ck_assert(wire_equal(&again, wire));
    wire_free(type, tree);
}

static void check_r1(const struct wire *wire)
{
    check_same_bytes(&asn_DEF_R1DENM, wire);
}

static void check_r2(const struct wire *wire)
{
    check_same_bytes(&asn_DEF_R2DENM, wire);
}

/* Every field of the header and a few behind it, up to the last container. */
static void check_r2_as_r1(const struct wire *wire)
{
    R2DENM_t *r2 = wire_decode(&asn_DEF_R2DENM, wire);
    R1DENM_t *r1 = wire_decode(&asn_DEF_R1DENM, wire);

    ck_assert_ptr_nonnull(r2);
    ck_assert_ptr_nonnull(r1);
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
    wire_free(&asn_DEF_R1DENM, r1);
    wire_free(&asn_DEF_R2DENM, r2);
}

/* A message cut anywhere but in its padding is refused, and nothing leaks. */
static void check_cut(asn_TYPE_descriptor_t *type, const struct wire *wire)
{
    struct wire cut = *wire;

    while (--cut.size > 0)
        ck_assert_ptr_null(wire_decode(type, &cut));
}

static void check_r1_cut(const struct wire *wire)
{
    check_cut(&asn_DEF_R1DENM, wire);
}

static void check_r2_cut(const struct wire *wire)
{
    check_cut(&asn_DEF_R2DENM, wire);
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

START_TEST(a_message_that_ends_early_is_refused_without_a_leak)
{
    for_each_vector(VECTORS "/denm_r1.ndjson", check_r1_cut);
    for_each_vector(VECTORS "/denm_r2.ndjson", check_r2_cut);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vectors");
    TCase *tests = tcase_create("vectors");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, release_1_vectors_are_encoded_as_they_were_decoded);
    tcase_add_test(tests, release_2_vectors_are_encoded_as_they_were_decoded);
    tcase_add_test(tests,
                   release_1_receivers_read_the_root_of_release_2_vectors);
    tcase_add_test(tests, a_message_that_ends_early_is_refused_without_a_leak);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
