/* Answers of a server, from their bytes. */
#ifndef STEPDEN_TESTS_SUPPORT_REDIS_REPLY_H
#define STEPDEN_TESTS_SUPPORT_REDIS_REPLY_H

#include <string.h>

#include <check.h>
#include <hiredis/hiredis.h>

/* Feeds the reader byte by byte; freed with freeReplyObject. */
static inline redisReply *redis_reply_parse(const char *bytes)
{
    redisReader *reader = redisReaderCreate();
    void *reply = NULL;

    for (const char *at = bytes; *at != '\0'; at++) {
        ck_assert_ptr_null(reply);
        ck_assert_int_eq(redisReaderFeed(reader, at, 1), REDIS_OK);
        ck_assert_int_eq(redisReaderGetReply(reader, &reply), REDIS_OK);
    }
    ck_assert_ptr_nonnull(reply);
    redisReaderFree(reader);
    return reply;
}

#endif
