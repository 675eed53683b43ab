/* The link in a cluster, of which the test plays two nodes. */
#include "support/link_bench.h"

#include <netinet/in.h>

#include "redis/where.h"

/* The handshake is answered, and the key is here. */
static const char welcome[] = "+OK\r\n+PONG\r\n+none\r\n";

static int nodes[2];
static uint16_t ports[2];

static void listen_as(int which)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    nodes[which] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(nodes[which], (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(nodes[which], 4), 0);
    ck_assert_int_eq(
        getsockname(nodes[which], (struct sockaddr *)&address, &size), 0);
    ports[which] = ntohs(address.sin_port);
}

/* No pause of these tests ends by itself. */
static void set_up_nodes(void)
{
    struct stepden_redis_node list[2];

    for (int i = 0; i < 2; i++) {
        listen_as(i);
        list[i].port = ports[i];
        strcpy(list[i].host, "127.0.0.1");
    }
    where = stepden_where_of_list(STEPDEN_WHERE_NODES, list, 2);
    reconnect_ms = 1000 * 1000;
}

static void tear_down_nodes(void)
{
    stepden_where_free(where);
    for (int i = 0; i < 2; i++)
        close(nodes[i]);
}

static void start_link(void)
{
    make_access();
    make_link();
    stepden_link_set_key(link_, "{1}:lease");
    stepden_link_open(link_);
}

static void accept_at(int which)
{
    int unused = listener;

    listener = nodes[which];
    accept_link();
    listener = unused;
}

static void come_up_at(int which)
{
    accept_at(which);
    answer(welcome);
    ck_assert(stepden_link_is_up(link_));
}

static const char *moved_to(int which)
{
    static char text[64];

    snprintf(text, sizeof text, "-MOVED 9 127.0.0.1:%u\r\n",
             (unsigned)ports[which]);
    return text;
}

static bool pauses(void)
{
    return link_->state == STEPDEN_LINK_WAITING &&
           ev_timer_remaining(loop, &link_->timer) > 1;
}

START_TEST(is_up_where_the_key_is)
{
    char bytes[256] = "";

    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n");
    ck_assert(!stepden_link_is_up(link_));
    answer("+none\r\n");
    ck_assert(stepden_link_is_up(link_));
    ck_assert_int_gt(read(peer, bytes, sizeof bytes - 1), 0);
    ck_assert_ptr_nonnull(strstr(bytes, "$4\r\nTYPE\r\n$9\r\n{1}:lease\r\n"));
}
END_TEST

START_TEST(goes_at_once_to_the_node_that_has_the_key)
{
    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n");
    answer(moved_to(1));
    come_up_at(1);
    ck_assert_int_eq(ups, 1);
    ck_assert_int_eq(downs, 0);
}
END_TEST

START_TEST(goes_after_a_key_that_moves)
{
    start_link();
    come_up_at(0);
    ping();
    answer(moved_to(1));
    ck_assert_int_eq(downs, 1);
    ck_assert_int_eq(answers, 0);
    come_up_at(1);
    ck_assert_int_eq(ups, 2);
}
END_TEST

START_TEST(who_is_sent_to_and_fro_pauses)
{
    start_link();
    come_up_at(0);
    ping();
    answer(moved_to(1));
    accept_at(1);
    answer("+OK\r\n+PONG\r\n");
    answer(moved_to(0));
    ck_assert(pauses());
    ck_assert_msg(says("MOVED: the keys are at 127.0.0.1:"), "%s", log_text);
    fire_timer();
    come_up_at(0);
}
END_TEST

START_TEST(after_a_connection_of_use_it_goes_at_once_again)
{
    start_link();
    come_up_at(0);
    ping();
    answer(moved_to(1));
    come_up_at(1);
    stepden_link_prove(link_);
    ping();
    answer(moved_to(0));
    come_up_at(0);
}
END_TEST

START_TEST(asks_the_next_node_when_one_fails)
{
    start_link();
    come_up_at(0);
    close(peer);
    peer = -1;
    turn_until_down();
    ck_assert(pauses());
    fire_timer();
    come_up_at(1);
}
END_TEST

START_TEST(where_it_was_sent_is_forgotten_when_that_fails)
{
    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n");
    answer("-MOVED 9 127.0.0.1:1\r\n");
    for (int i = 0; i < 2000 && !pauses(); i++)
        turn();
    ck_assert_msg(says("check the node's cluster-announce-ip"), "%s", log_text);
    fire_timer();
    come_up_at(1);
}
END_TEST

START_TEST(a_node_whose_cluster_is_down_is_left)
{
    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n-CLUSTERDOWN The cluster is down\r\n");
    ck_assert(pauses());
    fire_timer();
    come_up_at(1);
}
END_TEST

START_TEST(a_key_on_its_way_is_still_here)
{
    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n-ASK 9 127.0.0.1:1\r\n");
    ck_assert(stepden_link_is_up(link_));
}
END_TEST

START_TEST(a_node_that_has_become_a_replica_is_left)
{
    start_link();
    come_up_at(0);
    ping();
    answer("-READONLY You can't write against a read only replica.\r\n");
    ck_assert_int_eq(downs, 1);
    ck_assert_msg(says("has become a replica"), "%s", log_text);
    fire_timer();
    come_up_at(1);
}
END_TEST

START_TEST(a_node_that_does_not_know_its_name_is_told_of)
{
    start_link();
    come_up_at(0);
    ping();
    answer("-MOVED 9 ?:7000\r\n");
    ck_assert_msg(says("cluster-announce-hostname"), "%s", log_text);
    ck_assert(pauses());
}
END_TEST

START_TEST(pauses_grow_to_the_interval_and_no_further)
{
    start_link();
    for (int i = 0; i < 12; i++) {
        come_up_at(i % 2);
        downs = 0;
        close(peer);
        peer = -1;
        turn_until_down();
        ck_assert_double_lt(ev_timer_remaining(loop, &link_->timer), 1001);
        if (i == 0)
            ck_assert_double_lt(ev_timer_remaining(loop, &link_->timer), 101);
        fire_timer();
    }
}
END_TEST

START_TEST(one_that_follows_goes_where_the_other_one_is)
{
    struct stepden_link *leader;

    start_link();
    accept_at(0);
    answer("+OK\r\n+PONG\r\n");
    answer(moved_to(1));
    come_up_at(1);
    leader = link_;
    make_link();
    stepden_link_follow(link_, leader);
    stepden_link_open(link_);
    accept_at(1);
    answer(hello);
    ck_assert(stepden_link_is_up(link_));
    ping();
    answer(moved_to(0));
    ck_assert(pauses());
    fire_timer();
    accept_at(1);
    stepden_link_free(link_);
    link_ = leader;
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("link_moved");
    tcase_add_checked_fixture(tests, set_up_nodes, tear_down_nodes);
    tcase_add_test(tests, is_up_where_the_key_is);
    tcase_add_test(tests, goes_at_once_to_the_node_that_has_the_key);
    tcase_add_test(tests, goes_after_a_key_that_moves);
    tcase_add_test(tests, who_is_sent_to_and_fro_pauses);
    tcase_add_test(tests, after_a_connection_of_use_it_goes_at_once_again);
    tcase_add_test(tests, asks_the_next_node_when_one_fails);
    tcase_add_test(tests, where_it_was_sent_is_forgotten_when_that_fails);
    tcase_add_test(tests, a_node_whose_cluster_is_down_is_left);
    tcase_add_test(tests, a_key_on_its_way_is_still_here);
    tcase_add_test(tests, a_node_that_has_become_a_replica_is_left);
    tcase_add_test(tests, a_node_that_does_not_know_its_name_is_told_of);
    tcase_add_test(tests, pauses_grow_to_the_interval_and_no_further);
    tcase_add_test(tests, one_that_follows_goes_where_the_other_one_is);
    return run_bench("redis/link_moved", tests);
}
