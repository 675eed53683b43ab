/* A session in a cluster, while the slot of its keys moves to another node. */
#include "support/redis_echo.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "redis/backoff.h"
#include "redis/where.h"

enum { BUS = 10000, ATTEMPTS = 500, KEYS_MAX = 100 };

struct node {
    uint16_t port;
    redisContext *client;
    char id[41];
};

static const struct stepden_redis_field some_field = {"of", 2, "timer", 5};
static struct node a;
static struct node b;
static int slot;

/* ---- nodes; they end with the test's process ---- */

static bool is_free(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    bool bound =
        bind(fd, (const struct sockaddr *)&address, sizeof address) == 0;

    close(fd);
    return bound;
}

static uint16_t pick_port(void)
{
    uint16_t random;

    do {
        stepden_random_fill(&random, sizeof random);
        random = (uint16_t)(10000 + random % 10000);
    } while (!is_free(random) || !is_free(random + BUS));
    return random;
}

static void become_node(uint16_t port, const char *folder)
{
    char text[8];

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(text, sizeof text, "%u", (unsigned)port);
    execlp("redis-server", "redis-server", "--port", text, "--bind",
           "127.0.0.1", "--dir", folder, "--cluster-enabled", "yes",
           "--cluster-allow-replica-migration", "no", "--save", "", "--logfile",
           "redis.log", (char *)NULL);
    _exit(1);
}

static bool connect_to(struct node *node)
{
    node->client = redisConnect("127.0.0.1", node->port);
    if (node->client != NULL && node->client->err == 0)
        return true;
    redisFree(node->client);
    usleep(10000);
    return false;
}

static redisReply *tell(const struct node *node, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    redisReply *reply = redisvCommand(node->client, format, args);
    va_end(args);
    ck_assert_ptr_nonnull(reply);
    ck_assert_msg(reply->type != REDIS_REPLY_ERROR, "%s", reply->str);
    return reply;
}

static void start_node(struct node *node, const char *name)
{
    char folder[sizeof server.folder + 4];
    int attempts = 0;

    snprintf(folder, sizeof folder, "%s/%s", server.folder, name);
    mkdir(folder, 0700);
    node->port = pick_port();
    if (fork() == 0)
        become_node(node->port, folder);
    while (!connect_to(node))
        ck_assert_int_lt(attempts++, ATTEMPTS);
    redisReply *id = tell(node, "CLUSTER MYID");
    snprintf(node->id, sizeof node->id, "%s", id->str);
    freeReplyObject(id);
}

static bool is_ready(const struct node *node)
{
    redisReply *info = tell(node, "CLUSTER INFO");
    bool ready = strstr(info->str, "cluster_state:ok") != NULL &&
                 strstr(info->str, "cluster_known_nodes:2") != NULL;

    freeReplyObject(info);
    return ready;
}

static void on_report(void *ctx, enum stepden_log_level level, const char *text)
{
    (void)ctx;
    (void)level;
    (void)text;
}

static void use_cluster(void)
{
    struct stepden_config_redis_cluster_nodes *nodes =
        &config.redis.cluster.nodes;
    const struct stepden_where_events events = {.report = on_report};
    struct stepden_diag diag;

    config.redis.connection.has_unix_socket = false;
    config.redis.mode = STEPDEN_CONFIG_REDIS_MODE_CLUSTER;
    nodes->count = 1;
    strcpy(nodes->item[0].host, "127.0.0.1");
    nodes->item[0].port = b.port;
    ck_assert_int_eq(stepden_where_new(&where, loop, &config, &events, &diag),
                     STEPDEN_OK);
}

/* All slots are a's; `client`, which looks at the streams, is there, too. */
static void start_cluster(void)
{
    int attempts = 0;

    start_node(&a, "a");
    start_node(&b, "b");
    freeReplyObject(tell(&a, "CLUSTER ADDSLOTSRANGE 0 16383"));
    freeReplyObject(tell(&a, "CLUSTER MEET 127.0.0.1 %d", (int)b.port));
    while (!is_ready(&a) || !is_ready(&b)) {
        ck_assert_int_lt(attempts++, ATTEMPTS);
        usleep(10000);
    }
    redisReply *reply = tell(&a, "CLUSTER KEYSLOT %s", LEASE_KEY);
    slot = (int)reply->integer;
    freeReplyObject(reply);
    redisFree(client);
    client = a.client;
    use_cluster();
}

static void stop_cluster(void)
{
    stepden_where_free(where);
    where = NULL;
    redisFree(a.client);
    redisFree(b.client);
    client = redis_server_connect(&server);
}

/* ---- a slot moves ---- */

static void begin_move(const struct node *from, const struct node *to)
{
    freeReplyObject(
        tell(to, "CLUSTER SETSLOT %d IMPORTING %s", slot, from->id));
    freeReplyObject(
        tell(from, "CLUSTER SETSLOT %d MIGRATING %s", slot, to->id));
}

static void move_key(const struct node *from, const struct node *to,
                     const char *key)
{
    freeReplyObject(
        tell(from, "MIGRATE 127.0.0.1 %d %s 0 5000", (int)to->port, key));
}

static void end_move(const struct node *from, const struct node *to)
{
    redisReply *keys =
        tell(from, "CLUSTER GETKEYSINSLOT %d %d", slot, KEYS_MAX);

    for (size_t i = 0; i < (size_t)keys->elements; i++)
        move_key(from, to, keys->element[i]->str);
    freeReplyObject(keys);
    freeReplyObject(tell(to, "CLUSTER SETSLOT %d NODE %s", slot, to->id));
    freeReplyObject(tell(from, "CLUSTER SETSLOT %d NODE %s", slot, to->id));
    client = to->client;
}

START_TEST(its_owner_follows_and_loses_nothing)
{
    struct echo echo;

    start_cluster();
    add_load();
    start(&echo, "one");
    run_until(has_begun, &echo);
    begin_move(&a, &b);
    end_move(&a, &b);
    run_until(has_lost, &echo);
    run_until(owns, &echo);
    begin_move(&b, &a);
    run_ms(20);
    end_move(&b, &a);
    run_until(all_done, &echo);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, LOAD);
    stepden_session_free(echo.session);
    stop_cluster();
}
END_TEST

static void wait_in_both(struct echo *echo, const struct node *from,
                         const struct node *to, const char *moved)
{
    size_t lost = echo->lost;

    add_inputs(INPUT_KEY, 1);
    run_until(owns, echo);
    begin_move(from, to);
    move_key(from, to, moved);
    uint64_t refused = stepden_session_counters(echo->session)->refused;
    while (stepden_session_counters(echo->session)->refused < refused + 2)
        run_ms(2);
    ck_assert_uint_eq(echo->lost, lost);
    end_move(from, to);
    run_until(all_done, echo);
}

/* A part of the keys is on one node, the rest on the other one. */
START_TEST(its_owner_waits_while_it_is_in_both_nodes)
{
    struct echo echo;

    config.redis.lease.timeout_ms = 5000;
    start_cluster();
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 1);
    run_until(all_done, &echo);
    wait_in_both(&echo, &a, &b, OUTPUT_KEY);
    wait_in_both(&echo, &b, &a, LEASE_KEY);
    wait_in_both(&echo, &a, &b, INPUT_KEY);
    check_exactly_once();
    ck_assert_uint_eq(echo.kept, 4);
    stepden_session_free(echo.session);
    stop_cluster();
}
END_TEST

static bool has_published_11(const struct echo *echo)
{
    return echo->published == 11;
}

START_TEST(its_owner_waits_while_it_is_nobodys)
{
    struct echo echo;
    struct echo late;

    config.redis.lease.timeout_ms = 5000;
    start_cluster();
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &echo);
    freeReplyObject(tell(&a, "CLUSTER DELSLOTS %d", slot));
    stepden_session_publish(echo.session, &some_field, 1);
    stepden_session_flush(echo.session);
    while (stepden_session_counters(echo.session)->refused < 2)
        run_ms(2);
    start(&late, "late");
    while (times_said(&late, "CLUSTERDOWN") == 0)
        run_ms(2);
    freeReplyObject(tell(&a, "CLUSTER ADDSLOTS %d", slot));
    run_until(stands_by, &late);
    run_until(has_published_11, &echo);
    ck_assert_uint_eq(echo.lost, 0);
    ck_assert_int_eq(number("XLEN", OUTPUT_KEY), 11);
    stepden_session_free(late.session);
    stepden_session_free(echo.session);
    stop_cluster();
}
END_TEST

START_TEST(a_standby_hears_the_bell_where_it_is_now)
{
    struct echo owner;
    struct echo standby;

    config.redis.lease.timeout_ms = 60000;
    start_cluster();
    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(stands_by, &standby);
    begin_move(&a, &b);
    end_move(&a, &b);
    add_inputs(INPUT_KEY, 10);
    run_until(all_done, &owner);
    run_until(stands_by, &standby);
    stepden_session_stop(owner.session);
    run_until(owns, &standby);
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
    stop_cluster();
}
END_TEST

/* Of eight partitions there are four now: the keys of 0 are on one node, those
 * of 4, which is to be no more, on the other one. */
static void shrink(void)
{
    struct stepden_config_redis_streams *streams = &config.redis.streams;

    config.redis.partitions = 4;
    strcpy(streams->inputs.crash_prediction.stream_id, "step:{p}:predictions");
    strcpy(streams->inputs.client.stream_id, "step:{p}:client:in");
    strcpy(streams->outputs.client.stream_id, "step:{p}:client:out");
    start_cluster();
    redisReply *reply = tell(&a, "CLUSTER KEYSLOT {4}");
    slot = (int)reply->integer;
    freeReplyObject(reply);
    begin_move(&a, &b);
    end_move(&a, &b);
    freeReplyObject(tell(&a, "HSET step:{0}:stepden:records partitions 8"));
    freeReplyObject(
        tell(&b, "HSET step:{4}:stepden:records partitions 8 4711:0 {}"));
}

static bool has_left_events(const struct echo *echo)
{
    return strstr(stepden_session_obstacle(echo->session),
                  "step:{4}:stepden:records: left by a service with "
                  "redis.partitions 8, not 4, with live events") != NULL;
}

static bool has_no_answer(const struct echo *echo)
{
    return strstr(stepden_session_obstacle(echo->session),
                  "step:{4}:stepden:records: there were 8 partitions, and this "
                  "one cannot be looked at") != NULL;
}

START_TEST(a_partition_that_is_no_more_is_looked_at_where_it_is)
{
    struct echo echo;

    shrink();
    start(&echo, "one");
    run_until(has_left_events, &echo);
    freeReplyObject(tell(&b, "CLIENT PAUSE 1200 ALL"));
    run_until(has_no_answer, &echo);
    ck_assert_uint_eq(echo.acquired, 0);
    freeReplyObject(tell(&b, "HDEL step:{4}:stepden:records 4711:0"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
    stop_cluster();
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        its_owner_follows_and_loses_nothing,
        its_owner_waits_while_it_is_in_both_nodes,
        its_owner_waits_while_it_is_nobodys,
        a_standby_hears_the_bell_where_it_is_now,
        a_partition_that_is_no_more_is_looked_at_where_it_is,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/slots", usual, persistent);
}
