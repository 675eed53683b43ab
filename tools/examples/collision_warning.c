/*
 * A DEN service inside a program of one's own: without Redis, and with time as
 * that program sees it. Built against an installed libstepden and run with
 *
 *   cc -o collision_warning collision_warning.c \
 *       $(pkg-config --cflags --libs stepden)
 *   ./collision_warning crossing.json <crossing.txt
 *
 * the argument, a configuration, being optional. A line of the input is one of
 *
 *   {...}    a predicted collision (station_collision_array.v1.schema.json)
 *   0201...  a DENM that was received, as hexadecimal UPER
 *   restart  goes on in a new service with what the old one leaves behind
 *
 * Of each DENM to send it prints time, action id, kind, reason and UPER.
 *
 * Time is that of the predictions. A program that lives in real time takes
 * mono_ms from CLOCK_MONOTONIC and its_ms from stepden_its_from_unix, and
 * sleeps until what stepden_den_run returns.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/config.h>
#include <stepden/den.h>
#include <stepden/denm.h>

struct program {
    struct stepden_config config;
    struct stepden_den *den;
    struct stepden_now now;
    unsigned line; /* of the input, from 1 */
    struct stepden_diag diag;
    int exit_status;
};

static bool done(struct program *program, enum stepden_status status)
{
    if (status == STEPDEN_OK)
        return true;
    fprintf(stderr, "line %u: %s: %s\n", program->line, program->diag.where,
            program->diag.reason);
    program->exit_status = EXIT_FAILURE;
    return false;
}

/* Here a stack would put the bytes on the air. */
static void send_denm(void *ctx, const struct stepden_den_output *output)
{
    struct program *program = ctx;
    const struct stepden_action_id *id =
        &output->denm->management_container.action_id;
    char time[STEPDEN_RFC3339_SIZE];
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
    size_t size;

    if (!done(program, stepden_denm_encode(
                           uper, sizeof uper, &size, output->denm,
                           program->config.denm.release, &program->diag)))
        return;
    stepden_its_format(time, program->now.its_ms);
    printf("%s %" PRIu32 "/%" PRIu16 " %s %s ", time,
           id->originating_station_id, id->sequence_number,
           stepden_den_kind_text(output->kind),
           stepden_den_reason_text(output->reason));
    for (size_t i = 0; i < size; i++)
        printf("%02x", uper[i]);
    putchar('\n');
}

static void start(struct program *program)
{
    const struct stepden_den_sink sink = {.send = send_denm, .ctx = program};

    if (!done(program, stepden_den_new(&program->den, &program->config, &sink,
                                       &program->diag)))
        exit(EXIT_FAILURE);
}

/* Lets time pass, and does on the way what becomes due. */
static void run_until(struct program *program, int64_t its_ms)
{
    int64_t due_ms;

    while ((due_ms = stepden_den_run(program->den, program->now)) < its_ms)
        program->now = (struct stepden_now){due_ms, due_ms};
    if (its_ms > program->now.its_ms)
        program->now = (struct stepden_now){its_ms, its_ms};
}

static void take_prediction(struct program *program, const char *json)
{
    static struct stepden_station_collision_array array;
    char entry_id[16];

    if (!done(program, stepden_station_collision_array_read(
                           &array, json, strlen(json), &program->diag)))
        return;
    run_until(program, array.creation_time_its_ms);
    snprintf(entry_id, sizeof entry_id, "%u", program->line);
    done(program,
         stepden_den_take_collisions(program->den, &array, entry_id, "",
                                     program->now, &program->diag));
}

static void take_denm(struct program *program, const char *hex)
{
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
    size_t size = 0;
    int digits;
    struct stepden_denm_data denm;

    for (; size < sizeof uper &&
           sscanf(hex, "%2" SCNx8 "%n", &uper[size], &digits) == 1;
         size++)
        hex += digits;
    if (done(program, stepden_denm_decode(&denm, uper, size,
                                          program->config.denm.release,
                                          &program->diag)) &&
        stepden_den_take_denm(program->den, &denm, program->now) ==
            STEPDEN_DEN_NEGATED)
        printf("# an event of ours is negated\n");
}

/* A line with an action id and its record, as it might lie on a disk. */
static void save(void *ctx, const struct stepden_action_id *action_id,
                 const struct stepden_den_record *record)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX];
    size_t size = stepden_den_record_write(json, sizeof json, record);

    fprintf(ctx, "%" PRIu32 ":%" PRIu16 " %.*s\n",
            action_id->originating_station_id, action_id->sequence_number,
            (int)size, json);
}

/* Against a crash, the sink's `keep` and `forget` tell what to save at once. */
static void restart(struct program *program)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX + sizeof "\n"];
    static struct stepden_den_record record;
    struct stepden_action_id action_id;
    FILE *file = tmpfile();

    if (file == NULL)
        exit(EXIT_FAILURE);
    stepden_den_snapshot(program->den, save, file, program->now);
    stepden_den_free(program->den);
    start(program);
    rewind(file);
    while (fscanf(file, "%" SCNu32 ":%" SCNu16,
                  &action_id.originating_station_id,
                  &action_id.sequence_number) == 2 &&
           fgets(json, sizeof json, file) != NULL &&
           done(program, stepden_den_record_read(&record, json, strlen(json),
                                                 &program->diag)))
        done(program, stepden_den_restore(program->den, &action_id, &record,
                                          program->now, &program->diag));
    fclose(file);
    printf("# restarted with %" PRIu64 " events\n",
           stepden_den_counters(program->den)->active);
}

static void tell_fault(void *ctx, const struct stepden_config_fault *fault)
{
    fprintf(stderr, "%s:%zu: %s: %s\n", (const char *)ctx, fault->line,
            fault->diag.where, fault->diag.reason);
}

int main(int count, char **arguments)
{
    static struct program program;
    static char line[1 << 20];
    const struct stepden_config_report report = {tell_fault, arguments[1]};

    stepden_config_init(&program.config);
    if (count > 1 && stepden_config_load(&program.config, arguments[1],
                                         &report) != STEPDEN_OK)
        return EXIT_FAILURE;

    start(&program);
    while (fgets(line, sizeof line, stdin) != NULL) {
        program.line++;
        if (line[0] == '{')
            take_prediction(&program, line);
        else if (strcmp(line, "restart\n") == 0)
            restart(&program);
        else
            take_denm(&program, line);
    }
    run_until(&program, INT64_MAX);
    stepden_den_free(program.den);
    return program.exit_status;
}
