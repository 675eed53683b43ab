#include "recorder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"trigger", "update", "cancellation",
                                    "repetition"};

static char json[STEPDEN_DEN_RECORD_JSON_MAX + 1];

void recorder_note(struct recorder *recorder, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (recorder->length + (size_t)length + 2 > recorder->size) {
        recorder->size = 2 * (recorder->size + (size_t)length) + 4096;
        recorder->log = realloc(recorder->log, recorder->size);
    }
    va_start(arguments, format);
    vsnprintf(recorder->log + recorder->length, (size_t)length + 1, format,
              arguments);
    va_end(arguments);
    recorder->length += (size_t)length;
    strcpy(recorder->log + recorder->length++, "\n");
}

static void on_send(void *ctx, const struct stepden_den_output *output)
{
    struct recorder *recorder = ctx;
    const struct stepden_den_choice *choice = &output->choice;

    json[stepden_denm_data_write(json, sizeof json - 1, output->denm)] = '\0';
    recorder_note(recorder,
                  "%s, %s: %s of %s \"%s\", sub-cause %u by %s, %u %u times, "
                  "%d between, bearing %d: %s",
                  kinds[output->kind], stepden_den_reason_text(output->reason),
                  output->id, output->event_id, output->traceparent,
                  choice->sub_cause, stepden_den_rule_text(choice->rule),
                  choice->candidate, choice->confirmed, choice->between_ddeg,
                  choice->bearing_ddeg, json);
    if (recorder->sent)
        recorder->sent(recorder->ctx, output, json);
}

static uint32_t number_of(const struct recorder *recorder,
                          const struct stepden_action_id *action_id)
{
    return (action_id->originating_station_id - recorder->station_id) * 65536 +
           action_id->sequence_number;
}

struct stepden_action_id recorder_action_id(const struct recorder *recorder,
                                            uint32_t number)
{
    return (struct stepden_action_id){recorder->station_id + number / 65536,
                                      (uint16_t)(number % 65536)};
}

static void replace(struct recorder *recorder,
                    const struct stepden_action_id *action_id, char *text)
{
    uint32_t number = number_of(recorder, action_id);

    if (number >= RECORDER_NUMBERS)
        abort();
    char *before = recorder->kept[number];
    recorder->is_idle |= text && before && strcmp(text, before) == 0;
    free(before);
    recorder->kept[number] = text;
    if (recorder->touched_count < RECORDER_TOUCHED_MAX)
        recorder->touched[recorder->touched_count++] = number;
}

static void on_keep(void *ctx, const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record)
{
    json[stepden_den_record_write(json, sizeof json - 1, record)] = '\0';
    replace(ctx, action_id, strdup(json));
}

static void on_forget(void *ctx, const struct stepden_action_id *action_id)
{
    replace(ctx, action_id, NULL);
}

static void on_skip(void *ctx, const char *event_id,
                    const struct stepden_action_id *action_id,
                    enum stepden_den_skip why)
{
    struct recorder *recorder = ctx;
    recorder_note(recorder, "skip, %s: %s of %u:%d", stepden_den_skip_text(why),
                  event_id, action_id ? action_id->originating_station_id : 0,
                  action_id ? action_id->sequence_number : -1);
    if (recorder->skipped)
        recorder->skipped(recorder->ctx, why);
}

struct stepden_den_sink recorder_sink(struct recorder *recorder)
{
    return (struct stepden_den_sink){
        .send = on_send,
        .keep = on_keep,
        .forget = on_forget,
        .skip = on_skip,
        .ctx = recorder,
    };
}

void recorder_list(void *ctx, const struct stepden_action_id *action_id,
                   const struct stepden_den_record *record)
{
    json[stepden_den_record_write(json, sizeof json - 1, record)] = '\0';
    recorder_note(ctx, "%u %s", number_of(ctx, action_id), json);
}

void recorder_reset(struct recorder *recorder)
{
    recorder->length = 0;
    recorder->touched_count = 0;
    recorder->is_idle = false;
    if (recorder->log)
        recorder->log[0] = '\0';
}

void recorder_close(struct recorder *recorder)
{
    for (uint32_t i = 0; i < RECORDER_NUMBERS; i++)
        free(recorder->kept[i]);
    free(recorder->log);
    memset(recorder, 0, sizeof *recorder);
}
