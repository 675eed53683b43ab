/*
 * The answers in what a server sends. hiredis's reader reads them; bounds are
 * kept around it, as it would follow a broken or hostile server until the
 * memory or the stack is used up.
 */
#ifndef STEPDEN_REDIS_READER_H
#define STEPDEN_REDIS_READER_H

#include <stdbool.h>
#include <stddef.h>

#include <hiredis/hiredis.h>

#include <stepden/status.h>

enum {
    STEPDEN_READER_MAX = 256 * 1024 * 1024, /* bytes, until another is set */
    STEPDEN_READER_MAX_LINE = 64 * 1024,    /* bytes of an error or a status */
    STEPDEN_READER_MAX_DEPTH = 8,           /* lists within lists */
};

struct stepden_reader;

/* NULL without memory. */
struct stepden_reader *stepden_reader_new(void);
void stepden_reader_free(struct stepden_reader *reader);

/* One answer may have so many bytes, its elements' own memory included: up to
 * STEPDEN_READER_MAX. It holds twice as much while it is read. */
void stepden_reader_set_max(struct stepden_reader *reader, size_t max);

/* Gives it what was received, which is borrowed until there is no next. */
void stepden_reader_feed(struct stepden_reader *reader, const char *bytes,
                         size_t size);

/* The next answer, the caller's to free by freeReplyObject; NULL if none is
 * complete, or after an error. */
STEPDEN_CHECKED redisReply *stepden_reader_next(struct stepden_reader *reader);

/* What is wrong with what was received, or NULL. There is no way on. */
const char *stepden_reader_error(const struct stepden_reader *reader);

/* Whether the error is an answer beyond the most bytes. */
bool stepden_reader_is_too_large(const struct stepden_reader *reader);

#endif
