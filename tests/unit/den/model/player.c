#include "player.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "inputs.h"
#include "model.h"
#include "receivers.h"
#include "recorder.h"

#define ITS_START INT64_C(722552748120) /* some evening in 2026 */
#define SENT_MAX 16u

static struct player {
    struct stepden_config config;
    struct stepden_den *den;
    struct model *model;
    struct recorder by_den;
    struct recorder by_model;
    struct receivers receivers;
    struct stepden_now now;
    int64_t deadline_ms;     /* as returned last */
    int64_t run_by_ms;       /* the same, or when there was an input since */
    int64_t creation_its_ms; /* of the last array */
    uint32_t step;
    uint32_t entries;
    bool clock_was_set;
    struct stepden_management_container sent[SENT_MAX]; /* the latest ones */
    uint32_t sent_count;
    uint64_t expired_records; /* as counted so far */
    struct stepden_station_collision_array array;
    struct stepden_den_record record;
    FILE *story;
    bool differs;
} player;

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...)
{
    va_list arguments;
    if (!player.story)
        return;
    va_start(arguments, format);
    vfprintf(player.story, format, arguments);
    va_end(arguments);
    fputc('\n', player.story);
}

/* Outputs, as they come */

static void count_output(const struct stepden_den_output *output)
{
    const struct stepden_management_container *management =
        &output->denm->management_container;

    coverage_count(COVERAGE_KINDS + output->kind);
    coverage_count(COVERAGE_REASONS + output->reason);
    if (output->kind != STEPDEN_DEN_CANCELLATION)
        coverage_count(COVERAGE_RULES + output->choice.rule);
    if (output->choice.confirmed > 0)
        coverage_count(COVERAGE_SUB_CAUSE_WAITS);
    if (output->kind == STEPDEN_DEN_REPETITION && management->has_termination)
        coverage_count(COVERAGE_CANCELLATION_REPEATED);
    if (output->kind == STEPDEN_DEN_REPETITION)
        return;
    if (output->kind == STEPDEN_DEN_UPDATE &&
        management->detection_time_its_ms > player.creation_its_ms)
        coverage_count(COVERAGE_DETECTION_STAYS);
    if (management->reference_time_its_ms > player.now.its_ms)
        coverage_count(COVERAGE_REFERENCE_AHEAD);
    if (management->action_id.originating_station_id > INPUTS_STATION_ID)
        coverage_count(COVERAGE_SECOND_STATION);
    if (output->kind == STEPDEN_DEN_TRIGGER && player.sent_count > 0 &&
        management->action_id.sequence_number == 0)
        coverage_count(COVERAGE_SEQUENCE_WRAPS);
}

static void on_sent(void *ctx, const struct stepden_den_output *output,
                    const char *json)
{
    (void)ctx;
    receivers_hear(&player.receivers, output, json);
    count_output(output);
    if (output->kind == STEPDEN_DEN_REPETITION)
        return;
    player.sent[player.sent_count++ % SENT_MAX] =
        output->denm->management_container;
}

static void on_skipped(void *ctx, enum stepden_den_skip why)
{
    (void)ctx;
    coverage_count(COVERAGE_SKIPS + why);
}

/* Comparing */

static void differ(const char *what, const char *by_den, const char *by_model)
{
    player.differs = true;
    tell("DIFFERENCE: %s\n-- the service:\n%s\n-- the model:\n%s", what,
         by_den ? by_den : "(none)", by_model ? by_model : "(none)");
}

static bool same_text(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

static void compare_kept(uint32_t number)
{
    const char *by_den = player.by_den.kept[number];
    const char *by_model = player.by_model.kept[number];
    if (!same_text(by_den, by_model))
        differ("what is kept", by_den, by_model);
    if (!by_den)
        coverage_count(COVERAGE_FORGOTTEN);
}

static void compare_counters(void)
{
    static const char *const names[] = {
        "arrays",
        "triggers",
        "updates",
        "cancellations",
        "repetitions",
        "not_newer",
        "held_off",
        "expired",
        "held_back",
        "expired_records",
        "refused_full",
        "refused_action_id",
        "negations",
        "negations_unknown",
        "negations_outdated",
        "denms_live",
        "active",
        "reserved",
    };
    const uint64_t *by_den = (const uint64_t *)stepden_den_counters(player.den);
    const uint64_t *by_model = (const uint64_t *)model_counters(player.model);

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (by_den[i] != by_model[i]) {
            player.differs = true;
            tell("DIFFERENCE: counter %s: the service has %" PRIu64
                 ", the model %" PRIu64,
                 names[i], by_den[i], by_model[i]);
        }
    }
}

static void count_ends_unsaid(void)
{
    uint64_t now = stepden_den_counters(player.den)->expired_records;
    if (now > player.expired_records)
        coverage_count(COVERAGE_ENDS_UNSAID);
    player.expired_records = now;
}

/* What both did since the last time, and returned. */
static void compare(int64_t by_den, int64_t by_model)
{
    if (player.by_den.length > 0)
        tell("%.*s", (int)player.by_den.length - 1, player.by_den.log);
    if (by_den != by_model) {
        player.differs = true;
        tell("DIFFERENCE: the service returned %" PRId64 ", the model %" PRId64
             " (mono %" PRId64 ")",
             by_den, by_model, player.now.mono_ms);
    }
    if (player.by_den.length != player.by_model.length ||
        (player.by_den.length > 0 &&
         !same_text(player.by_den.log, player.by_model.log)))
        differ("what is sent and skipped", player.by_den.log,
               player.by_model.log);
    for (uint32_t i = 0; i < player.by_den.touched_count; i++)
        compare_kept(player.by_den.touched[i]);
    for (uint32_t i = 0; i < player.by_model.touched_count; i++)
        compare_kept(player.by_model.touched[i]);
    compare_counters();
    count_ends_unsaid();
    if (player.receivers.complaint[0] != '\0') {
        player.differs = true;
        tell("RECEIVERS COMPLAIN: %s", player.receivers.complaint);
    }
    recorder_reset(&player.by_den);
    recorder_reset(&player.by_model);
}

/* Time */

static void pass(int64_t ms)
{
    player.now.mono_ms += ms;
    player.now.its_ms += ms;
    player.receivers.true_ms += ms;
    player.receivers.its_ms = player.now.its_ms;
    if (player.now.mono_ms > player.run_by_ms)
        player.receivers.may_be_late = true;
}

static void run(void)
{
    int64_t latest_ms = player.now.mono_ms +
                        player.config.denm_check_last_update_max_interval_ms;

    if (player.now.mono_ms > player.run_by_ms)
        coverage_count(COVERAGE_RUN_LATE);
    player.deadline_ms = stepden_den_run(player.den, player.now);
    int64_t by_model = model_run(player.model, player.now);
    coverage_count(player.deadline_ms == INT64_MAX  ? COVERAGE_DEADLINE_NONE
                   : player.deadline_ms < latest_ms ? COVERAGE_DEADLINE_EXACT
                                                    : COVERAGE_DEADLINE_CAPPED);
    player.run_by_ms = player.deadline_ms;
    receivers_look(&player.receivers);
    compare(player.deadline_ms, by_model);
}

static void wait_for_deadline(int64_t late_ms)
{
    if (player.deadline_ms == INT64_MAX)
        return;
    if (player.deadline_ms > player.now.mono_ms)
        pass(player.deadline_ms - player.now.mono_ms);
    pass(late_ms);
    run();
}

static void advance(int64_t ms)
{
    int64_t end_ms = player.now.mono_ms + ms;
    run();
    while (player.deadline_ms <= end_ms && !player.differs) {
        pass(player.deadline_ms - player.now.mono_ms);
        run();
    }
    if (!player.differs)
        pass(end_ms - player.now.mono_ms);
}

static void set_clock(int64_t ms)
{
    player.now.its_ms += ms;
    player.receivers.its_ms = player.now.its_ms;
    player.clock_was_set = true;
}

/* Inputs */

static void take_array(const struct script_step *step)
{
    struct stepden_station_collision_array *array = &player.array;
    char entry_id[STEPDEN_EVENT_ID_SIZE + 2];
    char traceparent[40] = "";
    struct stepden_diag diag;

    inputs_array(array, step);
    array->creation_time_its_ms =
        (step->value[ARRAY_LAST] ? player.creation_its_ms : player.now.its_ms) +
        step->value[ARRAY_MADE];
    snprintf(entry_id, sizeof entry_id, "%0*u-0",
             step->value[ARRAY_DEFECT] == DEFECT_LONG_ID ? 44 : 1,
             ++player.entries);
    if (step->value[ARRAY_TRACE])
        snprintf(traceparent, sizeof traceparent, "00-%u", player.entries);

    player.run_by_ms = player.now.mono_ms;
    player.creation_its_ms = array->creation_time_its_ms;
    player.receivers.last_collision_its_ms = 0;
    enum stepden_status by_den = stepden_den_take_collisions(
        player.den, array, entry_id, traceparent, player.now, &diag);
    enum stepden_status by_model =
        step->value[ARRAY_DEFECT] == DEFECT_LONG_ID
            ? STEPDEN_ERR_INVALID
            : model_take_collisions(player.model, array, entry_id, traceparent,
                                    player.now);
    if (by_den != STEPDEN_OK)
        coverage_count(by_den == STEPDEN_ERR_RANGE ? COVERAGE_ARRAY_AHEAD
                                                   : COVERAGE_ARRAY_REFUSED);
    compare(by_den, by_model);
}

static void take_denm(const struct script_step *step)
{
    struct stepden_management_container sent = {
        .action_id.originating_station_id = INPUTS_STATION_ID,
        .reference_time_its_ms = player.now.its_ms,
    };
    uint32_t age = (uint32_t)step->value[DENM_SENT];
    static struct stepden_denm_data denm;

    if (age < SENT_MAX && age < player.sent_count)
        sent = player.sent[(player.sent_count - 1 - age) % SENT_MAX];
    inputs_denm(&denm, step, &sent, player.now.its_ms);
    enum stepden_den_verdict by_den =
        stepden_den_take_denm(player.den, &denm, player.now);
    coverage_count(COVERAGE_VERDICTS + by_den);
    if (by_den == STEPDEN_DEN_NEGATED)
        receivers_negate(&player.receivers,
                         &denm.management_container.action_id);
    compare(by_den, model_take_denm(player.model, &denm, player.now));
}

/* Restarts */

static void restore(const struct stepden_den_record *record)
{
    struct stepden_diag diag;
    enum stepden_status by_den =
        stepden_den_restore(player.den, record, player.now, &diag);

    coverage_count(by_den == STEPDEN_OK         ? COVERAGE_RESTORED
                   : by_den == STEPDEN_ERR_FULL ? COVERAGE_RESTORE_FULL
                                                : COVERAGE_RESTORE_REFUSED);
    if (by_den == STEPDEN_OK && record->has_held)
        coverage_count(COVERAGE_HELD_RESTORED);
    if (by_den == STEPDEN_OK && record->has_repeated)
        coverage_count(COVERAGE_REPETITION_RESTORED);
    if (by_den == STEPDEN_OK && record->has_hold_off_until)
        coverage_count(COVERAGE_HOLD_OFF_RESTORED);
    enum stepden_status by_model =
        model_restore(player.model, record, player.now);
    if (by_den != by_model)
        compare(by_den, by_model);
}

static void read_record(const char *json)
{
    struct stepden_diag diag;
    if (stepden_den_record_read(&player.record, json, strlen(json), &diag) !=
        STEPDEN_OK) {
        player.differs = true;
        tell("DIFFERENCE: a kept record is not read, %s: %s\n%s", diag.where,
             diag.reason, json);
    }
}

static void restore_text(const char *json)
{
    read_record(json);
    restore(&player.record);
}

/* Both list their records. */
static void take_snapshot(void)
{
    stepden_den_snapshot(player.den, recorder_list, &player.by_den, player.now);
    model_snapshot(player.model, recorder_list, &player.by_model, player.now);
}

static void open_both(void)
{
    struct stepden_den_sink sink = recorder_sink(&player.by_den);
    struct stepden_diag diag;

    if (stepden_den_new(&player.den, &player.config, &sink, &diag) !=
        STEPDEN_OK)
        abort();
    sink = recorder_sink(&player.by_model);
    player.model = model_new(&player.config, &sink);
}

static void close_both(void)
{
    stepden_den_free(player.den);
    model_free(player.model);
}

static void restore_kept(bool reverse)
{
    for (uint32_t i = 0; i < RECORDER_NUMBERS && !player.differs; i++) {
        uint32_t number = reverse ? RECORDER_NUMBERS - 1 - i : i;
        if (player.by_den.kept[number])
            restore_text(player.by_den.kept[number]);
    }
}

/* The text of a snapshot is one line for each record. */
static void restore_lines(char *text, bool reverse)
{
    char *lines[1000];
    uint32_t count = 0;
    char *rest;

    for (char *line = strtok_r(text, "\n", &rest); line && count < 1000;
         line = strtok_r(NULL, "\n", &rest))
        lines[count++] = line;
    for (uint32_t i = 0; i < count && !player.differs; i++)
        restore_text(lines[reverse ? count - 1 - i : i]);
}

static void restart(const struct script_step *step)
{
    char *snapshot = NULL;

    if (step->value[RESTART_SNAPSHOT]) {
        take_snapshot();
        snapshot = strdup(player.by_den.log ? player.by_den.log : "");
        compare(0, 0);
    }
    if (step->kind == SCRIPT_RELOAD) {
        stepden_den_clear(player.den);
        model_clear(player.model);
    } else {
        close_both();
    }
    pass(step->value[RESTART_MS]);
    if (step->kind == SCRIPT_RESTART && step->value[RESTART_BOOT])
        player.now.mono_ms = 17;
    if (step->kind == SCRIPT_RESTART)
        open_both();
    if (snapshot)
        restore_lines(snapshot, step->value[RESTART_REVERSE] != 0);
    else
        restore_kept(step->value[RESTART_REVERSE] != 0);
    free(snapshot);
    compare(0, 0);
    player.deadline_ms = player.now.mono_ms;
    player.run_by_ms = player.now.mono_ms;
    player.receivers.may_be_early |= player.clock_was_set;
    player.receivers.may_be_late |=
        player.clock_was_set || step->value[RESTART_MS] > 0;
}

static void restore_odd(const struct script_step *step)
{
    uint32_t number = (uint32_t)step->value[RESTORE_PICK] % RECORDER_NUMBERS;

    for (uint32_t i = 0; i < 64 && !player.by_den.kept[number]; i++)
        number = (number + 1) % RECORDER_NUMBERS;
    if (!player.by_den.kept[number])
        return;
    read_record(player.by_den.kept[number]);
    if (step->value[RESTORE_FOREIGN])
        player.record.action_id.originating_station_id += 1000;
    player.record.action_id.sequence_number =
        (uint16_t)(player.record.action_id.sequence_number +
                   step->value[RESTORE_NUMBER]);
    player.record.key.target_station_id =
        (uint32_t)(player.record.key.target_station_id +
                   step->value[RESTORE_PARTY]);
    restore(&player.record);
    compare(0, 0);
}

static void fill(const struct script_step *step)
{
    for (uint32_t i = 0; i < step->value[FILL_COUNT] && !player.differs; i++) {
        inputs_fill(&player.record, step, i, player.now.its_ms);
        restore(&player.record);
    }
    compare(0, 0);
}

/* Playing */

static void play_step(const struct script_step *step)
{
    switch (step->kind) {
    case SCRIPT_CONFIG:
        break;
    case SCRIPT_PASS:
        pass(step->value[TIME_MS]);
        break;
    case SCRIPT_RUN:
        run();
        break;
    case SCRIPT_DEADLINE:
        wait_for_deadline(step->value[TIME_MS]);
        break;
    case SCRIPT_ADVANCE:
        advance(step->value[TIME_MS]);
        break;
    case SCRIPT_CLOCK:
        set_clock(step->value[TIME_MS]);
        break;
    case SCRIPT_ARRAY:
        take_array(step);
        break;
    case SCRIPT_DENM:
        take_denm(step);
        break;
    case SCRIPT_RESTART:
    case SCRIPT_RELOAD:
        restart(step);
        break;
    case SCRIPT_RESTORE:
        restore_odd(step);
        break;
    case SCRIPT_FILL:
        fill(step);
        break;
    }
}

static void start(const struct script *script, FILE *story)
{
    memset(&player, 0, sizeof player);
    player.story = story;
    player.now = (struct stepden_now){5000000, ITS_START};
    player.creation_its_ms = player.now.its_ms;
    player.deadline_ms = INT64_MAX;
    player.run_by_ms = INT64_MAX;
    player.receivers.its_ms = player.now.its_ms;
    player.by_den.station_id = INPUTS_STATION_ID;
    player.by_den.sent = on_sent;
    player.by_den.skipped = on_skipped;
    player.by_model.station_id = INPUTS_STATION_ID;
    inputs_config(&player.config, &script->config);
    player.receivers.may_be_late = script->config.value[CONFIG_EXPIRE] ||
                                   script->config.value[CONFIG_SPACING];
    open_both();
}

uint32_t player_last_step(void)
{
    return player.step;
}

bool player_play(const struct script *script, FILE *story)
{
    char line[1000];

    start(script, story);
    for (player.step = 0; player.step < script->count; player.step++) {
        const struct script_step *step = &script->steps[player.step];
        script_print(step, line, sizeof line);
        tell("[%u] %s", player.step, line);
        play_step(step);
        if (player.differs)
            break;
    }
    close_both();
    recorder_close(&player.by_den);
    recorder_close(&player.by_model);
    receivers_close(&player.receivers);
    return !player.differs;
}
