/* The link against a server of the test's own, on a Unix socket. */
#include "support/link_bench.h"

START_TEST(is_up_when_the_handshake_is_answered)
{
    open_link();
    accept_link();
    answer("+OK\r\n");
    ck_assert(!stepden_link_is_up(link_));
    answer("+PONG\r\n");
    ck_assert(stepden_link_is_up(link_));
    ck_assert_int_eq(ups, 1);
}
END_TEST

START_TEST(takes_answers_byte_by_byte_and_in_order)
{
    const char *bytes = "$2\r\nab\r\n:7\r\n";
    char byte[2] = "";

    bring_up();
    ping();
    ping();
    for (const char *at = bytes; *at != '\0'; at++) {
        byte[0] = *at;
        answer(byte);
        if (at - bytes == 7)
            ck_assert_str_eq(last_answer, "the answer \"ab\"");
    }
    ck_assert_int_eq(answers, 2);
    ck_assert_str_eq(last_answer, "the answer 7");
}
END_TEST

START_TEST(what_is_sent_in_one_turn_leaves_together)
{
    char bytes[256];

    bring_up();
    (void)!read(peer, bytes, sizeof bytes);
    ping();
    ping();
    ck_assert_int_eq(read(peer, bytes, sizeof bytes), -1);
    turn();
    ck_assert_int_eq(read(peer, bytes, sizeof bytes), 2 * 14);
}
END_TEST

START_TEST(connects_again_when_the_server_closes)
{
    bring_up();
    ping();
    close(peer);
    peer = -1;
    accept_link();
    ck_assert_int_eq(downs, 1);
    ck_assert_int_eq(answers, 0);
    answer(hello);
    ck_assert_int_eq(ups, 2);
}
END_TEST

START_TEST(what_does_not_speak_the_protocol_is_named_so)
{
    open_link();
    accept_link();
    answer("HTTP/1.1 400 Bad Request\r\n");
    ck_assert_ptr_nonnull(strstr(log_text, "an HTTP server answers"));
    ck_assert(!stepden_link_is_up(link_));
    ck_assert_int_eq(downs, 0);
}
END_TEST

START_TEST(an_answer_without_a_command_ends_the_connection)
{
    bring_up();
    answer("+WHAT\r\n");
    ck_assert_int_eq(downs, 1);
    ck_assert_ptr_nonnull(strstr(log_text, "an answer without a command"));
}
END_TEST

START_TEST(a_server_that_does_not_answer_is_given_up)
{
    bring_up();
    ping();
    for (int i = 0; i < 1500 && downs == 0; i++)
        turn();
    ck_assert_int_eq(downs, 1);
    ck_assert_ptr_nonnull(strstr(
        log_text, "no answer within redis.connection.socketTimeout, 1 s"));
}
END_TEST

START_TEST(a_handshake_without_an_end_is_given_up)
{
    open_link();
    accept_link();
    log_text[0] = '\0';
    for (int i = 0; i < 1500 && log_text[0] == '\0'; i++)
        turn();
    ck_assert_ptr_nonnull(strstr(
        log_text,
        "handshake: no answer within redis.connection.socketConnectTimeout"));
}
END_TEST

START_TEST(an_idle_connection_is_pinged)
{
    char bytes[256];

    connection.health_check_interval_s = 1;
    bring_up();
    (void)!read(peer, bytes, sizeof bytes);
    for (int i = 0; i < 1500 && read(peer, bytes, sizeof bytes) < 0; i++)
        turn();
    ck_assert_mem_eq(bytes, "*1\r\n$4\r\nPING\r\n", 14);
    answer("+PONG\r\n");
    ck_assert_int_eq(downs, 0);
}
END_TEST

START_TEST(a_refusal_at_the_door_is_read_before_the_end)
{
    open_link();
    for (int i = 0; i < 20 && peer < 0; i++) {
        peer = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        turn();
    }
    const char refusal[] = "-ERR max number of clients reached\r\n";
    ck_assert_int_gt(send(peer, refusal, strlen(refusal), 0), 0);
    close(peer);
    peer = -1;
    log_text[0] = '\0';
    for (int i = 0; i < 20 && log_text[0] == '\0'; i++)
        turn();
    ck_assert_ptr_nonnull(strstr(log_text, "max number of clients"));
}
END_TEST

START_TEST(commands_on_a_closed_link_go_nowhere)
{
    bring_up();
    stepden_link_close(link_);
    ping();
    turn();
    ck_assert_int_eq(answers, 0);
    ck_assert_int_eq(downs, 0);
}
END_TEST

START_TEST(without_a_cluster_moved_is_an_answer)
{
    bring_up();
    ping();
    answer("-MOVED 9 127.0.0.1:1\r\n");
    ck_assert_int_eq(answers, 1);
    ck_assert(stepden_link_is_up(link_));
}
END_TEST

START_TEST(an_address_with_colons_is_written_in_brackets)
{
    connection.has_unix_socket = false;
    strcpy(connection.host, "::1");
    make_access();
    make_link();
    ck_assert_str_eq(stepden_link_peer(link_), "redis [::1]:6379");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("link");
    tcase_add_test(tests, is_up_when_the_handshake_is_answered);
    tcase_add_test(tests, takes_answers_byte_by_byte_and_in_order);
    tcase_add_test(tests, what_is_sent_in_one_turn_leaves_together);
    tcase_add_test(tests, connects_again_when_the_server_closes);
    tcase_add_test(tests, what_does_not_speak_the_protocol_is_named_so);
    tcase_add_test(tests, an_answer_without_a_command_ends_the_connection);
    tcase_add_test(tests, a_server_that_does_not_answer_is_given_up);
    tcase_add_test(tests, a_handshake_without_an_end_is_given_up);
    tcase_add_test(tests, an_idle_connection_is_pinged);
    tcase_add_test(tests, a_refusal_at_the_door_is_read_before_the_end);
    tcase_add_test(tests, commands_on_a_closed_link_go_nowhere);
    tcase_add_test(tests, without_a_cluster_moved_is_an_answer);
    tcase_add_test(tests, an_address_with_colons_is_written_in_brackets);
    return run_bench("redis/link", tests);
}
