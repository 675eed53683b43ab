#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log/words.h"

static char text[256];

static const char *cut(const char *message, size_t size)
{
    strcpy(text, message);
    stepden_log_words_cut(text, size);
    return text;
}

static void takes(const char **at, const char *key, const char *value)
{
    struct stepden_log_word word;
    ck_assert(stepden_log_words_take(&word, at));
    ck_assert_uint_eq(word.key_size, strlen(key));
    ck_assert_mem_eq(word.key, key, word.key_size);
    ck_assert_uint_eq(word.value_size, strlen(value));
    ck_assert_mem_eq(word.value, value, word.value_size);
}

START_TEST(takes_words_one_after_another)
{
    const char *at = " a=1  long_key=\"x \\\" = \\u0041\" c= d=e=\"f";
    struct stepden_log_word word;
    takes(&at, "a", "1");
    takes(&at, "long_key", "\"x \\\" = \\u0041\"");
    takes(&at, "c", "");
    takes(&at, "d", "e=\"f");
    ck_assert(!stepden_log_words_take(&word, &at));
    ck_assert_str_eq(at, "");
}
END_TEST

START_TEST(takes_nothing_of_another_form)
{
    static const char *const others[] = {
        "",         " ",        "word",   "=1",        "A=1",           "a-b=1",
        "a=\"open", "a=\"b\"c", "a=\"\\", "a=\"\\x\"", "a=\"\\u00g0\"",
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *at = others[i];
        struct stepden_log_word word;
        ck_assert(!stepden_log_words_take(&word, &at));
        ck_assert_ptr_eq(at, others[i]);
    }
}
END_TEST

START_TEST(leaves_a_message_that_is_short_enough)
{
    ck_assert_str_eq(cut("event a=12 b=\"c d\"", 18), "event a=12 b=\"c d\"");
}
END_TEST

START_TEST(cuts_between_words)
{
    ck_assert_str_eq(cut("event a=12 b=3", 13), "event a=12");
    ck_assert_str_eq(cut("event a=12 b=3", 10), "event a=12");
    ck_assert_str_eq(cut("event a=12 b=3", 9), "event");
    ck_assert_str_eq(cut("event a=12 b=3", 4), "");
}
END_TEST

START_TEST(cuts_and_closes_a_quoted_value)
{
    ck_assert_str_eq(cut("event b=\"c d\"", 12), "event b=\"c \"");
    ck_assert_str_eq(cut("event b=\"c d\"", 10), "event b=\"\"");
    ck_assert_str_eq(cut("event b=\"c d\"", 9), "event");
    ck_assert_str_eq(cut("event b=\"c d", 11), "event b=\"c\"");
}
END_TEST

START_TEST(cuts_no_character_and_no_escape)
{
    ck_assert_str_eq(cut("e b=\"\xc3\xa9\xc3\xa9\"", 9), "e b=\"\xc3\xa9\"");
    ck_assert_str_eq(cut("e b=\"a\\u0001\"", 12), "e b=\"a\"");
    ck_assert_str_eq(cut("e b=\"a\\\"b\"", 8), "e b=\"a\"");
    ck_assert_str_eq(cut("e b=\"a\\\"b\"", 9), "e b=\"a\\\"\"");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/log_words");
    TCase *tests = tcase_create("log_words");
    tcase_add_test(tests, takes_words_one_after_another);
    tcase_add_test(tests, takes_nothing_of_another_form);
    tcase_add_test(tests, leaves_a_message_that_is_short_enough);
    tcase_add_test(tests, cuts_between_words);
    tcase_add_test(tests, cuts_and_closes_a_quoted_value);
    tcase_add_test(tests, cuts_no_character_and_no_escape);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
