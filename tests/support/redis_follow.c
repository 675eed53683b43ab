#include "support/redis_follow.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of MOVED, for one answer. */
#define MOVES_MAX 5

static const struct timeval time_out = {.tv_sec = 2};

void redis_follow_close(struct redis_follow *follow)
{
    if (follow->redis != NULL)
        redisFree(follow->redis);
    follow->redis = NULL;
}

/* Where MOVED says, else the addresses in turn. */
static void pick(char address[REDIS_FOLLOW_ADDRESS_SIZE],
                 struct redis_follow *follow)
{
    const char *at = follow->next != NULL ? follow->next : follow->addresses;
    const size_t size = strcspn(at, ",");

    if (follow->moved[0] != '\0') {
        memcpy(address, follow->moved, REDIS_FOLLOW_ADDRESS_SIZE);
        follow->moved[0] = '\0';
        return;
    }
    snprintf(address, REDIS_FOLLOW_ADDRESS_SIZE, "%.*s", (int)size, at);
    follow->next = at[size] == ',' ? at + size + 1 : NULL;
}

static redisContext *dial(char *address)
{
    char *colon = strrchr(address, ':');

    if (address[0] == '/' || colon == NULL)
        return redisConnectUnixWithTimeout(address, time_out);
    *colon = '\0';
    return redisConnectWithTimeout(address, atoi(colon + 1), time_out);
}

static void connect_next(struct redis_follow *follow)
{
    char address[REDIS_FOLLOW_ADDRESS_SIZE];

    pick(address, follow);
    follow->connections++;
    follow->redis = dial(address);
    if (follow->redis == NULL)
        return;
    if (follow->redis->err == 0)
        redisSetTimeout(follow->redis, time_out);
    if (follow->db != 0)
        freeReplyObject(redisCommand(follow->redis, "SELECT %d", follow->db));
}

/* "MOVED SLOT ADDRESS": true, and the next connection goes there. */
static bool take_move(struct redis_follow *follow, const redisReply *reply)
{
    if (sscanf(reply->str, "MOVED %*u %127s", follow->moved) == 1)
        return true;
    follow->moved[0] = '\0';
    return false;
}

/* NULL and `*again` after MOVED. */
static redisReply *try_once(struct redis_follow *follow, bool *again,
                            const char *command, size_t size)
{
    void *answer = NULL;
    redisReply *reply;

    *again = false;
    if (follow->redis == NULL)
        connect_next(follow);
    if (follow->redis != NULL && follow->redis->err == 0 &&
        redisAppendFormattedCommand(follow->redis, command, size) == REDIS_OK)
        redisGetReply(follow->redis, &answer);
    reply = answer;
    if (reply != NULL && reply->type != REDIS_REPLY_ERROR)
        return reply;
    *again = reply != NULL && take_move(follow, reply);
    freeReplyObject(reply);
    redis_follow_close(follow);
    return NULL;
}

redisReply *redis_follow_ask(struct redis_follow *follow, const char *format,
                             ...)
{
    char *command;
    redisReply *reply = NULL;
    bool again = true;
    va_list arguments;

    va_start(arguments, format);
    const int size = redisvFormatCommand(&command, format, arguments);
    va_end(arguments);
    if (size < 0)
        return NULL;
    for (int i = 0; i < MOVES_MAX && again; i++)
        reply = try_once(follow, &again, command, (size_t)size);
    redisFreeCommand(command);
    return reply;
}
