#include <check.h>
#include <stdlib.h>

#include "simulator/scene.h"

static const struct sim_actor *find(const struct sim_scene *scene,
                                    uint32_t station_id, uint16_t object_id)
{
    for (size_t i = 0; i < scene->count; i++)
        if (scene->actor[i].station_id == station_id &&
            scene->actor[i].object_id == object_id)
            return &scene->actor[i];
    return NULL;
}

START_TEST(the_same_time_shows_the_same_scene)
{
    static struct sim_scene one;
    static struct sim_scene again;

    sim_scene_at(&one, 12300);
    sim_scene_at(&again, 45600);
    sim_scene_at(&again, 12300);
    ck_assert_uint_eq(one.count, again.count);
    for (size_t i = 0; i < one.count; i++)
        ck_assert_mem_eq(&one.actor[i].motion, &again.actor[i].motion,
                         sizeof(struct sim_motion));
}
END_TEST

START_TEST(a_braking_body_stops_and_stays)
{
    static struct sim_scene scene;

    sim_scene_at(&scene, 4100);
    ck_assert_double_eq_tol(find(&scene, SIM_SENSOR_ID, 2)->motion.speed_m_s,
                            5.0, 1e-9);
    sim_scene_at(&scene, 8000);
    ck_assert_double_eq(find(&scene, SIM_SENSOR_ID, 2)->motion.speed_m_s, 0.0);
}
END_TEST

START_TEST(a_turning_car_comes_out_at_a_right_angle)
{
    static struct sim_scene scene;

    sim_scene_at(&scene, 8000);
    ck_assert_double_eq_tol(find(&scene, SIM_SENSOR_ID, 3)->motion.heading_deg,
                            270.0, 1.0);
}
END_TEST

START_TEST(the_trail_lies_behind_newest_first)
{
    static struct sim_scene scene;
    const struct sim_actor *car;

    sim_scene_at(&scene, 2200);
    car = find(&scene, 1001, 0);
    ck_assert_uint_eq(car->trail_count, 4);
    for (size_t i = 0; i < car->trail_count; i++)
        ck_assert_double_eq_tol(car->trail[i].x_m,
                                car->motion.x_m - 6.0 * (double)(i + 1), 1e-6);
}
END_TEST

START_TEST(every_cycle_has_stations_of_its_own)
{
    static struct sim_scene scene;

    sim_scene_at(&scene, 1000);
    ck_assert_ptr_nonnull(find(&scene, 1001, 0));
    sim_scene_at(&scene, 1000 + SIM_CYCLE_MS);
    ck_assert_ptr_null(find(&scene, 1001, 0));
    ck_assert_ptr_nonnull(find(&scene, 1010, 0));
}
END_TEST

START_TEST(nobody_vanishes_at_the_end_of_a_cycle)
{
    static struct sim_scene before;
    static struct sim_scene after;

    sim_scene_at(&before, SIM_CYCLE_MS - 100);
    sim_scene_at(&after, SIM_CYCLE_MS);
    ck_assert_ptr_nonnull(find(&before, 1008, 0));
    ck_assert_ptr_nonnull(find(&after, 1008, 0));
}
END_TEST

START_TEST(the_actors_of_three_days_always_fit)
{
    static struct sim_scene scene;

    for (int64_t ms = 0; ms < SIM_CYCLE_MS * 2; ms += 100) {
        sim_scene_at(&scene, ms + INT64_C(3) * 86400000);
        ck_assert_uint_le(scene.count, SIM_ACTORS_MAX);
        ck_assert_uint_gt(scene.count, 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("simulator_scene");
    TCase *tests = tcase_create("simulator_scene");
    tcase_add_test(tests, the_same_time_shows_the_same_scene);
    tcase_add_test(tests, a_braking_body_stops_and_stays);
    tcase_add_test(tests, a_turning_car_comes_out_at_a_right_angle);
    tcase_add_test(tests, the_trail_lies_behind_newest_first);
    tcase_add_test(tests, every_cycle_has_stations_of_its_own);
    tcase_add_test(tests, nobody_vanishes_at_the_end_of_a_cycle);
    tcase_add_test(tests, the_actors_of_three_days_always_fit);
    suite_add_tcase(suite, tests);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
