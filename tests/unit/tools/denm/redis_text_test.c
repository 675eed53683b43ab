/* What the Redis client says, without the keys of the daemon. */
#include <check.h>
#include <string.h>

#include "denm/redis_text.h"
#include "redis/reply.h"
#include "suite.h"

static char text[256];

START_TEST(hints_of_the_server_answers_name_no_key)
{
    static const char *const answers[] = {"WRONGPASS x", "NOAUTH x"};

    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        denm_redis_text(text, sizeof text, stepden_reply_hint(answers[i]));
        ck_assert_ptr_null(strstr(text, "redis.connection"));
        ck_assert_ptr_nonnull(strstr(text, "REDISCLI_AUTH"));
    }
}
END_TEST

START_TEST(what_is_around_a_hint_stays)
{
    ck_assert_str_eq(
        denm_redis_text(text, sizeof text, "a: check redis.connection.host; b"),
        "a: check the URL's host; b");
    ck_assert_str_eq(denm_redis_text(text, sizeof text, "refused"), "refused");
}
END_TEST

START_TEST(what_does_not_fit_is_cut)
{
    ck_assert_str_eq(denm_redis_text(text, 4, "refused"), "ref");
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        hints_of_the_server_answers_name_no_key,
        what_is_around_a_hint_stays,
        what_does_not_fit_is_cut,
    };

    return run_tests("denm/redis_text", tests, sizeof tests / sizeof tests[0]);
}
