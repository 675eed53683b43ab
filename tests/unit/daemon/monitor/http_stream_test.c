#include "daemon/monitor/http_stream.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ev.h>

#include "daemon/monitor/http_server.h"

enum {
    READERS = STEPDEN_HTTP_READERS_MAX,
    TURNS = 50,
    ANSWER_MAX = 64 * 1024,
    LONG_TEXT = 16 * 1024 * 1024, /* more than sockets take */
};

static struct ev_loop *loop;
static struct stepden_http_stream *stream;
static struct stepden_http_page page;
static struct stepden_http_server *server;
static struct stepden_http_address address;
static int clients[READERS + 1];
static char answer[ANSWER_MAX];
static int watched; /* -1: nothing was told yet */

static void note_watched(void *ctx, bool by_somebody)
{
    ck_assert_ptr_eq(ctx, &watched);
    ck_assert_int_ne(watched, by_somebody);
    watched = by_somebody;
}

static void set_up(void)
{
    struct stepden_diag diag;
    watched = -1;
    loop = ev_loop_new(EVFLAG_AUTO);
    ck_assert_int_eq(stepden_http_stream_new(&stream, note_watched, &watched),
                     STEPDEN_OK);
    page = (struct stepden_http_page){
        .path = "/events", .type = "text/event-stream", .stream = stream};
    ck_assert_int_eq(stepden_http_address_read(&address, "127.0.0.1:0", &diag),
                     STEPDEN_OK);
    ck_assert_int_eq(
        stepden_http_server_new(&server, loop, &address, &page, 1, NULL, &diag),
        STEPDEN_OK);
}

static void tear_down(void)
{
    stepden_http_server_free(server);
    stepden_http_stream_free(stream);
    ev_loop_destroy(loop);
}

static void turn(void)
{
    for (int i = 0; i < TURNS; i++)
        ev_run(loop, EVRUN_NOWAIT);
}

static int dial(void)
{
    const char request[] = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(
        connect(fd, (struct sockaddr *)&address.socket, address.size), 0);
    ck_assert_int_eq(write(fd, request, strlen(request)), strlen(request));
    turn();
    return fd;
}

/* All that is there now, as text. */
static const char *hear(int fd)
{
    turn();
    ssize_t size = recv(fd, answer, sizeof answer - 1, MSG_DONTWAIT);
    answer[size > 0 ? size : 0] = '\0';
    return answer;
}

static bool hears(int fd, const char *text)
{
    return strstr(hear(fd), text) != NULL;
}

START_TEST(a_reader_is_told_all_and_then_what_changes)
{
    int fd = dial();
    ck_assert(hears(fd, "Content-Type: text/event-stream\r\n"));
    ck_assert(stepden_http_stream_wants_all(stream));
    stepden_http_stream_send(stream, "change 1", "all of 1");
    ck_assert(hears(fd, "all of 1"));
    ck_assert(!stepden_http_stream_wants_all(stream));
    stepden_http_stream_send(stream, "change 2", NULL);
    ck_assert(hears(fd, "change 2"));
    ck_assert_str_eq(hear(fd), "");
    close(fd);
}
END_TEST

START_TEST(each_is_told_what_is_meant_for_it)
{
    int first = dial();
    stepden_http_stream_send(stream, "change 1", "all of 1");
    ck_assert(hears(first, "all of 1"));
    int second = dial();
    ck_assert(stepden_http_stream_wants_all(stream));
    stepden_http_stream_send(stream, "change 2", "all of 2");
    ck_assert(hears(first, "change 2"));
    ck_assert(hears(second, "all of 2"));
    close(first);
    close(second);
}
END_TEST

/* What the sockets hold of the long text is read, and the rest as it comes. */
static size_t hear_xs(int fd)
{
    size_t count = 0;
    while (hear(fd)[0])
        for (const char *at = answer; *at; at++)
            count += *at == 'x';
    return count;
}

START_TEST(who_is_slow_misses_changes_and_then_gets_all)
{
    char *text = malloc(LONG_TEXT + 1);
    memset(text, 'x', LONG_TEXT);
    text[LONG_TEXT] = '\0';
    int fd = dial();
    stepden_http_stream_send(stream, "change 1", text);
    free(text);
    turn();
    stepden_http_stream_send(stream, "change 2", NULL);
    stepden_http_stream_send(stream, "change 3", NULL);
    ck_assert(!stepden_http_stream_wants_all(stream));
    ck_assert_uint_ge(hear_xs(fd), LONG_TEXT);
    ck_assert(stepden_http_stream_wants_all(stream));
    stepden_http_stream_send(stream, "change 4", "all of 4");
    ck_assert(hears(fd, "all of 4"));
    close(fd);
}
END_TEST

START_TEST(one_too_many_is_told_to_come_later)
{
    for (int i = 0; i <= READERS; i++)
        clients[i] = dial();
    ck_assert(hears(clients[READERS], "HTTP/1.1 503 "));
    stepden_http_stream_send(stream, "change 1", "all of 1");
    ck_assert(hears(clients[READERS - 1], "all of 1"));
    close(clients[0]);
    stepden_http_stream_send(stream, "change 2", NULL);
    turn();
    close(clients[READERS]);
    clients[0] = clients[READERS] = dial();
    ck_assert(hears(clients[0], "HTTP/1.1 200 "));
    for (int i = 1; i <= READERS; i++)
        close(clients[i]);
}
END_TEST

START_TEST(it_is_told_when_the_first_comes_and_the_last_has_left)
{
    int first = dial();
    ck_assert_int_eq(watched, 1);
    int second = dial();
    close(first);
    stepden_http_stream_send(stream, "change 1", "all of 1");
    turn();
    ck_assert_int_eq(watched, 1);
    close(second);
    stepden_http_stream_send(stream, "change 2", NULL);
    turn();
    stepden_http_stream_send(stream, "change 3", NULL);
    turn();
    ck_assert_int_eq(watched, 0);
}
END_TEST

START_TEST(the_end_of_the_server_is_that_of_its_answers)
{
    int fd = dial();
    stepden_http_server_free(server);
    server = NULL;
    ck_assert(hears(fd, "0\r\n\r\n"));
    ck_assert_int_eq(recv(fd, answer, 1, 0), 0);
    ck_assert_int_eq(watched, 0);
    close(fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("daemon/http_stream");
    TCase *tests = tcase_create("http_stream");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_reader_is_told_all_and_then_what_changes);
    tcase_add_test(tests, each_is_told_what_is_meant_for_it);
    tcase_add_test(tests, who_is_slow_misses_changes_and_then_gets_all);
    tcase_add_test(tests, one_too_many_is_told_to_come_later);
    tcase_add_test(tests,
                   it_is_told_when_the_first_comes_and_the_last_has_left);
    tcase_add_test(tests, the_end_of_the_server_is_that_of_its_answers);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
