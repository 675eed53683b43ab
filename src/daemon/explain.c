#include "daemon/explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/json/writer.h>

#include "base/diag.h"
#include "base/digits.h"
#include "daemon/output.h"

/* Of a cancellation there is none, repeated or not. */
static bool has_choice(const struct stepden_den_output *output)
{
    return output->denm->has_situation_container;
}

/* ---- JSON ---- */

static struct stepden_json_writer begin(char text[STEPDEN_EXPLAIN_MAX])
{
    return (struct stepden_json_writer){
        .at = text,
        .end = text + STEPDEN_EXPLAIN_MAX,
    };
}

static void put_key(struct stepden_json_writer *writer, const char *key)
{
    stepden_json_put(writer, ",", 1);
    stepden_json_put_string(writer, key);
    stepden_json_put(writer, ":", 1);
}

static void put_text(struct stepden_json_writer *writer, const char *key,
                     const char *text)
{
    put_key(writer, key);
    stepden_json_put_string(writer, text);
}

static void put_number(struct stepden_json_writer *writer, const char *key,
                       int64_t number)
{
    put_key(writer, key);
    stepden_json_put_integer(writer, number);
}

static void put_action_id(struct stepden_json_writer *writer,
                          const struct stepden_action_id *action_id)
{
    put_key(writer, "actionId");
    char *id = writer->at;
    put_number(writer, "originatingStationId",
               action_id->originating_station_id);
    put_number(writer, "sequenceNumber", action_id->sequence_number);
    stepden_json_enclose(writer, id, "{}");
}

static void put_angle(struct stepden_json_writer *writer, const char *key,
                      int angle_ddeg)
{
    if (angle_ddeg < 0)
        return;
    put_key(writer, key);
    stepden_json_put_scaled(writer, angle_ddeg, 1);
}

static void put_choice(struct stepden_json_writer *writer,
                       const struct stepden_den_choice *choice)
{
    put_number(writer, "subCause", choice->sub_cause);
    if (choice->rule != STEPDEN_DEN_RULE_NONE)
        put_text(writer, "rule", stepden_den_rule_text(choice->rule));
    if (choice->confirmed > 0) {
        put_number(writer, "candidate", choice->candidate);
        put_number(writer, "confirmed", choice->confirmed);
    }
    put_angle(writer, "headingDifference", choice->between_ddeg);
    put_angle(writer, "bearing", choice->bearing_ddeg);
}

size_t stepden_explain_why(char text[STEPDEN_EXPLAIN_MAX],
                           const struct stepden_den_output *output)
{
    struct stepden_json_writer writer = begin(text);
    put_text(&writer, "kind", stepden_den_kind_text(output->kind));
    put_text(&writer, "reason", stepden_den_reason_text(output->reason));
    put_text(&writer, "event", output->event_id);
    if (has_choice(output))
        put_choice(&writer, &output->choice);
    stepden_json_enclose(&writer, text, "{}");
    return (size_t)(writer.at - text);
}

/* Makes {"name":{...}} of the members that `inside` begins with. */
static size_t enclose_twice(struct stepden_json_writer *writer, char *inside,
                            char *text)
{
    stepden_json_enclose(writer, inside, "{}");
    stepden_json_enclose(writer, text, "{}");
    return (size_t)(writer->at - text);
}

size_t stepden_explain_skipped(char text[STEPDEN_EXPLAIN_MAX],
                               const char *event_id,
                               const struct stepden_action_id *action_id,
                               enum stepden_den_skip why)
{
    struct stepden_json_writer writer = begin(text);
    put_key(&writer, "skipped");
    char *inside = writer.at;
    put_text(&writer, "event", event_id);
    if (action_id)
        put_action_id(&writer, action_id);
    put_text(&writer, "reason", stepden_den_skip_text(why));
    return enclose_twice(&writer, inside, text);
}

size_t stepden_explain_received(char text[STEPDEN_EXPLAIN_MAX], uint64_t line,
                                const struct stepden_denm_data *denm,
                                enum stepden_den_verdict verdict)
{
    struct stepden_json_writer writer = begin(text);
    put_key(&writer, "received");
    char *inside = writer.at;
    put_number(&writer, "line", (int64_t)line);
    put_action_id(&writer, &denm->management_container.action_id);
    put_text(&writer, "verdict", stepden_den_verdict_text(verdict));
    return enclose_twice(&writer, inside, text);
}

/* ---- the log ---- */

static void append(char text[STEPDEN_EXPLAIN_MAX], const char *format, ...)
    STEPDEN_PRINTF(2, 3);

static void append(char text[STEPDEN_EXPLAIN_MAX], const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, STEPDEN_EXPLAIN_MAX - used, format, arguments);
    va_end(arguments);
}

static void append_angle(char text[STEPDEN_EXPLAIN_MAX], const char *key,
                         int angle_ddeg)
{
    if (angle_ddeg >= 0)
        append(text, " %s=%d.%d", key, angle_ddeg / 10, angle_ddeg % 10);
}

static void append_choice(char text[STEPDEN_EXPLAIN_MAX],
                          const struct stepden_den_choice *choice)
{
    append(text, " sub_cause=%u", (unsigned)choice->sub_cause);
    if (choice->rule != STEPDEN_DEN_RULE_NONE)
        append(text, " rule=%s", stepden_den_rule_text(choice->rule));
    if (choice->confirmed > 0)
        append(text, " candidate=%u confirmed=%u", (unsigned)choice->candidate,
               (unsigned)choice->confirmed);
    append_angle(text, "heading_difference", choice->between_ddeg);
    append_angle(text, "bearing", choice->bearing_ddeg);
}

const char *stepden_explain_log(char text[STEPDEN_EXPLAIN_MAX],
                                const struct stepden_den_output *output)
{
    text[0] = '\0';
    append(text, "kind=%s reason=%s event_id=%s",
           stepden_den_kind_text(output->kind),
           stepden_den_reason_text(output->reason), output->event_id);
    if (has_choice(output))
        append_choice(text, &output->choice);
    return text;
}

const char *stepden_explain_id(char text[STEPDEN_EXPLAIN_ID_MAX],
                               const struct stepden_action_id *action_id)
{
    if (!action_id)
        return "-";
    char *at = stepden_digits_put(text, action_id->originating_station_id);
    *at++ = ':';
    *stepden_digits_put(at, action_id->sequence_number) = '\0';
    return text;
}

bool stepden_explain_read_id(struct stepden_action_id *action_id,
                             const char *text, size_t size)
{
    char copy[STEPDEN_EXPLAIN_ID_MAX] = {0}, again[STEPDEN_EXPLAIN_ID_MAX];
    char *colon;

    if (size >= sizeof copy)
        return false;
    memcpy(copy, text, size);
    action_id->originating_station_id = (uint32_t)strtoull(copy, &colon, 10);
    action_id->sequence_number =
        *colon == ':' ? (uint16_t)strtoull(colon + 1, NULL, 10) : 0;
    stepden_explain_id(again, action_id);
    return strlen(again) == size && memcmp(again, text, size) == 0;
}
