#include "daemon/balance.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum {
    PARTITIONS_MAX = 256,
    INSTANCES_MAX = 8,
    ROUND_MS = 2500,
    WISH_ROUNDS = 2, /* until one lapses */
    NOBODY = -1,
    ROUNDS = 30,
};

/* Instances that look at each partition once a round, in any order. */
static struct world {
    int partitions;
    int instances; /* that are there, from the first on */
    struct stepden_balance balances[INSTANCES_MAX];
    int owners[PARTITIONS_MAX];
    struct {
        int of;
        int64_t rank;
        int64_t until_ms;
    } wishes[PARTITIONS_MAX];
    int64_t now_ms;
    unsigned moves;
} world;

static uint32_t random_state;

static uint32_t random_below(uint32_t end)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % end;
}

static void take(int instance, int partition)
{
    world.owners[partition] = instance;
    stepden_balance_take(&world.balances[instance]);
}

static void start(int instance)
{
    world.balances[instance] = (struct stepden_balance){
        .partitions = (uint32_t)world.partitions,
        .round_ms = ROUND_MS,
    };
}

static void make_world(int partitions, int instances, uint32_t seed)
{
    random_state = seed;
    world = (struct world){
        .partitions = partitions, .instances = instances, .now_ms = 1};
    for (int i = 0; i < instances; i++)
        start(i);
    for (int p = 0; p < partitions; p++) {
        world.owners[p] = NOBODY;
        world.wishes[p].of = NOBODY;
    }
}

static bool has_wish(int partition)
{
    return world.wishes[partition].of != NOBODY &&
           world.wishes[partition].until_ms > world.now_ms;
}

static void read_wish(int instance, int partition)
{
    int of = world.wishes[partition].of;
    if (!has_wish(partition) || of == instance ||
        !stepden_balance_grant(&world.balances[instance],
                               world.wishes[partition].rank))
        return;
    world.moves++;
    world.wishes[partition].of = NOBODY;
    take(of, partition);
}

static void look(int instance, int partition)
{
    if (world.owners[partition] == instance) {
        read_wish(instance, partition);
    } else if (world.owners[partition] == NOBODY) {
        take(instance, partition);
    } else {
        int64_t rank =
            stepden_balance_wish(&world.balances[instance], world.now_ms);
        if (rank < 0 ||
            (has_wish(partition) && world.wishes[partition].of != instance &&
             world.wishes[partition].rank <= rank))
            return;
        world.wishes[partition].of = instance;
        world.wishes[partition].rank = rank;
        world.wishes[partition].until_ms =
            world.now_ms + WISH_ROUNDS * ROUND_MS;
    }
}

static void pass_round(void)
{
    static int order[PARTITIONS_MAX * INSTANCES_MAX];
    int count = world.partitions * world.instances;
    for (int i = 0; i < count; i++) {
        int other = (int)random_below((uint32_t)i + 1);
        order[i] = order[other];
        order[other] = i;
    }
    int64_t began_ms = world.now_ms;
    for (int i = 0; i < count; i++) {
        look(order[i] % world.instances, order[i] / world.instances);
        world.now_ms = began_ms + (int64_t)ROUND_MS * (i + 1) / count;
    }
}

static uint32_t spread(void)
{
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    for (int i = 0; i < world.instances; i++) {
        uint32_t held = world.balances[i].held;
        least = held < least ? held : least;
        most = held > most ? held : most;
    }
    return most - least;
}

/* And then nothing moves any more. */
static void expect_balance(void)
{
    for (int round = 0; round < ROUNDS; round++)
        pass_round();
    ck_assert_uint_le(spread(), 1);
    world.moves = 0;
    for (int round = 0; round < ROUNDS; round++)
        pass_round();
    ck_assert_uint_eq(world.moves, 0);
    ck_assert_uint_le(spread(), 1);
}

static void die(int instance)
{
    for (int p = 0; p < world.partitions; p++)
        if (world.owners[p] == instance)
            world.owners[p] = NOBODY;
    start(instance);
}

START_TEST(whoever_joins_gets_a_share)
{
    static const int sizes[][2] = {{2, 2},   {3, 2},   {5, 7},  {12, 2},
                                   {12, 3},  {12, 5},  {64, 3}, {100, 8},
                                   {256, 2}, {256, 3}, {256, 8}};
    const int *size = sizes[_i / 3];
    make_world(size[0], size[1], (uint32_t)_i);
    for (int p = 0; p < world.partitions; p++)
        take(0, p);
    expect_balance();
}
END_TEST

START_TEST(free_partitions_are_shared)
{
    make_world(64, 3, (uint32_t)_i);
    expect_balance();
}
END_TEST

START_TEST(what_one_leaves_is_shared_and_it_gets_a_share_again)
{
    make_world(60, 4, (uint32_t)_i);
    expect_balance();
    world.instances = 3;
    die(3);
    expect_balance();
    world.instances = 4;
    expect_balance();
    die(0);
    die(2);
    expect_balance();
}
END_TEST

START_TEST(a_rank_is_what_one_has_and_has_wished_for_in_this_round)
{
    struct stepden_balance balance = {.partitions = 12, .round_ms = 100};
    ck_assert_int_eq(stepden_balance_wish(&balance, 1000), 0);
    ck_assert_int_eq(stepden_balance_wish(&balance, 1001), 1);
    stepden_balance_take(&balance);
    ck_assert_int_eq(stepden_balance_wish(&balance, 1099), 3);
    ck_assert_int_eq(stepden_balance_wish(&balance, 1100), 1);
    stepden_balance_lose(&balance);
    ck_assert_int_eq(stepden_balance_wish(&balance, 1101), 1);
}
END_TEST

START_TEST(nobody_wishes_for_what_nobody_can_have_too_many_of)
{
    struct stepden_balance balance = {
        .partitions = 12, .round_ms = 100, .held = 4};
    for (int64_t rank = 4; rank <= 6; rank++)
        ck_assert_int_eq(stepden_balance_wish(&balance, 1000), rank);
    ck_assert_int_eq(stepden_balance_wish(&balance, 1000), -1);
    balance.held = 6;
    ck_assert_int_eq(stepden_balance_wish(&balance, 2000), -1);
}
END_TEST

START_TEST(what_is_given_away_does_not_count_any_more)
{
    struct stepden_balance balance = {.partitions = 12, .held = 3};
    ck_assert(!stepden_balance_grant(&balance, 2));
    ck_assert(stepden_balance_grant(&balance, 1));
    ck_assert(!stepden_balance_grant(&balance, 1));
    ck_assert(stepden_balance_grant(&balance, 0));
    ck_assert(!stepden_balance_grant(&balance, 0));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/balance");
    TCase *tests = tcase_create("balance");
    tcase_add_loop_test(tests, whoever_joins_gets_a_share, 0, 11 * 3);
    tcase_add_loop_test(tests, free_partitions_are_shared, 0, 3);
    tcase_add_loop_test(
        tests, what_one_leaves_is_shared_and_it_gets_a_share_again, 0, 3);
    tcase_add_test(tests,
                   a_rank_is_what_one_has_and_has_wished_for_in_this_round);
    tcase_add_test(tests, nobody_wishes_for_what_nobody_can_have_too_many_of);
    tcase_add_test(tests, what_is_given_away_does_not_count_any_more);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
