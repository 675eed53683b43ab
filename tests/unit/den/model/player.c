#include "player.h"

#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "inputs.h"
#include "stage.h"

#define ITS_START INT64_C(722552748120) /* some evening in 2026 */

/* Time */

static void pass(int64_t ms)
{
    stage.now.mono_ms += ms;
    stage.now.its_ms += ms;
    stage.receivers.true_ms += ms;
    stage.receivers.its_ms = stage.now.its_ms;
    if (stage.now.mono_ms > stage.run_by_ms)
        stage.receivers.may_be_late = true;
}

static void run(void)
{
    int64_t latest_ms =
        stage.now.mono_ms + stage.config.denm_check_last_update_max_interval_ms;

    if (stage.now.mono_ms > stage.run_by_ms)
        coverage_count(COVERAGE_RUN_LATE);
    stage.deadline_ms = stepden_den_run(stage.den, stage.now);
    int64_t by_model = model_run(stage.model, stage.now);
    coverage_count(stage.deadline_ms == INT64_MAX  ? COVERAGE_DEADLINE_NONE
                   : stage.deadline_ms < latest_ms ? COVERAGE_DEADLINE_EXACT
                                                   : COVERAGE_DEADLINE_CAPPED);
    stage.run_by_ms = stage.deadline_ms;
    receivers_look(&stage.receivers);
    stage_compare(stage.deadline_ms, by_model);
}

static void wait_for_deadline(int64_t late_ms)
{
    if (stage.deadline_ms == INT64_MAX)
        return;
    if (stage.deadline_ms > stage.now.mono_ms)
        pass(stage.deadline_ms - stage.now.mono_ms);
    pass(late_ms);
    run();
}

static void advance(int64_t ms)
{
    int64_t end_ms = stage.now.mono_ms + ms;
    run();
    while (stage.deadline_ms <= end_ms && !stage.differs) {
        pass(stage.deadline_ms - stage.now.mono_ms);
        run();
    }
    if (!stage.differs)
        pass(end_ms - stage.now.mono_ms);
}

static void set_clock(int64_t ms)
{
    stage.now.its_ms += ms;
    stage.receivers.its_ms = stage.now.its_ms;
    stage.clock_was_set = true;
    /* What is held back says when it was detected by the clock as it was. */
    stage.receivers.may_be_late |= stage.config.denm.min_update_interval_ms > 0;
}

/* Inputs */

static void take_array(const struct script_step *step)
{
    struct stepden_station_collision_array *array = &stage.array;
    char entry_id[STEPDEN_EVENT_ID_SIZE + 2];
    char traceparent[40] = "";
    struct stepden_diag diag;

    inputs_array(array, step);
    array->creation_time_its_ms =
        (step->value[ARRAY_LAST] ? stage.creation_its_ms : stage.now.its_ms) +
        step->value[ARRAY_MADE];
    snprintf(entry_id, sizeof entry_id, "%0*u-0",
             step->value[ARRAY_DEFECT] == DEFECT_LONG_ID ? 44 : 1,
             ++stage.entries);
    if (step->value[ARRAY_TRACE])
        snprintf(traceparent, sizeof traceparent, "00-%u", stage.entries);

    stage.run_by_ms = stage.now.mono_ms;
    stage.creation_its_ms = array->creation_time_its_ms;
    stage.receivers.last_collision_its_ms = 0;
    enum stepden_status by_den = stepden_den_take_collisions(
        stage.den, array, entry_id, traceparent, stage.now, &diag);
    enum stepden_status by_model =
        step->value[ARRAY_DEFECT] == DEFECT_LONG_ID
            ? STEPDEN_ERR_INVALID
            : model_take_collisions(stage.model, array, entry_id, traceparent,
                                    stage.now);
    if (by_den != STEPDEN_OK)
        coverage_count(by_den == STEPDEN_ERR_RANGE ? COVERAGE_ARRAY_AHEAD
                                                   : COVERAGE_ARRAY_REFUSED);
    stage_compare(by_den, by_model);
}

static void take_denm(const struct script_step *step)
{
    struct stepden_management_container sent = {
        .action_id.originating_station_id = INPUTS_STATION_ID,
        .reference_time_its_ms = stage.now.its_ms,
    };
    uint32_t age = (uint32_t)step->value[DENM_SENT];
    static struct stepden_denm_data denm;

    if (age < STAGE_SENT_MAX && age < stage.sent_count)
        sent = stage.sent[(stage.sent_count - 1 - age) % STAGE_SENT_MAX];
    inputs_denm(&denm, step, &sent, stage.now.its_ms);
    enum stepden_den_verdict by_den =
        stepden_den_take_denm(stage.den, &denm, stage.now);
    coverage_count(COVERAGE_VERDICTS + by_den);
    if (by_den == STEPDEN_DEN_NEGATED)
        receivers_negate(&stage.receivers,
                         &denm.management_container.action_id);
    stage_compare(by_den, model_take_denm(stage.model, &denm, stage.now));
}

/* Restarts */

static bool restore(void)
{
    const struct stepden_den_record *record = &stage.record;
    struct stepden_diag diag;
    enum stepden_status by_den = stepden_den_restore(
        stage.den, &stage.action_id, record, stage.now, &diag);

    coverage_count(by_den == STEPDEN_OK ? COVERAGE_RESTORED
                                        : COVERAGE_RESTORE_REFUSED);
    if (by_den == STEPDEN_OK && record->has_held)
        coverage_count(COVERAGE_HELD_RESTORED);
    if (by_den == STEPDEN_OK && record->has_repeated)
        coverage_count(COVERAGE_REPETITION_RESTORED);
    if (by_den == STEPDEN_OK && record->has_hold_off_after)
        coverage_count(COVERAGE_HOLD_OFF_RESTORED);
    enum stepden_status by_model =
        model_restore(stage.model, &stage.action_id, record, stage.now);
    if (by_den != by_model)
        stage_compare(by_den, by_model);
    return by_den == STEPDEN_OK;
}

static void read_record(uint32_t number, const char *json)
{
    struct stepden_diag diag;

    stage.action_id = recorder_action_id(&stage.by_den, number);
    if (stepden_den_record_read(&stage.record, json, strlen(json), &diag) !=
        STEPDEN_OK) {
        stage.differs = true;
        stage_tell("DIFFERENCE: a kept record is not read, %s: %s\n%s",
                   diag.where, diag.reason, json);
    }
}

static void restore_text(uint32_t number, const char *json)
{
    read_record(number, json);
    restore();
}

/* Both list their records. */
static void take_snapshot(void)
{
    stepden_den_snapshot(stage.den, recorder_list, &stage.by_den, stage.now);
    model_snapshot(stage.model, recorder_list, &stage.by_model, stage.now);
}

static void restore_kept(bool reverse)
{
    for (uint32_t i = 0; i < RECORDER_NUMBERS && !stage.differs; i++) {
        uint32_t number = reverse ? RECORDER_NUMBERS - 1 - i : i;
        if (stage.by_den.kept[number])
            restore_text(number, stage.by_den.kept[number]);
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
    for (uint32_t i = 0; i < count && !stage.differs; i++) {
        char *json;
        uint32_t number =
            (uint32_t)strtoul(lines[reverse ? count - 1 - i : i], &json, 10);
        restore_text(number, json);
    }
}

static void restart(const struct script_step *step)
{
    char *snapshot = NULL;

    if (step->value[RESTART_SNAPSHOT]) {
        take_snapshot();
        snapshot = strdup(stage.by_den.log ? stage.by_den.log : "");
        stage_compare(0, 0);
    }
    if (step->kind == SCRIPT_RELOAD) {
        stepden_den_clear(stage.den);
        model_clear(stage.model);
    } else {
        stage_close();
    }
    pass(step->value[RESTART_MS]);
    if (step->kind == SCRIPT_RESTART && step->value[RESTART_BOOT])
        stage.now.mono_ms = 17;
    if (step->kind == SCRIPT_RESTART)
        stage_open();
    if (snapshot)
        restore_lines(snapshot, step->value[RESTART_REVERSE] != 0);
    else
        restore_kept(step->value[RESTART_REVERSE] != 0);
    free(snapshot);
    stage_compare(0, 0);
    stage.deadline_ms = stage.now.mono_ms;
    stage.run_by_ms = stage.now.mono_ms;
    stage.receivers.may_be_early |= stage.clock_was_set;
    stage.receivers.may_be_late |=
        stage.clock_was_set || step->value[RESTART_MS] > 0;
}

static void restore_odd(const struct script_step *step)
{
    uint32_t number = (uint32_t)step->value[RESTORE_PICK] % RECORDER_NUMBERS;

    for (uint32_t i = 0; i < 64 && !stage.by_den.kept[number]; i++)
        number = (number + 1) % RECORDER_NUMBERS;
    if (!stage.by_den.kept[number])
        return;
    bool is_odd = step->value[RESTORE_FOREIGN] || step->value[RESTORE_NUMBER] ||
                  step->value[RESTORE_PARTY];
    read_record(number, stage.by_den.kept[number]);
    if (step->value[RESTORE_FOREIGN])
        stage.action_id.originating_station_id += 1000;
    stage.action_id.sequence_number =
        (uint16_t)(stage.action_id.sequence_number +
                   step->value[RESTORE_NUMBER]);
    stage.record.key.target_station_id =
        (uint32_t)(stage.record.key.target_station_id +
                   step->value[RESTORE_PARTY]);
    if (restore() && is_odd)
        receivers_forget(&stage.receivers, &stage.action_id);
    stage_compare(0, 0);
}

static void fill(const struct script_step *step)
{
    for (uint32_t i = 0; i < step->value[FILL_COUNT] && !stage.differs; i++) {
        inputs_fill(&stage.action_id, &stage.record, step, i, stage.now.its_ms);
        restore();
    }
    stage_compare(0, 0);
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
    const int64_t *config = script->config.value;

    memset(&stage, 0, sizeof stage);
    stage.story = story;
    stage.now = (struct stepden_now){5000000, ITS_START};
    stage.creation_its_ms = stage.now.its_ms;
    stage.deadline_ms = INT64_MAX;
    stage.run_by_ms = INT64_MAX;
    stage.receivers.its_ms = stage.now.its_ms;
    inputs_config(&stage.config, &script->config);
    stage.partition =
        (uint32_t)(config[CONFIG_PARTITION] % config[CONFIG_PARTITIONS]);
    stage.receivers.may_be_late =
        config[CONFIG_EXPIRE] ||
        config[CONFIG_SPACING] > config[CONFIG_DELAY] + config[CONFIG_TICK];
    stage_open();
}

uint32_t player_last_step(void)
{
    return stage.step;
}

bool player_play(const struct script *script, FILE *story)
{
    char line[1000];

    start(script, story);
    for (stage.step = 0; stage.step < script->count; stage.step++) {
        const struct script_step *step = &script->steps[stage.step];
        script_print(step, line, sizeof line);
        stage_tell("[%u] %s", stage.step, line);
        play_step(step);
        if (stage.differs)
            break;
    }
    stage_close();
    recorder_close(&stage.by_den);
    recorder_close(&stage.by_model);
    receivers_close(&stage.receivers);
    return !stage.differs;
}
