/*
 * Any text as the JER of a DENM: reading never faults; what was read is written
 * as a text that reads as the same, and as UPER that decodes to what has the
 * same UPER and JER again.
 */
#include <stdlib.h>
#include <string.h>

#include <stepden/codec.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct text {
    char bytes[STEPDEN_MESSAGE_TEXT_MAX];
    size_t size;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* The message becomes what its own JER says. */
static void read_again(struct stepden_message *message, struct text *text)
{
    static struct text again;

    require(stepden_message_write_jer(text->bytes, sizeof text->bytes,
                                      &text->size, message,
                                      NULL) == STEPDEN_OK);
    require(stepden_message_read_jer(message, text->bytes, text->size, NULL) ==
            STEPDEN_OK);
    require(stepden_message_write_jer(again.bytes, sizeof again.bytes,
                                      &again.size, message,
                                      NULL) == STEPDEN_OK);
    require(again.size == text->size &&
            memcmp(again.bytes, text->bytes, text->size) == 0);
}

static void check_message(struct stepden_message *message)
{
    static struct text text;
    uint8_t uper[2][STEPDEN_DENM_UPER_MAX];
    size_t lengths[2];

    read_again(message, &text);
    enum stepden_status status = stepden_message_write_uper(
        uper[0], sizeof uper[0], &lengths[0], message, NULL);
    require(status == STEPDEN_OK || status == STEPDEN_ERR_SPACE);
    if (status != STEPDEN_OK)
        return;
    require(stepden_message_read_uper(message, uper[0], lengths[0], NULL) ==
            STEPDEN_OK);
    require(stepden_message_unknown_count(message) == 0);
    read_again(message, &text);
    require(stepden_message_write_uper(uper[1], sizeof uper[1], &lengths[1],
                                       message, NULL) == STEPDEN_OK);
    require(lengths[0] == lengths[1] &&
            memcmp(uper[0], uper[1], lengths[0]) == 0);
}

static void check_release(const uint8_t *bytes, size_t size,
                          enum stepden_release release)
{
    struct stepden_message *message = stepden_message_new(release);
    struct stepden_diag diag;

    require(message != NULL);
    if (stepden_message_read_jer(message, (const char *)bytes, size, &diag) ==
        STEPDEN_OK)
        check_message(message);
    else
        require(diag.offset <= size);
    stepden_message_free(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_release(bytes, size, STEPDEN_RELEASE_R1);
    check_release(bytes, size, STEPDEN_RELEASE_R2);
    return 0;
}
