#include "redis/reply.h"

#include <stdio.h>
#include <string.h>

bool stepden_reply_is_string(const redisReply *reply)
{
#if STEPDEN_REPLY_RESP3
    if (reply->type == REDIS_REPLY_VERB)
        return true;
#endif
    return reply->type == REDIS_REPLY_STRING;
}

bool stepden_reply_is(const redisReply *reply, const char *text)
{
    size_t size = strlen(text);

    return (reply->type == REDIS_REPLY_STATUS ||
            reply->type == REDIS_REPLY_STRING) &&
           (size_t)reply->len == size && memcmp(reply->str, text, size) == 0;
}

bool stepden_reply_is_nil(const redisReply *reply)
{
    return reply->type == REDIS_REPLY_NIL;
}

bool stepden_reply_is_list(const redisReply *reply)
{
#if STEPDEN_REPLY_RESP3
    if (reply->type == REDIS_REPLY_MAP || reply->type == REDIS_REPLY_SET)
        return true;
#endif
    return reply->type == REDIS_REPLY_ARRAY;
}

bool stepden_reply_is_push(const redisReply *reply)
{
#if STEPDEN_REPLY_RESP3
    return reply->type == REDIS_REPLY_PUSH;
#else
    (void)reply;
    return false;
#endif
}

const char *stepden_reply_error(const redisReply *reply)
{
    return reply->type == REDIS_REPLY_ERROR ? reply->str : NULL;
}

static bool begins_with_word(const char *text, const char *word)
{
    size_t size = strlen(word);

    return strncmp(text, word, size) == 0 &&
           (text[size] == '\0' || text[size] == ' ');
}

bool stepden_reply_is_error(const redisReply *reply, const char *code)
{
    const char *error = stepden_reply_error(reply);

    return error != NULL && begins_with_word(error, code);
}

bool stepden_reply_is_passing(const redisReply *reply)
{
    static const char *const codes[] = {"ASK",     "TRYAGAIN",   "CLUSTERDOWN",
                                        "LOADING", "MASTERDOWN", "UNBLOCKED"};

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (stepden_reply_is_error(reply, codes[i]))
            return true;
    return false;
}

const redisReply *stepden_reply_member(const redisReply *reply,
                                       const char *name)
{
    if (!stepden_reply_is_list(reply))
        return NULL;
    for (size_t i = 0; i + 1 < (size_t)reply->elements; i += 2)
        if (stepden_reply_is(reply->element[i], name))
            return reply->element[i + 1];
    return NULL;
}

/* Of an error's text: without the full stop, as more may follow, and without
 * the arguments of an unknown command, which may be a password. */
static int told_length(const char *error)
{
    const char *arguments = strstr(error, ", with args");
    size_t length =
        arguments != NULL ? (size_t)(arguments - error) : strlen(error);

    if (length > 0 && error[length - 1] == '.')
        length--;
    return (int)length;
}

const char *stepden_reply_describe(char *text, size_t size,
                                   const redisReply *reply)
{
    const char *error = stepden_reply_error(reply);

    if (error != NULL && told_length(error) == 0)
        snprintf(text, size, "an error without a text");
    else if (error != NULL)
        snprintf(text, size, "%.*s", told_length(error), error);
    else if (reply->type == REDIS_REPLY_STATUS ||
             reply->type == REDIS_REPLY_STRING)
        snprintf(text, size, "the answer \"%.*s\"",
                 reply->len < 64 ? (int)reply->len : 64, reply->str);
    else if (reply->type == REDIS_REPLY_INTEGER)
        snprintf(text, size, "the answer %lld", reply->integer);
    else if (stepden_reply_is_nil(reply))
        snprintf(text, size, "the answer nil");
    else
        snprintf(text, size, "an answer of another kind");
    return text;
}

#define SENTINEL ", of a sentinel redis.sentinel's"
#define NO_PASSWORD                                                            \
    "the server has no password: leave redis.connection.password out" SENTINEL

const char *stepden_reply_hint(const char *error)
{
    static const struct {
        const char *code;
        const char *hint;
    } hints[] = {
        {"WRONGPASS", "check redis.connection.username and .password" SENTINEL},
        {"ERR invalid password", "check redis.connection.password" SENTINEL},
        {"ERR AUTH", NO_PASSWORD},
        {"ERR Client sent AUTH,", NO_PASSWORD},
        {"NOAUTH", "the server wants redis.connection.password" SENTINEL},
        {"NOPERM", "the user's ACL is too narrow: see the rights in redis.md"},
        {"ERR unknown command",
         "the server does not know it: check rename-command there, and its "
         "version"},
        {"DENIED", "the server is in protected mode: set a password there"},
        {"ERR max number of clients", "raise maxclients on the server"},
        {"ERR DB index", "check redis.connection.db"},
        {"ERR invalid DB index", "check redis.connection.db"},
        {"LOADING", "the server is still loading its data"},
        {"BUSY", "a script keeps the server busy: end it with SCRIPT KILL"},
        {"READONLY", "the server is a replica: connect to its master"},
        {"MASTERDOWN", "the server is a replica without its master"},
        {"MISCONF", "the server cannot save to its disk: see its log"},
        {"OOM", "the server has reached its maxmemory"},
        {"MOVED", "the server is a cluster node that does not hold the keys"},
        {"ASK", "the keys are being moved to another node of the cluster"},
        {"TRYAGAIN", "the keys are being moved to another node of the cluster"},
        {"CLUSTERDOWN", "the server's cluster is not complete"},
        {"CROSSSLOT", "the stream ids need one hash tag, as in {step}"},
        {"NOREPLICAS", "the server has too few replicas"},
    };

    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (begins_with_word(error, hints[i].code))
            return hints[i].hint;
    return NULL;
}

/* Redis's own explanations can be long: the hint has to have room. */
const char *stepden_reply_advise(char *text, size_t size, const char *error)
{
    const char *hint = stepden_reply_hint(error);
    int length = told_length(error);
    int most = (int)(size / 2);

    if (hint == NULL)
        snprintf(text, size, "%.*s", length, error);
    else
        snprintf(text, size, "%.*s: %s", length < most ? length : most, error,
                 hint);
    return text;
}

const char *stepden_reply_explain(char *text, size_t size,
                                  const redisReply *reply)
{
    const char *error = stepden_reply_error(reply);

    if (error == NULL || told_length(error) == 0)
        return stepden_reply_describe(text, size, reply);
    return stepden_reply_advise(text, size, error);
}
