/* The link that connects again and again: how often, and what is told. */
#include "support/link_bench.h"

static double announced_pause(void)
{
    const char *at = strstr(log_text, "next attempt in ");

    ck_assert_msg(at != NULL, "%s", log_text);
    return strtod(at + strlen("next attempt in "), NULL);
}

static void go_up(void)
{
    if (link_->state == STEPDEN_LINK_WAITING)
        fire_timer();
    accept_link();
    answer(hello);
    ck_assert(stepden_link_is_up(link_));
}

static void go_down(void)
{
    downs = 0;
    close(peer);
    peer = -1;
    turn_until_down();
}

/* No pause of these tests ends by itself. */
static void go_up_and_down(int times)
{
    reconnect_ms = 1000 * 1000;
    open_link();
    for (int i = 0; i < times; i++) {
        go_up();
        go_down();
    }
}

static void set_password(const char *password)
{
    connection.has_password = true;
    connection.password.kind = STEPDEN_SECRET_ENV;
    strcpy(connection.password.env.env, "STEPDEN_LINK_TEST");
    setenv("STEPDEN_LINK_TEST", password, 1);
}

/* The password that the link shows first of all. */
static void expect_password(const char *password)
{
    char sent[256] = "";
    char expected[64];

    snprintf(expected, sizeof expected, "*2\r\n$4\r\nAUTH\r\n$%zu\r\n%s\r\n",
             strlen(password), password);
    for (int i = 0; i < 2000 && sent[0] == '\0'; i++) {
        turn();
        (void)!read(peer, sent, sizeof sent - 1);
    }
    ck_assert_mem_eq(sent, expected, strlen(expected));
}

START_TEST(the_next_connection_shows_a_secret_that_was_renewed)
{
    struct stepden_diag diag;

    set_password("old");
    open_link();
    accept_link();
    expect_password("old");
    set_password("newer");
    ck_assert_int_eq(stepden_access_renew(access_, &diag), STEPDEN_OK);
    answer("+OK\r\n+OK\r\n+PONG\r\n");
    ck_assert(stepden_link_is_up(link_));
    go_down();
    fire_timer();
    accept_link();
    expect_password("newer");
}
END_TEST

START_TEST(a_secret_that_cannot_be_read_again_stays)
{
    struct stepden_diag diag;

    set_password("old");
    open_link();
    accept_link();
    unsetenv("STEPDEN_LINK_TEST");
    ck_assert_int_eq(stepden_access_renew(access_, &diag), STEPDEN_ERR_SYSTEM);
    answer("+OK\r\n+OK\r\n+PONG\r\n");
    go_down();
    fire_timer();
    accept_link();
    expect_password("old");
}
END_TEST

/* The pauses grow to ten times the first, the half of it jitter. */
START_TEST(a_server_that_ends_each_connection_is_tried_ever_more_seldom)
{
    go_up_and_down(8);
    ck_assert_msg(says("8 attempts so far"), "%s", log_text);
    ck_assert(announced_pause() >= 5000);
}
END_TEST

START_TEST(a_connection_of_use_makes_the_pauses_short_again)
{
    go_up_and_down(4);
    go_up();
    stepden_link_prove(link_);
    go_down();
    ck_assert(announced_pause() <= 1000);
    ck_assert_msg(!says("so far"), "%s", log_text);
}
END_TEST

START_TEST(a_connection_that_was_up_for_long_was_of_use)
{
    go_up_and_down(4);
    go_up();
    ck_assert(ev_is_active(&link_->proof));
    ck_assert(ev_timer_remaining(loop, &link_->proof) > 9000);
    ev_timer_stop(loop, &link_->proof);
    ev_invoke(loop, &link_->proof, EV_TIMER);
    go_down();
    ck_assert(announced_pause() <= 1000);
    ck_assert_msg(!says("so far"), "%s", log_text);
}
END_TEST

START_TEST(a_connection_that_is_of_use_is_told_in_any_case)
{
    go_up_and_down(3);
    log_text[0] = '\0';
    go_up();
    ck_assert_str_eq(log_text, "");
    stepden_link_prove(link_);
    ck_assert_msg(says("connected"), "%s", log_text);
}
END_TEST

/* As a user who lacks the right to a command. */
START_TEST(answers_that_are_of_no_use_do_not_make_the_pauses_short)
{
    reconnect_ms = 1000 * 1000;
    open_link();
    for (int i = 0; i < 8; i++) {
        go_up();
        ping();
        answer("-NOPERM no permissions to run the 'watch' command\r\n");
        stepden_link_drop(link_, last_answer);
    }
    ck_assert_msg(says("8 attempts so far"), "%s", log_text);
    ck_assert(announced_pause() >= 5000);
    ck_assert_int_eq(answers, 8);
    /* Up the 1st, 2nd, 3rd, 5th time; down the 1st, 2nd, 4th, 8th. */
    ck_assert_int_eq(lines, 8);
}
END_TEST

START_TEST(what_fails_again_and_again_is_said_ever_more_seldom)
{
    unlink(connection.unix_socket);
    open_link();
    while (!says("8 attempts so far"))
        turn();
    ck_assert_int_eq(lines, 4); /* the first, second, fourth and eighth */
    ck_assert_msg(says("connect: No such file or directory: check "
                       "redis.connection.unixSocket"),
                  "%s", log_text);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("again");

    tcase_add_test(
        tests, a_server_that_ends_each_connection_is_tried_ever_more_seldom);
    tcase_add_test(tests, a_connection_of_use_makes_the_pauses_short_again);
    tcase_add_test(tests, a_connection_that_was_up_for_long_was_of_use);
    tcase_add_test(tests, a_connection_that_is_of_use_is_told_in_any_case);
    tcase_add_test(tests,
                   answers_that_are_of_no_use_do_not_make_the_pauses_short);
    tcase_add_test(tests, what_fails_again_and_again_is_said_ever_more_seldom);
    tcase_add_test(tests, the_next_connection_shows_a_secret_that_was_renewed);
    tcase_add_test(tests, a_secret_that_cannot_be_read_again_stays);
    return run_bench("redis/link_again", tests);
}
