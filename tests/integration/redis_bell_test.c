/*
 * When what rings is not what the group gives next: the doorbell rings for
 * another stream than the one that is there.
 */
#include "support/redis_idle.h"

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
        the_id_of_an_entry_that_rang_may_come_again_in_a_new_stream,
        what_rings_of_a_stream_that_is_gone_is_not_taken,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/bell", usual, persistent);
}
