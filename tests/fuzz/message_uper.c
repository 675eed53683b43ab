/*
 * Any bytes as a DENM: reading never faults; what was read can be written in
 * any notation, walked, checked and explained; and as far as all of it is
 * known, its UPER and its JER read as the same message.
 */
#include <stdlib.h>
#include <string.h>

#include <stepden/codec.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct text {
    char bytes[STEPDEN_MESSAGE_TEXT_MAX];
    size_t size;
};

struct uper {
    uint8_t bytes[STEPDEN_DENM_UPER_MAX];
    size_t size;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Returns false if the text is too long. */
static bool write_jer(struct text *jer, const struct stepden_message *message)
{
    enum stepden_status status = stepden_message_write_jer(
        jer->bytes, sizeof jer->bytes, &jer->size, message, NULL);

    require(status == STEPDEN_OK || status == STEPDEN_ERR_SPACE);
    return status == STEPDEN_OK;
}

static bool has_jer(const struct stepden_message *message,
                    const struct text *jer)
{
    static struct text own;

    return write_jer(&own, message) && own.size == jer->size &&
           memcmp(own.bytes, jer->bytes, own.size) == 0;
}

static enum stepden_status write_uper(struct uper *uper,
                                      const struct stepden_message *message)
{
    return stepden_message_write_uper(uper->bytes, sizeof uper->bytes,
                                      &uper->size, message, NULL);
}

static bool has_uper(const struct stepden_message *message,
                     const struct uper *uper)
{
    struct uper own;

    return write_uper(&own, message) == STEPDEN_OK && own.size == uper->size &&
           memcmp(own.bytes, uper->bytes, own.size) == 0;
}

static void check_xer(const struct stepden_message *message)
{
    static const char end[] = "</DENM>";
    static struct text xer;
    enum stepden_status status = stepden_message_write_xer(
        xer.bytes, sizeof xer.bytes, &xer.size, message, NULL);

    require(status == STEPDEN_OK || status == STEPDEN_ERR_SPACE);
    if (status == STEPDEN_OK)
        require(xer.size > sizeof end && strlen(xer.bytes) == xer.size &&
                strcmp(xer.bytes + xer.size - strlen(end), end) == 0);
}

/* Bit by bit, without a gap. */
static void take_bits(void *ctx, const struct stepden_field *field)
{
    size_t *next = ctx;

    require(field->bit == *next && field->width > 0);
    *next += field->width;
    require(strlen(field->path) + strlen(field->type) + strlen(field->value) +
                strlen(field->meaning) <
            STEPDEN_MESSAGE_TEXT_MAX);
}

static void check_explained(enum stepden_release release, const uint8_t *bytes,
                            size_t size, enum stepden_status read)
{
    size_t next = 0;
    const struct stepden_field_sink sink = {.take = take_bits, .ctx = &next};

    require(stepden_uper_explain(release, bytes, size, &sink, NULL) == read);
    require(read == STEPDEN_OK ? next == 8 * size : next <= 8 * size);
}

struct place {
    int order[64];
    size_t count;
};

static bool is_behind(const struct stepden_field *field,
                      const struct place *before)
{
    for (size_t i = 0; i < before->count && i < field->order_count; i++)
        if (field->order[i] != before->order[i])
            return field->order[i] > before->order[i];
    return before->count == 0;
}

/* Each one behind the one before. */
static void take_field(void *ctx, const struct stepden_field *field)
{
    struct place *before = ctx;

    require(field->order_count <= 64 && is_behind(field, before));
    require(*field->path && *field->type && *field->value);
    memcpy(before->order, field->order, field->order_count * sizeof(int));
    before->count = field->order_count;
}

static void take_finding(void *ctx, const struct stepden_finding *finding)
{
    unsigned *count = ctx;

    require(*finding->rule && *finding->clause && finding->path &&
            *finding->reason);
    ++*count;
}

static void check_fields(const struct stepden_message *message)
{
    struct place place = {.count = 0};
    const struct stepden_field_sink sink = {.take = take_field, .ctx = &place};
    unsigned count = 0;
    const struct stepden_finding_sink findings = {.take = take_finding,
                                                  .ctx = &count};

    stepden_message_walk(message, &sink);
    require(place.count > 0);
    require(stepden_message_lint(message, &findings) == count);
}

/*
 * The message becomes what its UPER says, and then what its JER says. A BIT
 * STRING may lose zeros at its end the first time.
 */
static void check_again(struct stepden_message *message)
{
    static struct text jer;
    struct uper uper;

    require(write_uper(&uper, message) == STEPDEN_OK);
    require(stepden_message_read_uper(message, uper.bytes, uper.size, NULL) ==
            STEPDEN_OK);
    require(has_uper(message, &uper));
    if (!write_jer(&jer, message))
        return;
    require(stepden_message_read_jer(message, jer.bytes, jer.size, NULL) ==
            STEPDEN_OK);
    require(has_jer(message, &jer) && has_uper(message, &uper));
}

static void check_release(const uint8_t *bytes, size_t size,
                          enum stepden_release release)
{
    static struct text jer;
    struct stepden_message *message = stepden_message_new(release);
    struct stepden_diag diag;

    require(message != NULL);
    enum stepden_status status =
        stepden_message_read_uper(message, bytes, size, &diag);
    check_explained(release, bytes, size, status);
    if (status == STEPDEN_OK) {
        write_jer(&jer, message);
        check_xer(message);
        check_fields(message);
        if (stepden_message_unknown_count(message) == 0)
            check_again(message);
    } else {
        require(diag.offset <= size);
    }
    stepden_message_free(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    check_release(bytes, size, STEPDEN_RELEASE_R1);
    check_release(bytes, size, STEPDEN_RELEASE_R2);
    return 0;
}
