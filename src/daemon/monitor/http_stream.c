#include "daemon/monitor/http_stream.h"

#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

#define PIECE_BYTES 4096 /* at once, at most */

struct text {
    size_t readers;
    size_t size;
    char bytes[];
};

/* A free place has no connection. */
struct reader {
    struct stepden_http_stream *stream;
    struct MHD_Connection *connection;
    struct text *text; /* NULL: all that there was is sent */
    size_t at;
    bool wants_all;
    bool is_suspended; /* until there is a text */
};

struct stepden_http_stream {
    struct reader readers[STEPDEN_HTTP_READERS_MAX];
    size_t count;
    bool is_closing;
    void (*watched)(void *ctx, bool by_somebody);
    void *ctx;
    void (*woken)(void *ctx);
    void *woken_ctx;
};

/* ---- texts ---- */

static struct text *make_text(const char *bytes)
{
    size_t size = strlen(bytes);
    struct text *text = malloc(sizeof *text + size);
    if (!text)
        return NULL;
    *text = (struct text){.size = size};
    memcpy(text->bytes, bytes, size);
    return text;
}

static void drop_text(struct reader *reader)
{
    if (reader->text && --reader->text->readers == 0)
        free(reader->text);
    reader->text = NULL;
}

static void give_text(struct reader *reader, struct text *text)
{
    text->readers++;
    reader->text = text;
    reader->at = 0;
    reader->wants_all = false;
}

/* ---- readers ---- */

static void wake(struct reader *reader)
{
    if (!reader->is_suspended)
        return;
    reader->is_suspended = false;
    MHD_resume_connection(reader->connection);
    reader->stream->woken(reader->stream->woken_ctx);
}

/* Called for the next bytes of an answer. */
static ssize_t read_on(void *ctx, uint64_t position, char *bytes, size_t size)
{
    struct reader *reader = ctx;
    (void)position;
    if (reader->stream->is_closing)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (!reader->text) {
        reader->is_suspended = true;
        MHD_suspend_connection(reader->connection);
        return 0;
    }
    size_t left = reader->text->size - reader->at;
    size_t taken = left < size ? left : size;
    memcpy(bytes, reader->text->bytes + reader->at, taken);
    reader->at += taken;
    if (taken == left)
        drop_text(reader);
    return (ssize_t)taken;
}

static void leave(void *ctx)
{
    struct reader *reader = ctx;
    struct stepden_http_stream *stream = reader->stream;
    drop_text(reader);
    *reader = (struct reader){.connection = NULL};
    if (--stream->count == 0)
        stream->watched(stream->ctx, false);
}

static struct reader *find_place(struct stepden_http_stream *stream)
{
    for (size_t i = 0; i < STEPDEN_HTTP_READERS_MAX; i++)
        if (!stream->readers[i].connection)
            return &stream->readers[i];
    return NULL;
}

struct MHD_Response *
stepden_http_stream_open(struct stepden_http_stream *stream,
                         struct MHD_Connection *connection, bool *is_full)
{
    struct reader *reader = find_place(stream);
    *is_full = reader == NULL;
    if (!reader)
        return NULL;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, PIECE_BYTES, read_on, reader, leave);
    if (!response)
        return NULL;
    *reader = (struct reader){
        .stream = stream, .connection = connection, .wants_all = true};
    if (stream->count++ == 0)
        stream->watched(stream->ctx, true);
    return response;
}

/* ---- the interface ---- */

enum stepden_status
stepden_http_stream_new(struct stepden_http_stream **result,
                        void (*watched)(void *ctx, bool by_somebody), void *ctx)
{
    struct stepden_http_stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return STEPDEN_ERR_MEMORY;
    stream->watched = watched;
    stream->ctx = ctx;
    *result = stream;
    return STEPDEN_OK;
}

void stepden_http_stream_free(struct stepden_http_stream *stream)
{
    free(stream);
}

void stepden_http_stream_attach(struct stepden_http_stream *stream,
                                void (*woken)(void *ctx), void *ctx)
{
    stream->woken = woken;
    stream->woken_ctx = ctx;
}

void stepden_http_stream_close(struct stepden_http_stream *stream)
{
    stream->is_closing = true;
    for (size_t i = 0; i < STEPDEN_HTTP_READERS_MAX; i++)
        wake(&stream->readers[i]);
}

bool stepden_http_stream_wants_all(const struct stepden_http_stream *stream)
{
    for (size_t i = 0; i < STEPDEN_HTTP_READERS_MAX; i++) {
        const struct reader *reader = &stream->readers[i];
        if (reader->connection && !reader->text && reader->wants_all)
            return true;
    }
    return false;
}

/* A text that nobody took is freed. */
void stepden_http_stream_send(struct stepden_http_stream *stream,
                              const char *change, const char *all)
{
    struct text *texts[2] = {make_text(change), all ? make_text(all) : NULL};
    for (size_t i = 0; i < STEPDEN_HTTP_READERS_MAX; i++) {
        struct reader *reader = &stream->readers[i];
        if (!reader->connection)
            continue;
        struct text *text = texts[reader->wants_all];
        if (!reader->text && text)
            give_text(reader, text);
        else
            reader->wants_all = true;
        if (reader->text)
            wake(reader);
    }
    for (size_t i = 0; i < 2; i++)
        if (texts[i] && texts[i]->readers == 0)
            free(texts[i]);
}
