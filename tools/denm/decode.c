#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "commands.h"
#include "input.h"
#include "report.h"
#include "json/indent.h"

/* Indented it is about four times as long. */
enum { LINE_MAX_SIZE = 8 * STEPDEN_MESSAGE_TEXT_MAX };

struct decoder {
    const struct denm_options *options;
    struct stepden_message *message;
    bool failed;
    char text[STEPDEN_MESSAGE_TEXT_MAX];
    char line[LINE_MAX_SIZE];
};

static enum stepden_status decode(struct decoder *decoder,
                                  const struct denm_item *item, size_t *length,
                                  struct stepden_diag *diag)
{
    enum stepden_status status = denm_item_decode(decoder->message, item, diag);

    if (status != STEPDEN_OK)
        return status;
    if (decoder->options->output == DENM_DECODE_XER)
        return stepden_message_write_xer(decoder->text, sizeof decoder->text,
                                         length, decoder->message, diag);
    return stepden_message_write_jer(decoder->text, sizeof decoder->text,
                                     length, decoder->message, diag);
}

/* In the place of the message, so that the others stay where they are. */
static size_t put_error(struct decoder *decoder, const struct denm_item *item,
                        const struct stepden_diag *diag)
{
    denm_report(item, diag);
    decoder->failed = true;
    if (decoder->options->output == DENM_DECODE_XER)
        denm_report_xml(decoder->text, item, diag);
    else
        denm_report_json(decoder->text, item, diag);
    return strlen(decoder->text);
}

static size_t lay_out(struct decoder *decoder, size_t length)
{
    if (decoder->options->output == DENM_DECODE_PRETTY)
        return stepden_json_indent(decoder->line, sizeof decoder->line,
                                   decoder->text, length);
    memcpy(decoder->line, decoder->text, length);
    return length;
}

static bool take(void *ctx, const struct denm_item *item)
{
    struct decoder *decoder = ctx;
    struct stepden_diag diag = {0};
    size_t length = 0;

    if (decode(decoder, item, &length, &diag) != STEPDEN_OK)
        length = put_error(decoder, item, &diag);
    length = lay_out(decoder, length);
    fwrite(decoder->line, 1, length, stdout);
    putchar('\n');
    return !ferror(stdout);
}

int denm_decode(const struct denm_options *options)
{
    struct decoder *decoder = calloc(1, sizeof *decoder);
    struct stepden_message *message = stepden_message_new(options->release);
    int code = EX_OSERR;

    if (decoder && message) {
        struct denm_sink sink = {.take = take, .ctx = decoder};

        decoder->options = options;
        decoder->message = message;
        code = denm_input_run(options, &sink);
        code = denm_exit(code, decoder->failed);
    }
    stepden_message_free(message);
    free(decoder);
    return code;
}
