/*
 * Any bytes as what a server sends, in chunks of any size: nothing that reads
 * answers faults, memory stays within the bound, and the answers do not depend
 * on where the bytes were cut. The first byte chooses the chunks.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "redis/delivery.h"
#include "redis/handshake.h"
#include "redis/reader.h"
#include "redis/sentinel.h"
#include "redis/server_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { ANSWER_MAX = 64 * 1024 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void shake_hands(const redisReply *reply)
{
    struct stepden_handshake handshake = {
        .steps = {STEPDEN_HANDSHAKE_HELLO, STEPDEN_HANDSHAKE_AUTH,
                  STEPDEN_HANDSHAKE_SETNAME, STEPDEN_HANDSHAKE_SELECT,
                  STEPDEN_HANDSHAKE_PING, STEPDEN_HANDSHAKE_ROLE,
                  STEPDEN_HANDSHAKE_TYPE},
        .count = STEPDEN_HANDSHAKE_STEPS,
    };

    for (; handshake.taken < handshake.count; handshake.taken++) {
        struct stepden_handshake copy = handshake;
        struct stepden_diag diag = {0};
        if (stepden_handshake_take(&copy, reply, &diag) ==
            STEPDEN_HANDSHAKE_REFUSED)
            require(diag.reason[0] != '\0');
    }
}

static void read_entry(const redisReply *reply)
{
    struct stepden_fields fields = {0};
    char id[STEPDEN_ID_SIZE];
    char last[STEPDEN_ID_SIZE];

    if (stepden_delivery_read(id, &fields, reply) == STEPDEN_DELIVERY_ENTRY)
        require(strlen(id) < sizeof id && !stepden_delivery_is_later(id, id));
    for (size_t i = 0; i < fields.count; i++)
        require(fields.items[i].value != NULL);
    stepden_fields_free(&fields);
    (void)stepden_delivery_stream(reply, "s");
    (void)stepden_delivery_last_id(last, reply, "g");
}

static void check_server(const redisReply *reply)
{
    struct stepden_server_note notes[STEPDEN_SERVER_NOTES];
    char text[160];

    stepden_server_check_info(notes, reply,
                              STEPDEN_CONFIG_REDIS_MODE_STANDALONE);
    for (int about = 0; about < STEPDEN_SERVER_NOTES; about++)
        require(strlen(notes[about].text) < sizeof notes[about].text);
    stepden_server_check_version(text, sizeof text, reply);
    stepden_server_run_id(text, sizeof text, reply);
    stepden_server_check_timeout(text, sizeof text, reply, 10000);
}

static void check_address(const struct stepden_redis_node *server)
{
    require(strlen(server->host) < sizeof server->host && server->port > 0);
}

static void find_server(const redisReply *reply)
{
    struct stepden_redis_node server;

    if (stepden_reply_error(reply) != NULL &&
        stepden_where_read_moved(&server, reply->str, "asked"))
        check_address(&server);
    if (stepden_sentinel_read_master(&server, reply))
        check_address(&server);
}

static void describe(const redisReply *reply)
{
    char text[160];

    require(stepden_reply_describe(text, sizeof text, reply) == text);
    require(strlen(text) < sizeof text);
    (void)stepden_reply_hint(text);
    (void)stepden_reply_is_error(reply, "NOGROUP");
    (void)stepden_reply_is(reply, "OK");
}

static void consume(const redisReply *reply)
{
    describe(reply);
    shake_hands(reply);
    read_entry(reply);
    check_server(reply);
    find_server(reply);
    if (stepden_reply_is_list(reply))
        for (size_t i = 0; i < (size_t)reply->elements; i++)
            consume(reply->element[i]);
}

static size_t next_chunk(uint32_t *seed, size_t most)
{
    *seed = *seed * 1664525 + 1013904223;
    size_t chunk = 1 + (*seed >> 24) % 64;
    return chunk < most ? chunk : most;
}

/* Returns how many answers there were. */
static size_t read_all(const uint8_t *bytes, size_t size, uint32_t seed)
{
    struct stepden_reader *reader = stepden_reader_new();
    redisReply *reply;
    size_t count = 0;

    require(reader != NULL);
    stepden_reader_set_max(reader, ANSWER_MAX);
    while (size > 0) {
        size_t chunk = seed == 0 ? size : next_chunk(&seed, size);
        stepden_reader_feed(reader, (const char *)bytes, chunk);
        while ((reply = stepden_reader_next(reader)) != NULL) {
            consume(reply);
            freeReplyObject(reply);
            count++;
        }
        bytes += chunk;
        size -= chunk;
    }
    stepden_reader_free(reader);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    require(read_all(bytes + 1, size - 1, 0) ==
            read_all(bytes + 1, size - 1, 1u + bytes[0]));
    return 0;
}
