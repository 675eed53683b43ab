/*
 * When what rings is not what the group gives next: the doorbell is at another
 * server, or rings for another stream than the one that is there.
 */
#include "support/redis_idle.h"

#include <unistd.h>

static redisContext *elsewhere;

static bool waits_elsewhere(const struct echo *echo)
{
    (void)echo;
    return doorbell_id(elsewhere) != 0;
}

/* From here on the path of our server leads to the other one. */
static void start_elsewhere(struct redis_server *other, struct echo *echo)
{
    long doorbell = doorbell_id(client);

    redis_server_start(other, NULL);
    elsewhere = redis_server_connect(other);
    ck_assert_int_eq(unlink(server.socket), 0);
    ck_assert_int_eq(symlink(other->socket, server.socket), 0);
    freeReplyObject(ask("CLIENT KILL ID %ld", doorbell));
    run_until(waits_elsewhere, echo);
}

static void stop_elsewhere(struct redis_server *other)
{
    redisFree(elsewhere);
    redis_server_stop(other);
}

START_TEST(what_rings_at_another_server_is_not_taken)
{
    struct redis_server other;
    struct echo echo;

    start_idle(&echo);
    start_elsewhere(&other, &echo);
    freeReplyObject(
        redisCommand(elsewhere, "XADD %s 9-1 message 0", INPUT_KEY));
    uint64_t before = transactions(&echo);
    while (transactions(&echo) == before)
        run_ms(2);
    ck_assert_uint_eq(echo.entries, 0);
    freeReplyObject(ask("XADD %s 9-1 message 0", INPUT_KEY));
    look(&echo);
    ck_assert_uint_eq(echo.entries, 1);
    ck_assert_uint_eq(unmatched(&echo), 0);
    stepden_session_free(echo.session);
    stop_elsewhere(&other);
}
END_TEST

static bool has_done_four(const struct echo *echo)
{
    return echo->committed >= 4;
}

START_TEST(the_id_of_an_entry_that_rang_may_come_again_in_a_new_stream)
{
    struct echo echo;

    start_idle(&echo);
    freeReplyObject(ask("XADD %s 5-1 message 0", INPUT_KEY));
    freeReplyObject(ask("DEL %s", INPUT_KEY));
    run_until(has_begun, &echo);
    while (number("EXISTS", INPUT_KEY) == 0)
        run_ms(2);
    look(&echo);
    for (int i = 4; i <= 6; i++)
        freeReplyObject(ask("XADD %s %d-1 message 0", INPUT_KEY, i));
    run_until(has_done_four, &echo);
    run_ms(20);
    check_exactly_once();
    stepden_session_free(echo.session);
}
END_TEST

/* It waits for what is later than 5-1 in the old stream; what it takes, no
 * thief can have. */
START_TEST(what_rings_of_a_stream_that_is_gone_is_not_taken)
{
    struct echo echo;

    start_idle(&echo);
    freeReplyObject(ask("XADD %s 5-1 message 0", INPUT_KEY));
    run_until(has_begun, &echo);
    run_until(waits_at_doorbell, &echo);
    freeReplyObject(ask("DEL %s", INPUT_KEY));
    look(&echo);
    freeReplyObject(ask("XADD %s 5-1 message 0", INPUT_KEY));
    look(&echo);
    ck_assert_uint_eq(echo.entries, 2);
    freeReplyObject(ask("XADD %s 6-1 message 0", INPUT_KEY));
    freeReplyObject(
        ask("XREADGROUP GROUP stepden thief STREAMS %s >", INPUT_KEY));
    run_ms(50);
    ck_assert_uint_eq(echo.entries, 2);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        what_rings_at_another_server_is_not_taken,
        the_id_of_an_entry_that_rang_may_come_again_in_a_new_stream,
        what_rings_of_a_stream_that_is_gone_is_not_taken,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/bell", usual, persistent);
}
