/* The link when the server, the network or the names are at fault. */
#include "support/link_bench.h"
#include "support/name_server.h"

START_TEST(an_error_that_ends_a_connection_is_told_with_what_helps)
{
    bring_up();
    stepden_link_drop(link_, "NOPERM this user has no permissions.");
    ck_assert_msg(says("given up: NOPERM this user has no permissions: the "
                       "user's ACL is too narrow: see the rights in redis.md;"),
                  "%s", log_text);
}
END_TEST

static void use_password(void)
{
    connection.has_password = true;
    connection.password.kind = STEPDEN_SECRET_PLAIN;
    strcpy(connection.password.plain, "sesame");
}

START_TEST(a_password_that_was_sent_is_not_kept)
{
    char bytes[256];

    use_password();
    open_link();
    accept_link();
    ssize_t got = recv(peer, bytes, sizeof bytes, 0);
    ck_assert_int_gt(got, 0);
    ck_assert_ptr_nonnull(memmem(bytes, (size_t)got, "sesame", 6));
    ck_assert_ptr_nonnull(link_->out.bytes);
    ck_assert_ptr_null(
        memmem(link_->out.bytes, link_->out.capacity, "sesame", 6));
}
END_TEST

/* The listener's backlog is 1, so that two may wait. */
START_TEST(a_unix_socket_at_which_too_many_wait_is_told)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int waiting[2];

    strcpy(address.sun_path, connection.unix_socket);
    for (int i = 0; i < 2; i++) {
        waiting[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
        ck_assert_int_eq(
            connect(waiting[i], (struct sockaddr *)&address, sizeof address),
            0);
    }
    open_link();
    while (lines == 0)
        turn();
    ck_assert_msg(says("too many wait to be let in"), "%s", log_text);
    close(waiting[0]);
    close(waiting[1]);
}
END_TEST

START_TEST(a_half_closed_connection_is_ended)
{
    bring_up();
    ping();
    shutdown(peer, SHUT_WR);
    turn_until_down();
    ck_assert_msg(says("read: the server closed the connection"), "%s",
                  log_text);
}
END_TEST

START_TEST(a_reset_connection_is_ended)
{
    bring_up();
    ping();
    turn();
    close(peer); /* with bytes that were not read */
    peer = -1;
    turn_until_down();
    ck_assert_int_eq(answers, 0);
}
END_TEST

START_TEST(an_end_in_the_handshake_says_what_to_check)
{
    open_link();
    accept_link();
    close(peer);
    peer = -1;
    while (lines == 0)
        turn();
    ck_assert_msg(says("handshake: "), "%s", log_text);
    ck_assert_msg(says(": check redis.connection.unixSocket"), "%s", log_text);
}
END_TEST

START_TEST(an_answer_that_stops_in_the_middle_is_not_waited_for)
{
    bring_up();
    ping();
    answer("$100\r\nabc");
    fire_timer();
    ck_assert_int_eq(downs, 1);
    ck_assert_int_eq(answers, 0);
    ck_assert_msg(says("command: no answer within "
                       "redis.connection.socketTimeout, 1 s"),
                  "%s", log_text);
}
END_TEST

START_TEST(each_byte_of_an_answer_is_waited_for_anew)
{
    bring_up();
    ping();
    for (int i = 0; i < 20; i++)
        turn();
    ev_tstamp before = ev_timer_remaining(loop, &link_->timer);
    answer("+");
    ck_assert(ev_timer_remaining(loop, &link_->timer) > before);
}
END_TEST

/* As after SIGSTOP and SIGCONT: the time is over, and the answer is there. */
START_TEST(what_has_come_meanwhile_is_read_before_it_is_too_late)
{
    bring_up();
    ping();
    turn();
    ck_assert_int_eq(send(peer, "+PONG\r\n", 7, 0), 7);
    fire_timer();
    ck_assert_int_eq(answers, 1);
    ck_assert_int_eq(downs, 0);
}
END_TEST

static void send_much(void)
{
    static char commands[16 * 1024 * 1024];

    stepden_link_append(link_, commands, sizeof commands, 1, on_answer);
    for (int i = 0; i < 20; i++)
        turn();
    ck_assert_uint_gt(link_->out.size - link_->written, 0);
}

START_TEST(a_server_that_stops_reading_is_given_up)
{
    bring_up();
    ping();
    send_much();
    turn_until_down();
    ck_assert_msg(says("socketTimeout"), "%s", log_text);
}
END_TEST

START_TEST(a_server_that_reads_slowly_is_given_time)
{
    char bytes[4096];
    bool is_given = false;

    bring_up();
    send_much();
    ev_tstamp before = ev_timer_remaining(loop, &link_->timer);
    for (int i = 0; i < 10000 && !is_given && downs == 0; i++) {
        (void)!recv(peer, bytes, sizeof bytes, 0);
        turn();
        is_given = ev_timer_remaining(loop, &link_->timer) > before;
    }
    ck_assert(is_given);
    ck_assert_int_eq(downs, 0);
}
END_TEST

START_TEST(a_ping_without_an_answer_ends_the_connection)
{
    connection.health_check_interval_s = 3600;
    bring_up();
    fire_timer();
    ck_assert_int_eq(downs, 0);
    fire_timer();
    ck_assert_int_eq(downs, 1);
}
END_TEST

START_TEST(an_answer_beyond_the_most_ends_the_connection)
{
    bring_up();
    stepden_link_set_answer_max(link_, 1000);
    ping();
    answer("$5000\r\n");
    ck_assert_int_eq(downs, 1);
    ck_assert(stepden_link_was_answer_too_large(link_));
    ck_assert_msg(says("read: an answer of more than 1000 bytes"), "%s",
                  log_text);
    accept_link();
    ck_assert(!stepden_link_was_answer_too_large(link_));
    answer(hello);
    ping();
    answer("$5000\r\n");
    ck_assert_int_eq(downs, 2);
}
END_TEST

/* On loopback, where 127.0.0.2 refuses. */
static void listen_on_a_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;

    close(listener);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(listener, (const struct sockaddr *)&address, size),
                     0);
    ck_assert_int_eq(listen(listener, 1), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&address, &size),
                     0);
    connection.has_unix_socket = false;
    connection.port = ntohs(address.sin_port);
    strcpy(connection.host, "redis.example");
    connection.socket_connect_timeout_s = 60;
}

static struct name_server names;

static void open_by_name(const char *addresses)
{
    listen_on_a_port();
    name_server_start(&names, loop);
    names.addresses = addresses;
    open_link();
    link_->name_servers = names.name;
}

START_TEST(all_addresses_of_a_name_are_tried_in_turn)
{
    open_by_name("127.0.0.2 127.0.0.3 127.0.0.1");
    accept_link();
    answer(hello);
    ck_assert(stepden_link_is_up(link_));
    ck_assert_int_gt(names.questions, 0);
    name_server_stop(&names);
}
END_TEST

START_TEST(a_name_without_addresses_is_told)
{
    open_by_name(NULL);
    while (lines == 0)
        turn();
    ck_assert_msg(says("resolve: Domain name not found: check "
                       "redis.connection.host"),
                  "%s", log_text);
    name_server_stop(&names);
}
END_TEST

START_TEST(a_link_may_be_closed_while_its_name_is_looked_up)
{
    open_by_name("127.0.0.1");
    names.is_silent = true;
    while (names.questions == 0)
        turn();
    stepden_link_close(link_);
    names.is_silent = false;
    stepden_link_open(link_);
    accept_link();
    ck_assert_int_eq(lines, 0);
    name_server_stop(&names);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("faults");

    tcase_add_test(tests,
                   an_error_that_ends_a_connection_is_told_with_what_helps);
    tcase_add_test(tests, a_password_that_was_sent_is_not_kept);
    tcase_add_test(tests, a_unix_socket_at_which_too_many_wait_is_told);
    tcase_add_test(tests, a_half_closed_connection_is_ended);
    tcase_add_test(tests, a_reset_connection_is_ended);
    tcase_add_test(tests, an_end_in_the_handshake_says_what_to_check);
    tcase_add_test(tests, an_answer_that_stops_in_the_middle_is_not_waited_for);
    tcase_add_test(tests, each_byte_of_an_answer_is_waited_for_anew);
    tcase_add_test(tests,
                   what_has_come_meanwhile_is_read_before_it_is_too_late);
    tcase_add_test(tests, a_server_that_stops_reading_is_given_up);
    tcase_add_test(tests, a_server_that_reads_slowly_is_given_time);
    tcase_add_test(tests, a_ping_without_an_answer_ends_the_connection);
    tcase_add_test(tests, an_answer_beyond_the_most_ends_the_connection);
    tcase_add_test(tests, all_addresses_of_a_name_are_tried_in_turn);
    tcase_add_test(tests, a_name_without_addresses_is_told);
    tcase_add_test(tests, a_link_may_be_closed_while_its_name_is_looked_up);
    return run_bench("redis/link_faults", tests);
}
