#include <R2PathPointPredicted.h>
#include <R2PathPredicted2.h>

#include "codec/grammar.h"
#include "codec/uper.h"
#include "denm/tree.h"
#include "sample.h"

static struct stepden_location_container location, found;
static struct stepden_predicted_paths_wire storage;
static R2LocationContainer_t wire;
static struct stepden_denm_data denm;

static void setup(void)
{
    denm = sample_full();
    location = denm.location_container;
    wire = (R2LocationContainer_t){.extGroup1 = NULL};
    found = (struct stepden_location_container){.has_predicted_paths = false};
}

static struct stepden_path_point_predicted *point(uint32_t i)
{
    return &location.predicted_paths.item[0].path_predicted.item[i];
}

static const R2PathPointPredicted_t *encoded_point(int i)
{
    const R2PathPredictedList_t *paths = wire.extGroup1->predictedPaths;

    return paths->list.array[0]->pathPredicted.list.array[i];
}

static void to_wire(void)
{
    stepden_predicted_paths_to_wire(&wire, &storage, &location);
}

#define PRECISE R2PathDeltaTimeChoice_PR_deltaTimeHighPrecision
#define TENS R2PathDeltaTimeChoice_PR_deltaTimeBigRange
#define SECONDS R2PathDeltaTimeChoice_PR_deltaTimeMidRange

/*
 * Put together bit by bit from the ranges in TS 103 831 and TS 102 894-2, with
 * X.691 at hand.
 */
START_TEST(predicted_paths_are_these_bytes)
{
    struct stepden_denm_data trigger = sample_trigger();

    trigger.has_location_container = true;
    trigger.location_container.has_predicted_paths = true;
    trigger.location_container.predicted_paths = location.predicted_paths;
    struct encoded encoded = sample_encode(&trigger, STEPDEN_RELEASE_R1_R2);
    ck_assert_str_eq(sample_hex(&encoded),
                     "020100001092c10000084900039255dda38f64957768e3e50be325"
                     "070c41a60ffffffe11dbba1f0004078c610480000928210824031e"
                     "fffc000a40256fffc31b53f048031dfff88003000680190001ffff"
                     "0000102740");
}
END_TEST

START_TEST(a_time_has_the_first_unit_that_can_say_it)
{
    static const struct {
        uint32_t time_ds;
        R2PathDeltaTimeChoice_PR present;
        long value;
    } rows[] = {{0, PRECISE, 0},         {1, PRECISE, 1},
                {100, PRECISE, 100},     {126, PRECISE, 126},
                {127, SECONDS, 12},      {129, SECONDS, 12},
                {130, SECONDS, 13},      {200, TENS, 2},
                {201, SECONDS, 20},      {12700, TENS, 127},
                {12800, SECONDS, 1280},  {863999, SECONDS, 86399},
                {864000, SECONDS, 86400}};

    point(0)->path_delta_time_ds = rows[_i].time_ds;
    to_wire();
    const R2PathDeltaTimeChoice_t *time = encoded_point(0)->pathDeltaTime;
    ck_assert_int_eq(time->present, rows[_i].present);
    ck_assert_int_eq(time->choice.deltaTimeMidRange, rows[_i].value);
}
END_TEST

START_TEST(a_time_is_read_in_each_of_its_units)
{
    static const struct {
        R2PathDeltaTimeChoice_PR present;
        long value;
        bool is_known;
        uint32_t time_ds;
    } rows[] = {{PRECISE, 0, true, 0},
                {PRECISE, 126, true, 126},
                {PRECISE, 127, false, 0},
                {TENS, 0, true, 0},
                {TENS, 127, true, 12700},
                {SECONDS, 1, true, 10},
                {SECONDS, 86400, true, 864000},
                {R2PathDeltaTimeChoice_PR_NOTHING, 0, false, 0}};

    to_wire();
    storage.path[0].delta_time[1].present = rows[_i].present;
    storage.path[0].delta_time[1].choice.deltaTimeMidRange = rows[_i].value;
    ck_assert(stepden_predicted_paths_from_wire(&found, &wire));
    const struct stepden_path_point_predicted *read =
        &found.predicted_paths.item[0].path_predicted.item[1];
    ck_assert(read->has_path_delta_time == rows[_i].is_known);
    ck_assert_uint_eq(read->path_delta_time_ds, rows[_i].time_ds);
}
END_TEST

START_TEST(all_points_have_a_time_or_none_has)
{
    to_wire();
    ck_assert_ptr_null(storage.path[1].point[0].pathDeltaTime);

    point(1)->has_path_delta_time = false;
    to_wire();
    const R2PathDeltaTimeChoice_t *time = encoded_point(1)->pathDeltaTime;
    ck_assert_int_eq(time->present, PRECISE);
    ck_assert_int_eq(time->choice.deltaTimeHighPrecision, 127);
    ck_assert(stepden_predicted_paths_from_wire(&found, &wire));
    ck_assert(!found.predicted_paths.item[0]
                   .path_predicted.item[1]
                   .has_path_delta_time);
}
END_TEST

START_TEST(an_altitude_that_is_unavailable_is_absent)
{
    to_wire();
    ck_assert_ptr_null(encoded_point(0)->deltaAltitude);
    storage.path[0].delta_altitude[1] = R2DeltaAltitude_unavailable;
    ck_assert(stepden_predicted_paths_from_wire(&found, &wire));
    ck_assert(!found.predicted_paths.item[0]
                   .path_predicted.item[1]
                   .has_delta_altitude);
}
END_TEST

START_TEST(an_indication_of_a_later_version_is_none)
{
    static const long given[] = {-2, -1, 8};

    to_wire();
    storage.path[1].path.usageIndication = given[_i];
    ck_assert(stepden_predicted_paths_from_wire(&found, &wire));
    ck_assert_uint_eq(found.predicted_paths.item[1].usage_indication,
                      STEPDEN_USAGE_INDICATION_NO_INDICATION);
}
END_TEST

START_TEST(a_list_without_paths_and_a_path_without_points_are_absent)
{
    to_wire();
    storage.path[0].path.pathPredicted.list.count = 0;
    ck_assert(stepden_predicted_paths_from_wire(&found, &wire));
    ck_assert_uint_eq(found.predicted_paths.count, 1);
    ck_assert_uint_eq(found.predicted_paths.item[0].confidence_level, 30);

    storage.path[1].path.pathPredicted.list.count = 0;
    ck_assert(!stepden_predicted_paths_from_wire(&found, &wire));
    ck_assert(!found.has_predicted_paths);

    wire.extGroup1->predictedPaths->list.count = 0;
    ck_assert(!stepden_predicted_paths_from_wire(&found, &wire));
    wire.extGroup1->predictedPaths = NULL;
    ck_assert(!stepden_predicted_paths_from_wire(&found, &wire));
    wire.extGroup1 = NULL;
    ck_assert(!stepden_predicted_paths_from_wire(&found, &wire));
}
END_TEST

static struct encoded encode_tree(struct stepden_denm_tree *tree)
{
    struct encoded encoded = {.size = 0};

    ck_assert_int_eq(stepden_uper_encode(encoded.bytes, sizeof encoded.bytes,
                                         &encoded.size,
                                         stepden_grammar(STEPDEN_RELEASE_R2),
                                         &tree->denm, NULL),
                     STEPDEN_OK);
    return encoded;
}

/* 20 paths, of which the first one has 40 points: both beyond the root. */
static struct encoded encode_too_many(void)
{
    struct stepden_denm_tree tree;
    R2PathPointPredicted_t *points[40];
    R2PathPredicted2_t *paths[20];

    stepden_denm_to_wire(&tree, &denm, STEPDEN_RELEASE_R2);
    for (int i = 0; i < 40; i++)
        points[i] = &tree.predicted_paths.path[0].point[i % 3];
    for (int i = 0; i < 20; i++)
        paths[i] = &tree.predicted_paths.path[i > 0].path;
    paths[0]->pathPredicted.list.array = points;
    paths[0]->pathPredicted.list.count = 40;
    tree.predicted_paths.list.list.array = paths;
    tree.predicted_paths.list.list.count = 20;
    return encode_tree(&tree);
}

START_TEST(of_too_many_the_first_are_taken)
{
    struct encoded encoded = encode_too_many();
    struct stepden_denm_data decoded = sample_decode(&encoded);
    struct stepden_location_container *read = &decoded.location_container;
    struct stepden_predicted_path *path = read->predicted_paths.item;

    ck_assert_uint_eq(read->predicted_paths.count, 4);
    ck_assert_uint_eq(path[0].path_predicted.count, 16);
    ck_assert_uint_eq(path[0].path_predicted.item[14].path_delta_time_ds, 130);
    ck_assert_uint_eq(path[3].path_predicted.count, 1);
    ck_assert_uint_eq(path[3].confidence_level, 30);

    path[0].path_predicted.count = 3;
    read->predicted_paths.count = 2;
    sample_check_equal(&decoded, &denm);
}
END_TEST

START_TEST(release_1_does_not_care_about_a_location_that_says_nothing_else)
{
    struct stepden_denm_data decoded;
    struct stepden_predicted_path path =
        denm.location_container.predicted_paths.item[0];

    denm.location_container = (struct stepden_location_container){
        .has_predicted_paths = true,
        .predicted_paths = {.count = 1, .item[0] = path},
    };
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    decoded = sample_decode(&encoded);
    sample_check_equal(&decoded, &denm);
    ck_assert_int_eq(stepden_denm_decode(&decoded, encoded.bytes, encoded.size,
                                         STEPDEN_RELEASE_R1, NULL),
                     STEPDEN_OK);
    ck_assert(!decoded.has_location_container);
}
END_TEST

START_TEST(four_paths_of_16_points_come_back)
{
    struct stepden_location_container *full = &denm.location_container;

    full->predicted_paths.count = 4;
    for (uint32_t i = 0; i < 4; i++) {
        struct stepden_predicted_path *path = &full->predicted_paths.item[i];

        path->confidence_level = (uint8_t)(1 + 25 * i);
        path->path_predicted.count = 16;
        for (int32_t j = 0; j < 16; j++)
            path->path_predicted.item[j] =
                (struct stepden_path_point_predicted){
                    .delta_latitude = 131072 - j,
                    .delta_longitude = j - 131071,
                    .has_delta_altitude = i > 0,
                    .delta_altitude_cm = (int16_t)(i > 0 ? 12799 - j : 0),
                    .has_path_delta_time = i != 2,
                    .path_delta_time_ds = i != 2 ? (uint32_t)j * 10 : 0,
                };
    }
    struct encoded encoded = sample_encode(&denm, STEPDEN_RELEASE_R1_R2);
    struct stepden_denm_data decoded = sample_decode(&encoded);
    sample_check_equal(&decoded, &denm);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("denm_predicted_path");
    TCase *tests = tcase_create("denm_predicted_path");

    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, predicted_paths_are_these_bytes);
    tcase_add_loop_test(tests, a_time_has_the_first_unit_that_can_say_it, 0,
                        13);
    tcase_add_loop_test(tests, a_time_is_read_in_each_of_its_units, 0, 8);
    tcase_add_test(tests, all_points_have_a_time_or_none_has);
    tcase_add_test(tests, an_altitude_that_is_unavailable_is_absent);
    tcase_add_loop_test(tests, an_indication_of_a_later_version_is_none, 0, 3);
    tcase_add_test(tests,
                   a_list_without_paths_and_a_path_without_points_are_absent);
    tcase_add_test(tests, of_too_many_the_first_are_taken);
    tcase_add_test(
        tests, release_1_does_not_care_about_a_location_that_says_nothing_else);
    tcase_add_test(tests, four_paths_of_16_points_come_back);
    suite_add_tcase(suite, tests);
    return sample_run(suite);
}
