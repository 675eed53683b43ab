#include "daemon/replay.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include <stepden/den.h>

#include "daemon/bytes_text.h"
#include "daemon/explain.h"
#include "daemon/input.h"
#include "daemon/output.h"
#include "daemon/refusals.h"

struct replay {
    FILE *input;
    FILE *output;
    FILE *errors;
    const struct stepden_config *config;
    struct stepden_den *den;
    struct stepden_refusals refusals;
    int64_t now_ms; /* ITS time, and the monotonic clock with it */
    int64_t due_ms;
    uint64_t line_number;
    bool explain;
    bool refused; /* a line was */
    size_t line_max;
    char *line;
    struct stepden_incoming message;
    struct stepden_output out;
    char hex[STEPDEN_HEX_SIZE(STEPDEN_DENM_UPER_MAX)];
};

static void refuse(struct replay *replay, const struct stepden_diag *diag)
{
    replay->refused = true;
    fprintf(replay->errors, "line %" PRIu64 ": %s%s%s\n", replay->line_number,
            diag->where, diag->where[0] ? ": " : "", diag->reason);
}

/* ---- what the service wants done ---- */

static void send_output(void *ctx, const struct stepden_den_output *den_output)
{
    struct replay *replay = ctx;
    struct stepden_output *out = &replay->out;
    struct stepden_diag diag;
    if (stepden_output_make(out, den_output, &diag) != STEPDEN_OK) {
        refuse(replay, &diag);
        return;
    }
    size_t hex_size = stepden_hex_write(replay->hex, out->uper, out->uper_size);
    fprintf(replay->output, "{\"message\":%.*s,\"uper\":\"%.*s\"",
            (int)out->message_size, out->message, (int)hex_size, replay->hex);
    if (replay->explain) {
        char why[STEPDEN_EXPLAIN_MAX];
        size_t size = stepden_explain_why(why, den_output);
        fprintf(replay->output, ",\"why\":%.*s", (int)size, why);
    }
    fputs("}\n", replay->output);
}

static void skip_target(void *ctx, const char *event_id,
                        const struct stepden_action_id *action_id,
                        enum stepden_den_skip why)
{
    struct replay *replay = ctx;
    char text[STEPDEN_EXPLAIN_MAX];
    stepden_refusals_note(&replay->refusals, why,
                          stepden_den_counters(replay->den),
                          stepden_den_numbers(replay->den));
    if (!replay->explain)
        return;
    size_t size = stepden_explain_skipped(text, event_id, action_id, why);
    fprintf(replay->output, "%.*s\n", (int)size, text);
}

/* ---- virtual time ---- */

static struct stepden_now now(const struct replay *replay)
{
    return (struct stepden_now){
        .mono_ms = replay->now_ms,
        .its_ms = replay->now_ms,
    };
}

static void run(struct replay *replay)
{
    int64_t due_ms = stepden_den_run(replay->den, now(replay));
    replay->due_ms = due_ms > replay->now_ms ? due_ms : replay->now_ms + 1;
}

/* All that is due before `end_ms`, each at its own time. */
static void run_until(struct replay *replay, int64_t end_ms)
{
    while (replay->due_ms < end_ms && !ferror(replay->output)) {
        replay->now_ms = replay->due_ms;
        run(replay);
    }
}

/* What is due at the same time as a line comes after it. */
static void move_clock(struct replay *replay, int64_t to_ms)
{
    if (to_ms <= replay->now_ms)
        return;
    run_until(replay, to_ms);
    replay->now_ms = to_ms;
}

/* ---- a line ---- */

/* Of an event of ours, that is. */
static bool is_negation(const struct replay *replay,
                        const struct stepden_management_container *management)
{
    return management->has_termination &&
           management->termination == STEPDEN_TERMINATION_IS_NEGATION &&
           management->action_id.originating_station_id -
                   replay->config->station_id <
               replay->config->station_id_count;
}

static enum stepden_status take_collisions(struct replay *replay,
                                           struct stepden_diag *diag)
{
    move_clock(replay, replay->message.collisions.creation_time_its_ms);
    char entry_id[24];
    snprintf(entry_id, sizeof entry_id, "%" PRIu64, replay->line_number);
    return stepden_den_take_collisions(replay->den, &replay->message.collisions,
                                       entry_id, replay->message.traceparent,
                                       now(replay), diag);
}

static void take_denm(struct replay *replay)
{
    const struct stepden_denm_data *denm = &replay->message.denm;
    if (is_negation(replay, &denm->management_container))
        move_clock(replay, denm->management_container.detection_time_its_ms);
    enum stepden_den_verdict verdict =
        stepden_den_take_denm(replay->den, denm, now(replay));
    if (!replay->explain)
        return;
    char text[STEPDEN_EXPLAIN_MAX];
    size_t size =
        stepden_explain_received(text, replay->line_number, denm, verdict);
    fprintf(replay->output, "%.*s\n", (int)size, text);
}

static void tell_refusals(struct replay *replay, int64_t mono_ms)
{
    char text[STEPDEN_REFUSALS_TEXT_MAX];
    if (stepden_refusals_tell(&replay->refusals, text, replay->config, mono_ms))
        fprintf(replay->errors, "targets refused: %s\n", text);
}

static void take_line(struct replay *replay, size_t size)
{
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_incoming_read_line(&replay->message, replay->line, size, &diag);
    if (status == STEPDEN_OK &&
        replay->message.kind == STEPDEN_INCOMING_COLLISIONS)
        status = take_collisions(replay, &diag);
    else if (status == STEPDEN_OK)
        take_denm(replay);
    if (status != STEPDEN_OK)
        refuse(replay, &diag);
    tell_refusals(replay, replay->now_ms);
    replay->due_ms = replay->now_ms;
}

/*
 * Reads a line without its end. Of one that is longer than line_max, `size` is
 * larger than line_max, too, and the rest is skipped. False at the end.
 */
static bool read_line(struct replay *replay, size_t *size)
{
    int byte = getc_unlocked(replay->input);
    if (byte == EOF)
        return false;
    for (*size = 0; byte != EOF && byte != '\n';
         byte = getc_unlocked(replay->input)) {
        if (*size < replay->line_max)
            replay->line[*size] = (char)byte;
        if (*size <= replay->line_max)
            ++*size;
    }
    if (*size > 0 && *size <= replay->line_max &&
        replay->line[*size - 1] == '\r')
        --*size;
    replay->line_number++;
    return true;
}

static int replay_lines(struct replay *replay)
{
    for (size_t size; !ferror(replay->output) && read_line(replay, &size);) {
        if (size > replay->line_max)
            refuse(replay, &(struct stepden_diag){.reason = "longer than "
                                                            "maxEntryBytes"});
        else if (size > 0)
            take_line(replay, size);
    }
    tell_refusals(replay, INT64_MAX);
    run_until(replay, INT64_MAX);
    if (ferror(replay->input) || ferror(replay->output) ||
        fflush(replay->output) != 0) {
        fprintf(replay->errors, "stopped: %s\n", strerror(errno));
        return EX_IOERR;
    }
    return replay->refused ? EX_DATAERR : EX_OK;
}

/* ---- start and stop ---- */

static int run_service(struct replay *replay,
                       const struct stepden_config *config)
{
    struct stepden_den_sink sink = {
        .send = send_output,
        .skip = skip_target,
        .ctx = replay,
    };
    struct stepden_diag diag;
    enum stepden_status status =
        stepden_den_new(&replay->den, config, &sink, &diag);
    if (status != STEPDEN_OK) {
        fprintf(replay->errors, "not started: %s%s%s\n", diag.where,
                diag.where[0] ? ": " : "", diag.reason);
        return status == STEPDEN_ERR_MEMORY ? EX_OSERR : EX_CONFIG;
    }
    int code = replay_lines(replay);
    stepden_den_free(replay->den);
    return code;
}

int stepden_replay(const struct stepden_config *config, bool explain,
                   FILE *input, FILE *output, FILE *errors)
{
    struct replay *replay = calloc(1, sizeof *replay);
    size_t line_max = config->redis.limits.max_entry_bytes;
    char *line = malloc(line_max);
    int code = EX_OSERR;
    if (replay && line) {
        replay->input = input;
        replay->output = output;
        replay->errors = errors;
        replay->config = config;
        replay->explain = explain;
        replay->due_ms = INT64_MAX;
        replay->line = line;
        replay->line_max = line_max;
        stepden_output_init(&replay->out, config);
        code = run_service(replay, config);
    }
    free(line);
    free(replay);
    return code;
}
