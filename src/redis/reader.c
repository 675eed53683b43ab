#include "redis/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "redis/reply.h"

enum {
    SLICE_SIZE = 8 * 1024, /* hiredis moves what is left after each answer */
    BULK_HEAD_MAX = 32,    /* of the digits in front of a string's bytes */
    KEPT_SIZE = 64 * 1024, /* memory for what is not yet read */
    HEAD_SIZE = 5,
    ELEMENT_SIZE = sizeof(redisReply) + sizeof(redisReply *),
};

#if STEPDEN_REPLY_RESP3
typedef size_t element_count;
#else
typedef int element_count;
#endif

struct stepden_reader {
    redisReader *hiredis;
    redisReplyObjectFunctions functions; /* hiredis's, but for arrays */
    void *(*create_array)(const redisReadTask *task, element_count elements);

    const char *bytes; /* not yet given to hiredis */
    size_t size;

    size_t max;
    size_t used; /* of `max`, by the answer that is being read */
    size_t peak; /* bytes that hiredis held at once */

    char head[HEAD_SIZE]; /* the first bytes of all */
    size_t head_size;
    bool has_answered;
    bool is_too_large;
    char error[160];
};

static void STEPDEN_PRINTF(2, 3)
    refuse(struct stepden_reader *reader, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(reader->error, sizeof reader->error, format, args);
    va_end(args);
}

static void refuse_size(struct stepden_reader *reader)
{
    reader->is_too_large = true;
    refuse(reader, "an answer of more than %zu bytes", reader->max);
}

/* What `size` more bytes are still within the bounds. */
static bool has_room(const struct stepden_reader *reader, size_t size)
{
    return reader->used <= reader->max && size <= reader->max - reader->used;
}

static unsigned depth_of(const redisReadTask *task)
{
    unsigned depth = 0;

    for (; task != NULL; task = task->parent)
        depth++;
    return depth;
}

/* The elements are paid for before any of them is there. */
static void *create_array(const redisReadTask *task, element_count elements)
{
    struct stepden_reader *reader = task->privdata;

    if (depth_of(task) > STEPDEN_READER_MAX_DEPTH) {
        refuse(reader, "an answer of lists nested more than %d deep",
               STEPDEN_READER_MAX_DEPTH);
        return NULL;
    }
    if ((size_t)elements > reader->max / ELEMENT_SIZE ||
        !has_room(reader, (size_t)elements * ELEMENT_SIZE)) {
        refuse_size(reader);
        return NULL;
    }
    reader->used += (size_t)elements * ELEMENT_SIZE;
    return reader->create_array(task, elements);
}

static redisReader *make_hiredis(struct stepden_reader *reader)
{
    redisReader *made = redisReaderCreate();

    if (made == NULL)
        return NULL;
    reader->functions = *made->fn;
    reader->create_array = made->fn->createArray;
    reader->functions.createArray = create_array;
    made->fn = &reader->functions;
    made->privdata = reader;
    made->maxbuf = 0; /* its memory is given back here, see give_back */
    return made;
}

struct stepden_reader *stepden_reader_new(void)
{
    struct stepden_reader *reader = calloc(1, sizeof *reader);

    if (reader == NULL)
        return NULL;
    reader->max = STEPDEN_READER_MAX;
    reader->hiredis = make_hiredis(reader);
    if (reader->hiredis == NULL) {
        free(reader);
        return NULL;
    }
    return reader;
}

void stepden_reader_free(struct stepden_reader *reader)
{
    if (reader == NULL)
        return;
    redisReaderFree(reader->hiredis);
    free(reader);
}

void stepden_reader_set_max(struct stepden_reader *reader, size_t max)
{
    reader->max = max < STEPDEN_READER_MAX ? max : STEPDEN_READER_MAX;
}

void stepden_reader_feed(struct stepden_reader *reader, const char *bytes,
                         size_t size)
{
    reader->bytes = bytes;
    reader->size = size;
    for (size_t i = 0; i < size && reader->head_size < HEAD_SIZE; i++)
        reader->head[reader->head_size++] = bytes[i];
}

/* What the first bytes look like, if they are not a Redis server's. */
static const char *name_stranger(const struct stepden_reader *reader)
{
    static const struct {
        const char *head;
        const char *text;
    } strangers[] = {
        {"HTTP/", "an HTTP server answers: check redis.connection.port"},
        {"SSH-", "an SSH server answers: check redis.connection.port"},
        {"220", "a mail or FTP server answers: check redis.connection.port"},
        {"\x15\x03", "the port speaks TLS: check redis.connection.sslEnable"},
    };

    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        size_t size = strlen(strangers[i].head);
        if (reader->head_size >= size &&
            memcmp(reader->head, strangers[i].head, size) == 0)
            return strangers[i].text;
    }
    return "no Redis server answers: check redis.connection.host and .port";
}

static void take_error(struct stepden_reader *reader)
{
    const redisReader *hiredis = reader->hiredis;

    if (reader->error[0] != '\0')
        return;
    if (hiredis->err == REDIS_ERR_OOM)
        refuse(reader, "no memory for an answer");
    else if (reader->has_answered)
        refuse(reader, "an answer that is not Redis's: %s", hiredis->errstr);
    else
        refuse(reader, "%s (%s)", name_stranger(reader), hiredis->errstr);
}

static int type_under_way(const redisReader *hiredis)
{
#if STEPDEN_REPLY_RESP3
    return hiredis->task[hiredis->ridx]->type;
#else
    return hiredis->rstack[hiredis->ridx].type;
#endif
}

static bool is_bulk(int type)
{
#if STEPDEN_REPLY_RESP3
    if (type == REDIS_REPLY_VERB)
        return true;
#endif
    return type == REDIS_REPLY_STRING;
}

/* `at` has the digits of a string's size, and what there is of its bytes. */
static void check_bulk(struct stepden_reader *reader, const char *at,
                       size_t size)
{
    size_t head = size < BULK_HEAD_MAX ? size : BULK_HEAD_MAX;

    if (memchr(at, '\n', head) != NULL) {
        reader->used -= size;
        if (!has_room(reader, strtoull(at, NULL, 10)))
            refuse_size(reader);
        reader->used += size;
    } else if (size > head) {
        refuse(reader, "a string without a size");
    }
}

/* Refuses what is incomplete and would be too large, as early as it shows. */
static void check_rest(struct stepden_reader *reader)
{
    const redisReader *hiredis = reader->hiredis;
    size_t size = hiredis->len - hiredis->pos;

    if (!has_room(reader, 0))
        refuse_size(reader);
    else if (hiredis->ridx < 0 || size == 0)
        return;
    else if (is_bulk(type_under_way(hiredis)))
        check_bulk(reader, hiredis->buf + hiredis->pos, size);
    else if (size > STEPDEN_READER_MAX_LINE)
        refuse(reader, "a line of more than %d bytes", STEPDEN_READER_MAX_LINE);
}

/* Between two answers hiredis has nothing that is worth its memory. */
static void give_back(struct stepden_reader *reader)
{
    if (reader->peak <= KEPT_SIZE || reader->hiredis->ridx >= 0 ||
        reader->hiredis->pos < reader->hiredis->len)
        return;

    redisReader *made = make_hiredis(reader);
    if (made == NULL)
        return;
    redisReaderFree(reader->hiredis);
    reader->hiredis = made;
    reader->peak = 0;
}

static void feed_slice(struct stepden_reader *reader)
{
    redisReader *hiredis = reader->hiredis;
    size_t size = reader->size < SLICE_SIZE ? reader->size : SLICE_SIZE;

    if (redisReaderFeed(hiredis, reader->bytes, size) != REDIS_OK) {
        take_error(reader);
        return;
    }
    reader->bytes += size;
    reader->size -= size;
    reader->used += size;
    if (hiredis->len > reader->peak)
        reader->peak = hiredis->len;
}

redisReply *stepden_reader_next(struct stepden_reader *reader)
{
    redisReader *hiredis;
    void *reply = NULL;

    while (reader->error[0] == '\0') {
        hiredis = reader->hiredis;
        if (redisReaderGetReply(hiredis, &reply) != REDIS_OK) {
            take_error(reader);
        } else if (reply != NULL) {
            reader->used = hiredis->len - hiredis->pos;
            reader->has_answered = true;
            return reply;
        } else if (reader->size > 0) {
            check_rest(reader);
            feed_slice(reader);
        } else {
            check_rest(reader);
            give_back(reader);
            break;
        }
    }
    return NULL;
}

const char *stepden_reader_error(const struct stepden_reader *reader)
{
    return reader->error[0] != '\0' ? reader->error : NULL;
}

bool stepden_reader_is_too_large(const struct stepden_reader *reader)
{
    return reader->is_too_large;
}
