#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "codec/arena.h"
#include "sample.h"

START_TEST(what_it_gives_is_zero_aligned_and_stays)
{
    struct stepden_arena arena = {0};
    uint8_t *taken[100];

    for (size_t i = 0; i < 100; i++) {
        taken[i] = stepden_arena_take(&arena, 10 * i + 1);
        ck_assert_uint_eq((uintptr_t)taken[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < 10 * i + 1; j++)
            ck_assert_uint_eq(taken[i][j], 0);
        memset(taken[i], (int)i, 10 * i + 1);
    }
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(taken[i][10 * i], i);
    stepden_arena_free(&arena);
}
END_TEST

START_TEST(after_a_reset_it_gives_the_same_memory_as_zero)
{
    struct stepden_arena arena = {0};
    uint8_t *before = stepden_arena_take(&arena, 64);

    memset(before, 0xff, 64);
    stepden_arena_reset(&arena);
    uint8_t *after = stepden_arena_take(&arena, 64);
    ck_assert_ptr_eq(after, before);
    ck_assert_uint_eq(after[63], 0);
    stepden_arena_free(&arena);
}
END_TEST

START_TEST(it_gives_more_than_a_block_at_once)
{
    struct stepden_arena arena = {0};
    uint8_t *large = stepden_arena_take(&arena, 1 << 20);

    large[(1 << 20) - 1] = 1;
    ck_assert_ptr_nonnull(stepden_arena_take(&arena, 1));
    stepden_arena_free(&arena);
    stepden_arena_free(&arena); /* an empty one */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, what_it_gives_is_zero_aligned_and_stays);
    tcase_add_test(tests, after_a_reset_it_gives_the_same_memory_as_zero);
    tcase_add_test(tests, it_gives_more_than_a_block_at_once);
    return sample_run(suite);
}
