/* Who stands by is told who owns. */
#include "support/redis_echo.h"

#include <string.h>

/* A look at the lease is not far off. */
static void share(void)
{
    config.redis.partitions = 2;
}

static bool knows_the_owner(const struct echo *echo)
{
    return strcmp(stepden_session_owner(echo->session), "owner") == 0;
}

START_TEST(who_stands_by_knows_the_owner)
{
    struct echo owner;
    struct echo standby;

    share();
    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    run_until(knows_the_owner, &standby);
    ck_assert_str_eq(stepden_session_owner(owner.session), "");
    stepden_session_stop(owner.session);
    run_until(owns, &standby);
    ck_assert_str_eq(stepden_session_owner(standby.session), "");
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

START_TEST(who_hands_over_knows_the_owner_when_it_looks)
{
    struct echo first;
    struct echo second;

    share();
    start(&first, "owner");
    run_until(owns, &first);
    start(&second, "second");
    run_until(knows_the_owner, &second);
    first.held = 2;
    second.rank = 0;
    run_until(owns, &second);
    first.held = 0;
    second.rank = -1;
    second.held = 2;
    first.rank = 0;
    run_until(has_lost, &second);
    ck_assert_str_eq(stepden_session_owner(second.session), "");
    run_until(knows_the_owner, &second);
    stepden_session_free(second.session);
    stepden_session_free(first.session);
}
END_TEST

static bool knows_nobody(const struct echo *echo)
{
    return stepden_session_owner(echo->session)[0] == '\0';
}

static void sign(const char *name)
{
    freeReplyObject(ask("HSET %s owner %s", RECORDS_KEY, name));
    freeReplyObject(ask("XADD %s * lease x", BELL_KEY));
}

START_TEST(what_is_no_name_is_not_told)
{
    char long_name[STEPDEN_INSTANCE_SIZE + 1] = "";
    const char *const bad[] = {"a\nb", "\x1b[2J", "\x7f",   "\xc2\x9b",
                               "\xff", "",        long_name};
    struct echo owner;
    struct echo standby;

    memset(long_name, 'a', sizeof long_name - 1);
    share();
    start(&owner, "owner");
    run_until(owns, &owner);
    start(&standby, "standby");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        run_until(knows_the_owner, &standby);
        sign(bad[i]);
        run_until(knows_nobody, &standby);
        sign("owner");
    }
    stepden_session_free(standby.session);
    stepden_session_free(owner.session);
}
END_TEST

int main(void)
{
    const TTest *const usual[] = {
        who_stands_by_knows_the_owner,
        who_hands_over_knows_the_owner_when_it_looks,
        what_is_no_name_is_not_told,
        NULL,
    };
    const TTest *const persistent[] = {NULL};

    return redis_echo_run("redis/owner", usual, persistent);
}
