#include "daemon/monitor/picture.h"

#include <check.h>
#include <stdlib.h>

#define NOW_MONO_MS INT64_C(1000000)
#define STATION_ID 4711u

static struct stepden_picture before;
static struct stepden_picture after;

static struct stepden_sight sight_of(uint16_t number, int64_t left_ms)
{
    return (struct stepden_sight){
        .action_id = {.originating_station_id = STATION_ID,
                      .sequence_number = number},
        .collision_mono_ms = NOW_MONO_MS + left_ms,
        .sent_mono_ms = NOW_MONO_MS,
    };
}

static void begin(struct stepden_picture *picture)
{
    stepden_picture_begin(picture, NOW_MONO_MS);
}

static void add(struct stepden_picture *picture, uint16_t number,
                int64_t left_ms)
{
    struct stepden_sight sight = sight_of(number, left_ms);
    stepden_picture_add(picture, &sight);
}

static bool has(const struct stepden_picture *picture, uint16_t number)
{
    for (size_t i = 0; i < picture->count; i++)
        if (picture->sights[i].action_id.sequence_number == number)
            return true;
    return false;
}

START_TEST(all_events_are_shown_in_the_order_of_their_ids)
{
    begin(&after);
    add(&after, 7, 500);
    add(&after, 3, 900);
    add(&after, 5, 100);
    stepden_picture_end(&after);
    ck_assert_uint_eq(after.total, 3);
    ck_assert_uint_eq(after.count, 3);
    ck_assert_uint_eq(after.sights[0].action_id.sequence_number, 3);
    ck_assert_uint_eq(after.sights[2].action_id.sequence_number, 7);
}
END_TEST

/* The i-th number of 0..count-1 in an order of one of three kinds. */
static uint32_t shuffled(int kind, uint32_t i, uint32_t count)
{
    return kind == 0 ? i : kind == 1 ? count - 1 - i : i * 7919 % count;
}

START_TEST(of_too_many_the_most_urgent_are_shown)
{
    const uint32_t count = 10 * STEPDEN_PICTURE_MAX;
    begin(&after);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = shuffled(_i, i, count);
        add(&after, (uint16_t)number, 10 * number);
    }
    stepden_picture_end(&after);
    ck_assert_uint_eq(after.total, count);
    ck_assert_uint_eq(after.count, STEPDEN_PICTURE_MAX);
    for (uint32_t i = 0; i < STEPDEN_PICTURE_MAX; i++)
        ck_assert_uint_eq(after.sights[i].action_id.sequence_number, i);
}
END_TEST

START_TEST(a_collision_that_has_passed_comes_after_those_ahead)
{
    begin(&after);
    for (uint16_t i = 0; i < STEPDEN_PICTURE_MAX - 1; i++)
        add(&after, i, 600000);
    add(&after, 1000, -2000);
    ck_assert(has(&after, 1000));
    add(&after, 1001, -1000);
    ck_assert(!has(&after, 1000) && has(&after, 1001));
    add(&after, 1002, 600000);
    ck_assert(!has(&after, 1001) && has(&after, 1002));
}
END_TEST

static uint16_t changed[8];
static uint16_t gone[8];
static size_t changed_count;
static size_t gone_count;

static void note_changed(void *ctx, const struct stepden_sight *sight)
{
    ck_assert_ptr_eq(ctx, changed);
    changed[changed_count++] = sight->action_id.sequence_number;
}

static void note_gone(void *ctx, const struct stepden_action_id *action_id)
{
    ck_assert_ptr_eq(ctx, changed);
    gone[gone_count++] = action_id->sequence_number;
}

static void compare(void)
{
    const struct stepden_picture_changes changes = {
        .changed = note_changed, .gone = note_gone, .ctx = changed};
    changed_count = gone_count = 0;
    stepden_picture_end(&before);
    stepden_picture_end(&after);
    stepden_picture_compare(&before, &after, &changes);
}

START_TEST(what_has_not_changed_is_not_told)
{
    begin(&before);
    begin(&after);
    compare();
    ck_assert_uint_eq(changed_count + gone_count, 0);
    add(&before, 1, 500);
    add(&after, 1, 500);
    compare();
    ck_assert_uint_eq(changed_count + gone_count, 0);
}
END_TEST

START_TEST(new_changed_and_ended_events_are_told)
{
    begin(&before);
    add(&before, 1, 500);
    add(&before, 2, 500);
    add(&before, 4, 500);
    begin(&after);
    add(&after, 0, 500);
    struct stepden_sight updated = sight_of(2, 400);
    updated.update_mono_ms++;
    stepden_picture_add(&after, &updated);
    add(&after, 4, 500);
    add(&after, 5, 500);
    compare();
    ck_assert_uint_eq(changed_count, 3);
    ck_assert_uint_eq(changed[0], 0);
    ck_assert_uint_eq(changed[1], 2);
    ck_assert_uint_eq(changed[2], 5);
    ck_assert_uint_eq(gone_count, 1);
    ck_assert_uint_eq(gone[0], 1);
}
END_TEST

START_TEST(another_event_with_the_same_action_id_is_told)
{
    begin(&before);
    begin(&after);
    add(&before, 1, 500);
    struct stepden_sight again = sight_of(1, 500);
    again.trigger_its_ms++;
    stepden_picture_add(&after, &again);
    compare();
    ck_assert_uint_eq(changed_count, 1);
    ck_assert_uint_eq(gone_count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/picture");
    TCase *tests = tcase_create("picture");
    tcase_add_test(tests, all_events_are_shown_in_the_order_of_their_ids);
    tcase_add_loop_test(tests, of_too_many_the_most_urgent_are_shown, 0, 3);
    tcase_add_test(tests, a_collision_that_has_passed_comes_after_those_ahead);
    tcase_add_test(tests, what_has_not_changed_is_not_told);
    tcase_add_test(tests, new_changed_and_ended_events_are_told);
    tcase_add_test(tests, another_event_with_the_same_action_id_is_told);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
