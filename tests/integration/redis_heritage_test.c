/* Records that were made for another number of partitions. */
#include "support/redis_echo.h"

#include <stdio.h>
#include <string.h>

#define INPUT_0 "step:{0}:crash_prediction"
#define OUTPUT_0 "step:{0}:client:out"
#define RECORDS_0 "step:{0}:stepden:records"
#define LEASE_0 "step:{0}:stepden:lease"

static void split(uint16_t partitions)
{
    struct stepden_config_redis_streams *streams = &config.redis.streams;

    config.redis.partitions = partitions;
    strcpy(streams->inputs.crash_prediction.stream_id,
           "step:{p}:crash_prediction");
    strcpy(streams->inputs.client.stream_id, "step:{p}:client:in");
    strcpy(streams->outputs.client.stream_id, "step:{p}:client:out");
}

static bool is_refused(const struct echo *echo)
{
    return strstr(stepden_session_obstacle(echo->session),
                  "left by a service with redis.partitions") != NULL;
}

static bool has_output(const struct echo *echo)
{
    (void)echo;
    return number("XLEN", OUTPUT_0) > 0;
}

static void keep(const char *field, const char *value)
{
    freeReplyObject(ask("HSET %s %s %s", RECORDS_0, field, value));
}

static void check_made_for(const char *partitions)
{
    redisReply *reply = ask("HGET %s partitions", RECORDS_0);

    ck_assert_int_eq(reply->type, REDIS_REPLY_STRING);
    ck_assert_str_eq(reply->str, partitions);
    freeReplyObject(reply);
}

START_TEST(with_events_they_are_refused_until_these_have_ended)
{
    struct echo echo;

    split(4);
    keep("partitions", "8");
    keep("4711:0", "{}");
    start(&echo, "one");
    run_until(is_refused, &echo);
    run_ms(LEASE_MS);
    ck_assert_int_eq(number("EXISTS", LEASE_0), 0);
    ck_assert_uint_eq(times_said(&echo, "with redis.partitions 8, not 4, with "
                                        "live events"),
                      1);
    ck_assert_uint_eq(echo.acquired, 0);
    freeReplyObject(ask("HDEL %s 4711:0", RECORDS_0));
    run_until(owns, &echo);
    add_inputs(INPUT_0, 1);
    run_until(has_output, &echo);
    check_made_for("4");
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(with_inputs_they_are_refused_until_these_are_done)
{
    struct echo echo;

    split(4);
    keep("partitions", "8");
    add_inputs(INPUT_0, 1);
    freeReplyObject(ask("XGROUP CREATE %s stepden 0", INPUT_0));
    start(&echo, "one");
    run_until(is_refused, &echo);
    freeReplyObject(ask("XREADGROUP GROUP stepden old STREAMS %s >", INPUT_0));
    run_ms(LEASE_MS);
    ck_assert(is_refused(&echo));
    ck_assert_uint_eq(times_said(&echo, "with inputs that are not done"), 1);
    freeReplyObject(ask("XGROUP SETID %s stepden $", INPUT_0));
    freeReplyObject(ask("XGROUP DELCONSUMER %s stepden old", INPUT_0));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(records_without_a_number_are_those_of_one)
{
    struct echo echo;

    split(4);
    keep("4711:0", "{}");
    start(&echo, "one");
    run_until(is_refused, &echo);
    stepden_session_free(echo.session);
    config.redis.partitions = 1;
    start(&echo, "one");
    run_until(owns, &echo);
    add_inputs(INPUT_0, 1);
    run_until(has_output, &echo);
    check_made_for("1");
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(many_records_need_not_be_looked_at)
{
    struct echo echo;

    split(4);
    for (int i = 0; i < 2000; i++)
        redisAppendCommand(client, "HSET %s 4711:%d {}", RECORDS_0, i);
    for (int i = 0; i < 2000; i++) {
        redisReply *reply = NULL;
        ck_assert_int_eq(redisGetReply(client, (void **)&reply), REDIS_OK);
        freeReplyObject(reply);
    }
    start(&echo, "one");
    run_until(is_refused, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(inputs_that_nobody_has_read_yet_are_ours)
{
    struct echo echo;

    split(4);
    add_inputs(INPUT_0, 1);
    start(&echo, "one");
    run_until(has_output, &echo);
    check_made_for("4");
    stepden_session_free(echo.session);
    add_inputs(INPUT_0, 1);
    start(&echo, "one");
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(who_has_another_number_does_not_wish)
{
    struct echo owner;
    struct echo other;

    split(8);
    start(&owner, "owner");
    add_inputs(INPUT_0, 1);
    run_until(has_output, &owner);
    split(4);
    start(&other, "other");
    other.rank = 0;
    run_until(stands_by, &other);
    run_ms(LEASE_MS);
    ck_assert_int_eq(number("EXISTS", "step:{0}:stepden:wish"), 0);
    stepden_session_free(other.session);
    stepden_session_free(owner.session);
}
END_TEST

static bool meets_obstacle(const struct echo *echo)
{
    return stepden_session_obstacle(echo->session)[0] != '\0';
}

START_TEST(what_cannot_be_looked_at_is_not_taken)
{
    struct echo echo;

    split(4);
    keep("partitions", "8");
    freeReplyObject(ask("ACL SETUSER default -hscan"));
    start(&echo, "one");
    run_until(meets_obstacle, &echo);
    freeReplyObject(ask("ACL SETUSER default +hscan -xinfo"));
    while (times_said(&echo, "xinfo") == 0)
        run_ms(10);
    ck_assert_uint_eq(echo.acquired, 0);
    freeReplyObject(ask("ACL SETUSER default +xinfo"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

void __real_stepden_heritage_look(struct stepden_session *session);
void __wrap_stepden_heritage_look(struct stepden_session *session);

/* Set by a test that has somebody else begin in that moment. */
static bool begins_now;

void __wrap_stepden_heritage_look(struct stepden_session *session)
{
    if (begins_now) {
        freeReplyObject(ask("SET %s %s PX %d", LEASE_0,
                            "0123456789abcdef0123456789abcdef", LEASE_MS));
        keep("partitions", "4");
        keep("4711:0", "{}");
    }
    begins_now = false;
    __real_stepden_heritage_look(session);
}

START_TEST(an_owner_that_begins_in_between_left_nothing)
{
    struct echo echo;

    split(4);
    begins_now = true;
    start(&echo, "one");
    run_until(stands_by, &echo);
    ck_assert(!begins_now);
    ck_assert_uint_eq(times_said(&echo, "left by a service"), 0);
    run_until(owns, &echo);
    ck_assert_uint_eq(echo.records, 1);
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(drained_records_may_go_back_to_one)
{
    struct echo echo;

    split(1);
    keep("partitions", "4");
    start(&echo, "one");
    add_inputs(INPUT_0, 1);
    run_until(has_output, &echo);
    check_made_for("1");
    stepden_session_free(echo.session);
}
END_TEST

START_TEST(they_are_marked_with_the_lease)
{
    struct echo echo;

    split(4);
    start(&echo, "one");
    run_until(owns, &echo);
    check_made_for("4");
    stepden_session_free(echo.session);
}
END_TEST

static bool has_events_left(const struct echo *echo)
{
    return times_said(echo, "step:{4}:stepden:records: left by a service with "
                            "redis.partitions 8, not 4, with live events") > 0;
}

/* As the owner of p of eight partitions has left it, at the end. */
static void leave(int p, const char *field)
{
    freeReplyObject(ask("HSET step:{%d}:stepden:records partitions 8", p));
    freeReplyObject(ask("XGROUP CREATE step:{%d}:crash_prediction stepden 0 "
                        "MKSTREAM",
                        p));
    freeReplyObject(ask("HSET step:{%d}:stepden:records %s {}", p, field));
}

START_TEST(events_of_a_partition_that_is_no_more_are_not_left_behind)
{
    struct echo echo;

    split(4);
    leave(0, "server");
    leave(4, "4711:0");
    start(&echo, "one");
    run_until(has_events_left, &echo);
    run_ms(LEASE_MS);
    ck_assert_uint_eq(echo.acquired, 0);
    freeReplyObject(ask("HDEL step:{4}:stepden:records 4711:0"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

static bool has_inputs_left(const struct echo *echo)
{
    return times_said(echo, "step:{6}:stepden:records: left by a service with "
                            "redis.partitions 8, not 2, with inputs that are "
                            "not done") > 0;
}

START_TEST(inputs_of_any_partition_that_is_no_more_are_not_left_behind)
{
    struct echo echo;

    split(2);
    for (int p = 0; p < 8; p += 2)
        leave(p, "server");
    add_inputs("step:{6}:crash_prediction", 1);
    start(&echo, "one");
    run_until(has_inputs_left, &echo);
    ck_assert_uint_eq(echo.acquired, 0);
    freeReplyObject(ask("XGROUP SETID step:{6}:crash_prediction stepden $"));
    run_until(owns, &echo);
    stepden_session_free(echo.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        with_events_they_are_refused_until_these_have_ended,
        with_inputs_they_are_refused_until_these_are_done,
        records_without_a_number_are_those_of_one,
        many_records_need_not_be_looked_at,
        inputs_that_nobody_has_read_yet_are_ours,
        who_has_another_number_does_not_wish,
        what_cannot_be_looked_at_is_not_taken,
        an_owner_that_begins_in_between_left_nothing,
        drained_records_may_go_back_to_one,
        they_are_marked_with_the_lease,
        events_of_a_partition_that_is_no_more_are_not_left_behind,
        inputs_of_any_partition_that_is_no_more_are_not_left_behind,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/heritage", usual, persistent);
}
