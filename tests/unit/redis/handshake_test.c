#include "redis/handshake.h"

#include <check.h>
#include <stdlib.h>

#include "support/redis_reply.h"

static struct stepden_handshake handshake;
static struct stepden_resp out;
static struct stepden_diag diag;

static void set_up(void)
{
    out = (struct stepden_resp){0};
    diag = (struct stepden_diag){0};
}

static void tear_down(void)
{
    stepden_resp_free(&out);
}

static void begin(struct stepden_handshake_identity identity)
{
    stepden_resp_clear(&out, 0);
    stepden_handshake_begin(&handshake, &out, &identity);
    stepden_resp_append(&out, "", 1);
}

static enum stepden_handshake_verdict take(const char *bytes)
{
    redisReply *reply = redis_reply_parse(bytes);
    enum stepden_handshake_verdict verdict =
        stepden_handshake_take(&handshake, reply, &diag);

    freeReplyObject(reply);
    return verdict;
}

START_TEST(without_a_password_it_names_itself_and_pings)
{
    begin((struct stepden_handshake_identity){.name = "den", .protocol = 2});
    ck_assert_str_eq(out.bytes, "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n"
                                "$3\r\nden\r\n*1\r\n$4\r\nPING\r\n");
    ck_assert_int_eq(take("+OK\r\n"), STEPDEN_HANDSHAKE_MORE);
    ck_assert_int_eq(take("+PONG\r\n"), STEPDEN_HANDSHAKE_DONE);
}
END_TEST

START_TEST(in_resp2_it_authenticates_and_selects)
{
    begin((struct stepden_handshake_identity){
        .username = "u", .password = "p", .db = 3, .protocol = 2});
    ck_assert_str_eq(out.bytes, "*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$1\r\np\r\n"
                                "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n"
                                "*1\r\n$4\r\nPING\r\n");
}
END_TEST

START_TEST(in_resp3_hello_carries_the_password)
{
    begin((struct stepden_handshake_identity){.password = "p", .protocol = 3});
    ck_assert_str_eq(out.bytes,
                     "*5\r\n$5\r\nHELLO\r\n$1\r\n3\r\n$4\r\nAUTH\r\n"
                     "$7\r\ndefault\r\n$1\r\np\r\n*1\r\n$4\r\nPING\r\n");
}
END_TEST

START_TEST(a_server_without_resp3_is_a_downgrade)
{
    begin((struct stepden_handshake_identity){.protocol = 3});
    ck_assert_int_eq(take("-ERR unknown command `HELLO`\r\n"),
                     STEPDEN_HANDSHAKE_DOWNGRADE);
}
END_TEST

START_TEST(the_name_gets_no_character_that_redis_refuses)
{
    begin((struct stepden_handshake_identity){.name = "a b\xc3\n",
                                              .protocol = 2});
    ck_assert_ptr_nonnull(strstr(out.bytes, "$5\r\na_b__\r\n"));
}
END_TEST

START_TEST(a_wrong_password_is_said_with_what_to_check)
{
    begin((struct stepden_handshake_identity){.password = "p", .protocol = 2});
    ck_assert_int_eq(take("-WRONGPASS invalid username-password pair\r\n"),
                     STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_str_eq(diag.where, "AUTH");
    ck_assert_ptr_nonnull(strstr(diag.reason, "redis.connection.username"));
}
END_TEST

START_TEST(a_server_that_wants_a_password_is_refused_by_its_name_step)
{
    begin((struct stepden_handshake_identity){.name = "a", .protocol = 2});
    ck_assert_int_eq(take("-NOAUTH Authentication required.\r\n"),
                     STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_ptr_nonnull(strstr(diag.reason, "redis.connection.password"));
}
END_TEST

START_TEST(an_acl_without_setname_is_fine)
{
    begin((struct stepden_handshake_identity){.name = "a", .protocol = 2});
    ck_assert_int_eq(take("-NOPERM this user has no permissions\r\n"),
                     STEPDEN_HANDSHAKE_MORE);
    ck_assert_int_eq(take("+PONG\r\n"), STEPDEN_HANDSHAKE_DONE);
}
END_TEST

START_TEST(a_server_that_is_loading_is_not_ready)
{
    begin((struct stepden_handshake_identity){.protocol = 2});
    ck_assert_int_eq(take("-LOADING Redis is loading the dataset\r\n"),
                     STEPDEN_HANDSHAKE_REFUSED);
}
END_TEST

START_TEST(what_a_server_quotes_of_auth_is_not_told)
{
    begin((struct stepden_handshake_identity){.password = "hunter2",
                                              .protocol = 2});
    ck_assert_int_eq(take("-ERR unknown command 'AUTH', with args beginning "
                          "with: 'hunter2' \r\n"),
                     STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_str_eq(diag.where, "AUTH");
    ck_assert_str_eq(diag.reason,
                     "ERR unknown command 'AUTH': the server does not know it: "
                     "check rename-command there, and its version");
}
END_TEST

static void check_is_hidden(const char *answer, const char *told)
{
    begin((struct stepden_handshake_identity){.password = "hunter2",
                                              .protocol = 3});
    ck_assert_int_eq(take(answer), STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_str_eq(diag.reason, told);
}

START_TEST(the_password_is_hidden_wherever_it_stands)
{
    check_is_hidden("-ERR hunter2 hunter2hunter2 is wrong\r\n",
                    "ERR * ** is wrong");
    check_is_hidden("+hunter2\r\n", "the answer \"*\"");
    check_is_hidden("$68\r\n012345678901234567890123456789012345678901234567"
                    "890123456789 hunter2\r\n",
                    "the answer \"01234567890123456789012345678901234567890123"
                    "4567890123456789 *\"");
}
END_TEST

START_TEST(a_server_that_has_to_be_a_master_says_so)
{
    begin(
        (struct stepden_handshake_identity){.protocol = 2, .is_master = true});
    ck_assert_str_eq(out.bytes, "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nROLE\r\n");
    ck_assert_int_eq(take("+PONG\r\n"), STEPDEN_HANDSHAKE_MORE);
    ck_assert_int_eq(take("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n"),
                     STEPDEN_HANDSHAKE_DONE);
}
END_TEST

START_TEST(a_replica_is_refused_where_a_master_has_to_be)
{
    begin(
        (struct stepden_handshake_identity){.protocol = 2, .is_master = true});
    ck_assert_int_eq(take("+PONG\r\n"), STEPDEN_HANDSHAKE_MORE);
    ck_assert_int_eq(take("*1\r\n$5\r\nslave\r\n"), STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_str_eq(diag.where, "ROLE");
    ck_assert_str_eq(diag.reason, "the server is not a master, or not yet");
    ck_assert_int_eq(take("-NOPERM no\r\n"), STEPDEN_HANDSHAKE_REFUSED);
    ck_assert_ptr_nonnull(strstr(diag.reason, "ACL"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("redis/handshake");
    TCase *tests = tcase_create("handshake");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, without_a_password_it_names_itself_and_pings);
    tcase_add_test(tests, in_resp2_it_authenticates_and_selects);
    tcase_add_test(tests, in_resp3_hello_carries_the_password);
    tcase_add_test(tests, a_server_without_resp3_is_a_downgrade);
    tcase_add_test(tests, the_name_gets_no_character_that_redis_refuses);
    tcase_add_test(tests, a_wrong_password_is_said_with_what_to_check);
    tcase_add_test(tests,
                   a_server_that_wants_a_password_is_refused_by_its_name_step);
    tcase_add_test(tests, an_acl_without_setname_is_fine);
    tcase_add_test(tests, a_server_that_is_loading_is_not_ready);
    tcase_add_test(tests, what_a_server_quotes_of_auth_is_not_told);
    tcase_add_test(tests, the_password_is_hidden_wherever_it_stands);
    tcase_add_test(tests, a_server_that_has_to_be_a_master_says_so);
    tcase_add_test(tests, a_replica_is_refused_where_a_master_has_to_be);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
