#include "den/sight.h"

#include <string.h>

#include "bench.h"

static struct stepden_sight seen[4];
static uint32_t seen_count;

static void see(void *ctx, const struct stepden_sight *sight)
{
    ck_assert_ptr_eq(ctx, seen);
    ck_assert_uint_lt(seen_count, 4);
    seen[seen_count++] = *sight;
}

static void look(void)
{
    seen_count = 0;
    stepden_sight_each(bench.den, see, seen);
}

static void predict_moving(const char *entry_id, uint16_t speed_cm_s)
{
    struct stepden_collision_station *reference = bench_reference();
    reference->has_speed = true;
    reference->speed.value_cm_s = speed_cm_s;
    reference->station_type = STEPDEN_STATION_TYPE_BUS;
    struct stepden_collision_station *target = bench_target(7, 900);
    target->has_speed = false;
    target->has_heading = true;
    target->heading.value_ddeg = 900;
    target->position.latitude_e7 = 451000000;
    bench_take(entry_id);
}

START_TEST(without_events_there_is_nothing_to_see)
{
    bench_open();
    look();
    ck_assert_uint_eq(seen_count, 0);
}
END_TEST

START_TEST(an_event_is_seen_with_its_parties_as_predicted_last)
{
    bench_open();
    predict_moving("1-0", 500);
    bench_advance(100);
    predict_moving("2-0", 600);
    look();
    ck_assert_uint_eq(seen_count, 1);
    ck_assert_uint_eq(seen[0].action_id.originating_station_id,
                      BENCH_STATION_ID);
    ck_assert_uint_eq(seen[0].parties.reference_station_id, BENCH_REFERENCE_ID);
    ck_assert_uint_eq(seen[0].parties.target_station_id, 7);
    ck_assert_int_eq(seen[0].collision_mono_ms, bench.now.mono_ms + 900);
    ck_assert_int_eq(seen[0].creation_its_ms, bench.now.its_ms);
    ck_assert_int_eq(seen[0].trigger_its_ms, bench.now.its_ms - 100);
    ck_assert(seen[0].has_movers);
    ck_assert_int_eq(seen[0].reference.speed_cm_s, 600);
    ck_assert_uint_eq(seen[0].reference.station_type, STEPDEN_STATION_TYPE_BUS);
    ck_assert_int_eq(seen[0].target.speed_cm_s, -1);
    ck_assert_int_eq(seen[0].target.heading_ddeg, 900);
    ck_assert_int_eq(seen[0].target.latitude_e7, 451000000);
}
END_TEST

START_TEST(an_event_that_has_ended_is_not_seen)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_advance(500);
    bench_predict("2-0", 8, 900);
    bench_advance(600);
    look();
    ck_assert_uint_eq(seen_count, 1);
    ck_assert_uint_eq(seen[0].parties.target_station_id, 8);
}
END_TEST

START_TEST(after_a_restart_where_the_parties_were_is_not_known)
{
    bench_open();
    bench_predict("1-0", 7, 900);
    bench_reopen();
    look();
    ck_assert_uint_eq(seen_count, 1);
    ck_assert(!seen[0].has_movers);
    bench_advance(1);
    bench_predict("2-0", 7, 900);
    look();
    ck_assert(seen[0].has_movers);
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("sight");
    tcase_add_test(tests, without_events_there_is_nothing_to_see);
    tcase_add_test(tests, an_event_is_seen_with_its_parties_as_predicted_last);
    tcase_add_test(tests, an_event_that_has_ended_is_not_seen);
    tcase_add_test(tests, after_a_restart_where_the_parties_were_is_not_known);
    return bench_run("den/sight", tests);
}
