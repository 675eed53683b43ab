#include "codec/message.h"

#include <stdlib.h>

#include <R1DENM.h>
#include <R2DENM.h>

#include <stepden/json/writer.h>

#include "base/diag.h"
#include "codec/jer.h"
#include "codec/uper.h"
#include "codec/xer.h"

/* ItsPduHeader of every DENM (EN 302 637-3, annex B.1). */
#define PROTOCOL_VERSION 2
#define MESSAGE_ID R2MessageId_denm

struct stepden_message *stepden_message_new(enum stepden_release release)
{
    const struct stepden_type *type = stepden_grammar(release);
    struct stepden_message *message = type ? malloc(sizeof *message) : NULL;

    if (message)
        *message = (struct stepden_message){.release = release, .type = type};
    return message;
}

void stepden_message_free(struct stepden_message *message)
{
    if (message)
        stepden_arena_free(&message->arena);
    free(message);
}

static void empty(struct stepden_message *message)
{
    stepden_arena_reset(&message->arena);
    message->tree = NULL;
    message->unknown_count = 0;
}

/* EN 302 637-3, annex B.1. */
static enum stepden_status check_header(const struct stepden_message *message,
                                        struct stepden_diag *diag)
{
    const R1ItsPduHeader_t *r1 = &((const R1DENM_t *)message->tree)->header;
    const R2ItsPduHeader_t *r2 = &((const R2DENM_t *)message->tree)->header;
    bool is_r1 = message->release == STEPDEN_RELEASE_R1;
    long version = is_r1 ? r1->protocolVersion : r2->protocolVersion;
    long id = is_r1 ? r1->messageID : r2->messageId;

    if (version != PROTOCOL_VERSION)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                "header.protocolVersion", "%ld, not %d",
                                version, PROTOCOL_VERSION);
    if (id != MESSAGE_ID)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID,
                                is_r1 ? "header.messageID" : "header.messageId",
                                "%ld, not denm(%d)", id, MESSAGE_ID);
    return STEPDEN_OK;
}

/* After reading with `status`: a DENM, or nothing. */
static enum stepden_status settle(struct stepden_message *message,
                                  enum stepden_status status,
                                  struct stepden_diag *diag)
{
    if (status == STEPDEN_OK)
        status = check_header(message, diag);
    if (status != STEPDEN_OK)
        empty(message);
    return status;
}

enum stepden_status stepden_message_decode(struct stepden_message *message,
                                           const uint8_t *bytes, size_t size,
                                           const struct stepden_bits_sink *sink,
                                           struct stepden_diag *diag)
{
    empty(message);
    if (size > STEPDEN_DENM_UPER_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "%zu bytes, more than %d", size,
                                STEPDEN_DENM_UPER_MAX);
    enum stepden_status status =
        stepden_uper_decode(&message->tree, &message->arena, message->type,
                            bytes, size, &message->unknown_count, sink, diag);
    bool is_decoded = status == STEPDEN_OK;
    status = settle(message, status, diag);
    if (is_decoded && status != STEPDEN_OK && diag)
        diag->offset = bytes[0] == PROTOCOL_VERSION; /* the first two bytes */
    return status;
}

enum stepden_status stepden_message_read_uper(struct stepden_message *message,
                                              const uint8_t *bytes, size_t size,
                                              struct stepden_diag *diag)
{
    return stepden_message_decode(message, bytes, size, NULL, diag);
}

enum stepden_status stepden_message_read_jer(struct stepden_message *message,
                                             const char *text, size_t size,
                                             struct stepden_diag *diag)
{
    empty(message);
    enum stepden_status status = stepden_jer_read(
        &message->tree, &message->arena, message->type, text, size, diag);
    return settle(message, status, diag);
}

static enum stepden_status refuse_empty(struct stepden_diag *diag)
{
    return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                            "there is no message");
}

enum stepden_status
stepden_message_write_uper(uint8_t *bytes, size_t size, size_t *length,
                           const struct stepden_message *message,
                           struct stepden_diag *diag)
{
    if (size > STEPDEN_DENM_UPER_MAX)
        size = STEPDEN_DENM_UPER_MAX;
    if (!message->tree)
        return refuse_empty(diag);
    return stepden_uper_encode(bytes, size, length, message->type,
                               message->tree, diag);
}

static enum stepden_status
write_text(char *text, size_t size, size_t *length,
           const struct stepden_message *message,
           void (*write)(struct stepden_json_writer *writer,
                         const struct stepden_type *type, const void *value),
           struct stepden_diag *diag)
{
    struct stepden_json_writer writer = {.at = text, .end = text + size};

    if (!message->tree)
        return refuse_empty(diag);
    write(&writer, message->type, message->tree);
    stepden_json_put(&writer, "", 1);
    if (writer.full)
        return stepden_diag_set(diag, STEPDEN_ERR_SPACE, "",
                                "longer than %zu bytes", size);
    *length = (size_t)(writer.at - text) - 1;
    return STEPDEN_OK;
}

enum stepden_status
stepden_message_write_jer(char *text, size_t size, size_t *length,
                          const struct stepden_message *message,
                          struct stepden_diag *diag)
{
    return write_text(text, size, length, message, stepden_jer_write, diag);
}

enum stepden_status
stepden_message_write_xer(char *text, size_t size, size_t *length,
                          const struct stepden_message *message,
                          struct stepden_diag *diag)
{
    return write_text(text, size, length, message, stepden_xer_write, diag);
}

unsigned stepden_message_unknown_count(const struct stepden_message *message)
{
    return message->unknown_count;
}
