#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "framer.h"
#include "lines.h"
#include "redis_source.h"

static const char too_long[] = "longer than 1048576 bytes";

struct file {
    const char *name;
    struct denm_lines lines;
    struct denm_framer *framer;
    char origin[320];
    const char *misfit; /* why the whole file cannot be read, or NULL */
};

static bool is_text(const struct denm_line *line, const char *text)
{
    return line->size == strlen(text) &&
           memcmp(line->text, text, line->size) == 0;
}

/* Whether the last line of several is this. */
static bool ends_with(const struct denm_line *line, const char *text)
{
    size_t size = strlen(text);

    return line->size > size && line->text[line->size - size - 1] == '\n' &&
           memcmp(line->text + line->size - size, text, size) == 0;
}

/*
 * An indented text is from a line with { to a line with }, and nothing else.
 * At another { it has been cut, and the next one begins.
 */
static void take_whole_text(struct file *file, struct denm_line *line)
{
    size_t size = line->size;

    while (!ends_with(line, "}") && !line->is_too_long &&
           denm_lines_extend(&file->lines, line)) {
        if (ends_with(line, "{")) {
            denm_lines_retract(&file->lines, line, size);
            return;
        }
        size = line->size;
    }
}

static bool take_line(struct file *file, struct denm_line *line)
{
    struct denm_origin origin = {
        .text = file->origin,
        .source = file->name,
        .line = file->lines.number,
    };

    snprintf(file->origin, sizeof file->origin, "%.256s:%" PRIu64, file->name,
             file->lines.number);
    if (file->lines.number == 1)
        file->misfit = denm_framer_misfit(file->framer, line->text, line->size);
    if (file->misfit)
        return denm_framer_refuse(file->framer, &origin, file->misfit);
    if (file->framer->of_jer && is_text(line, "{"))
        take_whole_text(file, line);
    if (line->is_too_long)
        return denm_framer_refuse(file->framer, &origin, too_long);
    return denm_framer_line(file->framer, &origin, line->text, line->size);
}

static bool take_file(struct file *file)
{
    struct denm_line line;
    struct denm_origin origin = {.text = file->name, .source = file->name};
    int first = denm_lines_peek(&file->lines);

    if (first >= 0 && denm_framer_is_binary(file->framer, first)) {
        denm_lines_rest(&file->lines, &line);
        return line.is_too_long
                   ? denm_framer_refuse(file->framer, &origin, too_long)
                   : denm_framer_bytes(file->framer, &origin, line.text,
                                       line.size);
    }
    while (!file->misfit && denm_lines_next(&file->lines, &line))
        if (!take_line(file, &line))
            return false;
    return true;
}

static int complain(const char *name, int error, int code)
{
    fflush(stdout);
    fprintf(stderr, "denm: %s: %s\n", name, strerror(error));
    return code;
}

/* `*more` becomes false when the sink has enough. */
static int run_file(struct denm_framer *framer, const char *name, bool *more)
{
    bool is_standard = strcmp(name, "-") == 0;
    struct file file = {
        .name = is_standard ? "standard input" : name,
        .framer = framer,
    };
    int fd = is_standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return complain(name, errno, EX_NOINPUT);
    denm_lines_begin(&file.lines, fd);
    *more = take_file(&file);
    int error = file.lines.error;
    denm_lines_end(&file.lines);
    if (!is_standard)
        close(fd);
    if (error == ENOMEM)
        return complain(file.name, error, EX_OSERR);
    return error ? complain(file.name, error, EX_NOINPUT) : EX_OK;
}

/* What cannot be read does not keep the others from being read. */
static int run_files(const struct denm_options *options,
                     struct denm_framer *framer)
{
    int code = EX_OK;
    bool more = true;

    if (options->argument_count == 0)
        return run_file(framer, "-", &more);
    for (size_t i = 0; i < options->argument_count && more; i++) {
        int file_code = run_file(framer, options->arguments[i], &more);

        code = code ? code : file_code;
    }
    return code;
}

static int run(const struct denm_options *options, const struct denm_sink *sink,
               bool of_jer)
{
    struct denm_framer *framer = calloc(1, sizeof *framer);

    if (!framer)
        return complain("memory", errno, EX_OSERR);
    framer->of_jer = of_jer;
    framer->format = options->input;
    framer->sink = sink;
    int code = options->redis ? denm_redis_run(options, framer)
                              : run_files(options, framer);
    free(framer);
    return code;
}

int denm_input_run(const struct denm_options *options,
                   const struct denm_sink *sink)
{
    return run(options, sink, false);
}

int denm_input_run_jer(const struct denm_options *options,
                       const struct denm_sink *sink)
{
    return run(options, sink, true);
}

enum stepden_status denm_item_decode(struct stepden_message *message,
                                     const struct denm_item *item,
                                     struct stepden_diag *diag)
{
    if (item->status == STEPDEN_OK)
        return stepden_message_read_uper(message, item->bytes, item->size,
                                         diag);
    *diag = item->diag;
    return item->status;
}
