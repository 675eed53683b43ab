#include "daemon/monitor/http_address.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct stepden_http_address address;
static struct stepden_diag diag;

static bool reads(const char *text)
{
    return stepden_http_address_read(&address, text, &diag) == STEPDEN_OK;
}

START_TEST(an_address_is_written_as_it_is_read)
{
    const char *const texts[] = {"127.0.0.1:8080", "0.0.0.0:0", "[::1]:65535",
                                 "[::]:1", "[fe80::1]:80"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[STEPDEN_HTTP_ADDRESS_MAX];
        ck_assert_msg(reads(texts[i]), "%s", texts[i]);
        ck_assert_str_eq(stepden_http_address_write(text, &address), texts[i]);
    }
}
END_TEST

START_TEST(what_is_none_is_refused_with_its_place)
{
    const char *const texts[] = {
        "",           "8080",         ":8080",       "127.0.0.1",
        "127.0.0.1:", "127.0.0.1:x",  "1.2.3.4:-1",  "127.0.0.1:65536",
        "::1:8080",   "[::1]",        "[]:8080",     "[127.0.0.1]:8080",
        "[::1:8080",  "localhost:80", "1.2.3.4:8 ",  "1.2.3.4:000080",
        "[::1]8080",  "256.0.0.1:80", "[::1]]:8080", "[[::1]:8080"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ck_assert_msg(!reads(texts[i]), "%s", texts[i]);
        ck_assert_str_eq(diag.where, "/health/listen");
        ck_assert_ptr_nonnull(strstr(diag.reason, "like 127.0.0.1:8080"));
    }
}
END_TEST

START_TEST(one_that_is_too_long_is_refused)
{
    char text[257] = "";
    memset(text, '1', 250);
    strcpy(text + 250, ":80");
    ck_assert(!reads(text));
}
END_TEST

START_TEST(loopback_is_what_only_this_host_reaches)
{
    const char *const own[] = {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1"};
    const char *const others[] = {"0.0.0.0:1", "[::]:1", "10.0.0.1:1",
                                  "[2001:db8::1]:1"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        ck_assert(reads(own[i]) && stepden_http_address_is_loopback(&address));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert(reads(others[i]) &&
                  !stepden_http_address_is_loopback(&address));
}
END_TEST

START_TEST(a_local_host_is_an_address_or_localhost)
{
    const char *const own[] = {"127.0.0.1",      "127.0.0.1:80", "10.0.0.1:1",
                               "localhost:8080", "LocalHost",    "[::1]",
                               "[::1]:8080"};
    const char *const others[] = {
        "",           "evil.example",   "localhost.evil.example", ":80",
        "localhost:", "localhost:x",    "127.0.0.1.evil.example", "::1",
        "[::1",       "[::1]80",        "[localhost]:80",         "[]",
        "]",          "127.0.0.1:80:80"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        ck_assert_msg(stepden_http_host_is_local(own[i]), "%s", own[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        ck_assert_msg(!stepden_http_host_is_local(others[i]), "%s", others[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/http_address");
    TCase *tests = tcase_create("http_address");
    tcase_add_test(tests, an_address_is_written_as_it_is_read);
    tcase_add_test(tests, what_is_none_is_refused_with_its_place);
    tcase_add_test(tests, one_that_is_too_long_is_refused);
    tcase_add_test(tests, loopback_is_what_only_this_host_reaches);
    tcase_add_test(tests, a_local_host_is_an_address_or_localhost);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
