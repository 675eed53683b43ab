#include "den/targets.h"

#include "bench.h"

static struct stepden_targets targets;
static struct stepden_diag diag;

static enum stepden_status order(void)
{
    return stepden_targets_order(&targets, &bench.array, &diag);
}

static void expect_refusal(const char *where)
{
    ck_assert_int_eq(order(), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, where);
}

static void set_role(struct stepden_collision_station *station, unsigned role)
{
    station->has_role = true;
    station->role = role;
}

START_TEST(targets_are_ordered_by_time_then_station_then_object)
{
    static const uint32_t expected[] = {4, 2, 3, 3, 1};

    bench_reference();
    bench_target(1, 900);
    bench_target(3, 500)->object_id = 9;
    bench_target(3, 500)->object_id = 8;
    bench_target(2, 500);
    bench_target(4, 0);
    ck_assert_int_eq(order(), STEPDEN_OK);
    ck_assert_uint_eq(targets.count, 5);
    for (uint32_t i = 0; i < 5; i++)
        ck_assert_uint_eq(targets.item[i].station->station_id, expected[i]);
    ck_assert_uint_eq(targets.item[2].station->object_id, 8);
}
END_TEST

START_TEST(all_255_targets_are_ordered)
{
    uint32_t random = 7;

    bench_reference();
    for (uint32_t i = 0; i < 255; i++) {
        random = random * 1664525u + 1013904223u;
        bench_target(5000 + i, (random >> 16) % 300);
    }
    ck_assert_int_eq(order(), STEPDEN_OK);
    ck_assert_uint_eq(targets.count, 255);
    for (uint32_t i = 1; i < 255; i++) {
        const struct stepden_collision_station *one =
            targets.item[i - 1].station;
        const struct stepden_collision_station *other = targets.item[i].station;
        ck_assert(one->time_to_collision_ms < other->time_to_collision_ms ||
                  (one->time_to_collision_ms == other->time_to_collision_ms &&
                   one->station_id < other->station_id));
    }
}
END_TEST

START_TEST(without_roles_the_first_station_is_the_reference)
{
    bench_reference();
    bench_target(2, 100);
    ck_assert_int_eq(order(), STEPDEN_OK);
    ck_assert_uint_eq(targets.reference->station_id, BENCH_REFERENCE_ID);
}
END_TEST

START_TEST(with_roles_the_reference_may_be_anywhere)
{
    struct stepden_collision_station *first = bench_reference();
    first->has_time_to_collision = true;
    set_role(first, STEPDEN_COLLISION_STATION_ROLE_TARGET);
    set_role(bench_target(2, 100), STEPDEN_COLLISION_STATION_ROLE_REFERENCE);
    ck_assert_int_eq(order(), STEPDEN_OK);
    ck_assert_uint_eq(targets.reference->station_id, 2);
    ck_assert_uint_eq(targets.item[0].station->station_id, BENCH_REFERENCE_ID);
}
END_TEST

START_TEST(one_station_is_refused)
{
    bench_reference();
    expect_refusal("/stations");
}
END_TEST

START_TEST(a_second_reference_is_refused)
{
    set_role(bench_reference(), STEPDEN_COLLISION_STATION_ROLE_REFERENCE);
    set_role(bench_target(2, 100), STEPDEN_COLLISION_STATION_ROLE_TARGET);
    set_role(bench_target(3, 100), STEPDEN_COLLISION_STATION_ROLE_REFERENCE);
    expect_refusal("/stations/2/role");
}
END_TEST

START_TEST(targets_without_a_reference_are_refused)
{
    set_role(bench_reference(), STEPDEN_COLLISION_STATION_ROLE_TARGET);
    set_role(bench_target(2, 100), STEPDEN_COLLISION_STATION_ROLE_TARGET);
    expect_refusal("/stations");
}
END_TEST

START_TEST(roles_on_some_stations_only_are_refused)
{
    set_role(bench_reference(), STEPDEN_COLLISION_STATION_ROLE_REFERENCE);
    bench_target(2, 100);
    expect_refusal("/stations/1/role");
    bench_reference();
    bench_target(2, 100);
    set_role(bench_target(3, 100), STEPDEN_COLLISION_STATION_ROLE_TARGET);
    expect_refusal("/stations/2/role");
}
END_TEST

START_TEST(a_target_that_is_the_reference_is_refused)
{
    bench_reference();
    bench_target(2, 100);
    bench_target(BENCH_REFERENCE_ID, 100)->object_id = 1;
    ck_assert_int_eq(order(), STEPDEN_OK);
    bench_target(BENCH_REFERENCE_ID, 100);
    expect_refusal("/stations/3");
}
END_TEST

START_TEST(a_target_twice_is_refused)
{
    bench_reference();
    bench_target(2, 100);
    bench_target(3, 100);
    bench_target(2, 900);
    ck_assert_int_eq(order(), STEPDEN_ERR_INVALID);
}
END_TEST

START_TEST(a_target_without_time_to_collision_is_refused)
{
    bench_reference();
    bench_target(2, 100);
    bench_target(3, 100)->has_time_to_collision = false;
    expect_refusal("/stations/2/timeToCollision");
}
END_TEST

int main(void)
{
    TCase *tests = bench_tests("targets");
    tcase_add_test(tests, targets_are_ordered_by_time_then_station_then_object);
    tcase_add_test(tests, all_255_targets_are_ordered);
    tcase_add_test(tests, without_roles_the_first_station_is_the_reference);
    tcase_add_test(tests, with_roles_the_reference_may_be_anywhere);
    tcase_add_test(tests, one_station_is_refused);
    tcase_add_test(tests, a_second_reference_is_refused);
    tcase_add_test(tests, targets_without_a_reference_are_refused);
    tcase_add_test(tests, roles_on_some_stations_only_are_refused);
    tcase_add_test(tests, a_target_that_is_the_reference_is_refused);
    tcase_add_test(tests, a_target_twice_is_refused);
    tcase_add_test(tests, a_target_without_time_to_collision_is_refused);
    return bench_run("targets", tests);
}
