#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/diag.h"
#include "commands.h"
#include "daemon/bytes_text.h"
#include "input.h"
#include "report.h"

struct encoder {
    const struct denm_options *options;
    struct stepden_message *message;
    bool failed;
    uint64_t written;
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
};

static enum stepden_status encode(struct encoder *encoder,
                                  const struct denm_item *item, size_t *size,
                                  struct stepden_diag *diag)
{
    enum stepden_status status = item->status;

    if (status != STEPDEN_OK) {
        *diag = item->diag;
        return status;
    }
    status = stepden_message_read_jer(
        encoder->message, (const char *)item->bytes, item->size, diag);
    if (status == STEPDEN_OK)
        status = stepden_message_write_uper(encoder->uper, sizeof encoder->uper,
                                            size, encoder->message, diag);
    return status;
}

/* Nothing separates two messages in binary. */
static enum stepden_status check_alone(struct encoder *encoder,
                                       struct stepden_diag *diag)
{
    if (encoder->options->output != DENM_ENCODE_BINARY ||
        encoder->written++ == 0)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_UNSUPPORTED, "",
                            "binary output is for one message");
}

static void put(const struct encoder *encoder, size_t size)
{
    char text[STEPDEN_HEX_SIZE(STEPDEN_DENM_UPER_MAX)];
    size_t length = 0;

    switch ((enum denm_encode_output)encoder->options->output) {
    case DENM_ENCODE_BINARY:
        fwrite(encoder->uper, 1, size, stdout);
        return;
    case DENM_ENCODE_HEX:
        length = stepden_hex_write(text, encoder->uper, size);
        break;
    case DENM_ENCODE_BASE64:
        length = stepden_base64_write(text, encoder->uper, size);
        break;
    }
    fwrite(text, 1, length, stdout);
    putchar('\n');
}

/* Of an indented text, with the line where it fails. */
static void report(const struct denm_item *item,
                   const struct stepden_diag *diag)
{
    struct denm_origin origin = *item->origin;
    struct denm_item place = *item;
    char text[320];

    for (size_t i = 0; i < item->size && i < diag->offset; i++)
        origin.line += item->bytes[i] == '\n';
    if (origin.line != item->origin->line) {
        snprintf(text, sizeof text, "%.256s:%" PRIu64, origin.source,
                 origin.line);
        origin.text = text;
        place.origin = &origin;
    }
    denm_report(&place, diag);
}

/* In the place of the message, so that the others stay where they are. */
static void put_error(struct encoder *encoder, const struct denm_item *item,
                      const struct stepden_diag *diag)
{
    char line[DENM_REPORT_SIZE];

    encoder->failed = true;
    report(item, diag);
    denm_report_json(line, item, diag);
    if (encoder->options->output != DENM_ENCODE_BINARY)
        puts(line);
}

static bool take(void *ctx, const struct denm_item *item)
{
    struct encoder *encoder = ctx;
    struct stepden_diag diag = {0};
    size_t size = 0;

    if (encode(encoder, item, &size, &diag) == STEPDEN_OK &&
        check_alone(encoder, &diag) == STEPDEN_OK)
        put(encoder, size);
    else
        put_error(encoder, item, &diag);
    return !ferror(stdout);
}

int denm_encode(const struct denm_options *options)
{
    struct encoder encoder = {
        .options = options,
        .message = stepden_message_new(options->release),
    };
    struct denm_sink sink = {.take = take, .ctx = &encoder};

    if (!encoder.message)
        return EX_OSERR;
    int code = denm_input_run_jer(options, &sink);
    stepden_message_free(encoder.message);
    return denm_exit(code, encoder.failed);
}
