#include "redis/token.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct stepden_tokens tokens;
static char path[64];

static void set_up(void)
{
    tokens = (struct stepden_tokens){0};
    snprintf(path, sizeof path, "/tmp/token_test_XXXXXX");
    close(mkstemp(path));
}

static void tear_down(void)
{
    unlink(path);
}

START_TEST(a_token_is_new_each_time)
{
    char first[STEPDEN_TOKEN_SIZE];

    stepden_tokens_renew(&tokens, "");
    memcpy(first, tokens.newest, sizeof first);
    ck_assert_uint_eq(strspn(first, "0123456789abcdef"),
                      STEPDEN_TOKEN_SIZE - 1);
    stepden_tokens_renew(&tokens, "");
    ck_assert_str_ne(first, tokens.newest);
    ck_assert_str_eq(first, tokens.before);
}
END_TEST

START_TEST(the_lease_is_ours_with_either_of_two_tokens)
{
    char seen[STEPDEN_TOKEN_SIZE];

    ck_assert(!stepden_tokens_include(&tokens, ""));
    stepden_tokens_renew(&tokens, "");
    memcpy(seen, tokens.newest, sizeof seen);
    stepden_tokens_renew(&tokens, "");
    stepden_tokens_renew(&tokens, seen);
    ck_assert(stepden_tokens_include(&tokens, seen));
    ck_assert(stepden_tokens_include(&tokens, tokens.newest));
    ck_assert(!stepden_tokens_include(&tokens, "somebody"));
}
END_TEST

START_TEST(a_successor_finds_the_tokens_in_the_file)
{
    struct stepden_token_file file = {.fd = -1};
    struct stepden_tokens found = {0};
    const char *why = NULL;

    ck_assert(stepden_token_file_lock(&file, path, &found, &why));
    ck_assert_str_eq(found.newest, "");
    stepden_tokens_renew(&tokens, "");
    stepden_tokens_renew(&tokens, "");
    stepden_token_file_write(&file, &tokens);
    stepden_token_file_close(&file);

    ck_assert(stepden_token_file_lock(&file, path, &found, &why));
    ck_assert_str_eq(found.newest, tokens.newest);
    ck_assert_str_eq(found.before, tokens.before);
    stepden_token_file_close(&file);
}
END_TEST

START_TEST(a_living_owner_keeps_the_file)
{
    struct stepden_token_file file = {.fd = -1};
    struct stepden_token_file other = {.fd = -1};
    const char *why = "";

    ck_assert(stepden_token_file_lock(&file, path, &tokens, &why));
    ck_assert(!stepden_token_file_lock(&other, path, &tokens, &why));
    ck_assert_ptr_null(why);
    stepden_token_file_close(&file);
    ck_assert(stepden_token_file_lock(&other, path, &tokens, &why));
    stepden_token_file_close(&other);
}
END_TEST

START_TEST(a_damaged_file_counts_as_empty)
{
    struct stepden_token_file file = {.fd = -1};
    const char *why = NULL;
    FILE *damaged = fopen(path, "w");

    for (int i = 0; i < 66; i++)
        fputc('x', damaged);
    fclose(damaged);
    ck_assert(stepden_token_file_lock(&file, path, &tokens, &why));
    ck_assert_str_eq(tokens.newest, "");
    stepden_token_file_close(&file);
}
END_TEST

START_TEST(the_file_is_in_the_folder_that_systemd_makes)
{
    char placed[12];

    unsetenv("RUNTIME_DIRECTORY");
    ck_assert(!stepden_token_file_place(placed, sizeof placed));
    setenv("RUNTIME_DIRECTORY", "/run/a:/run/b", 1);
    ck_assert(!stepden_token_file_place(placed, sizeof placed));
    setenv("RUNTIME_DIRECTORY", "/run:/run/b", 1);
    ck_assert(stepden_token_file_place(placed, sizeof placed));
    ck_assert_str_eq(placed, "/run/lease");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/token");
    TCase *tests = tcase_create("token");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_token_is_new_each_time);
    tcase_add_test(tests, the_lease_is_ours_with_either_of_two_tokens);
    tcase_add_test(tests, a_successor_finds_the_tokens_in_the_file);
    tcase_add_test(tests, a_living_owner_keeps_the_file);
    tcase_add_test(tests, a_damaged_file_counts_as_empty);
    tcase_add_test(tests, the_file_is_in_the_folder_that_systemd_makes);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
