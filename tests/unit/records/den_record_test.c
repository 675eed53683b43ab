#include <stepden/records/den_record.h>

#include <stdint.h>

#include "../json/suite.h"

#define TYPICAL                                                                \
    "[0,[100372,0,200002,0],\"1795281450226-26/2\",722956655098,444,194,0,"    \
    "444,20020,41000,[455578508,92595736],4,1,500,0]"

static struct stepden_den_record record, again;
static struct stepden_diag diag;
static char json[STEPDEN_DEN_RECORD_JSON_MAX];
static char json_again[STEPDEN_DEN_RECORD_JSON_MAX];

static enum stepden_status take(const char *text)
{
    return stepden_den_record_read(&record, text, strlen(text), &diag);
}

START_TEST(a_usual_record_has_a_hundred_bytes)
{
    ck_assert_int_eq(take(TYPICAL), STEPDEN_OK);
    ck_assert_int_eq(record.ended, 0);
    ck_assert_uint_eq(record.key.target_station_id, 200002);
    ck_assert_int_eq(record.collision_after_ms, 20020);
    ck_assert_int_eq(record.position.longitude_e7, 92595736);
    ck_assert_uint_eq(record.awareness_distance_m, 500);
    ck_assert(!record.has_held && !record.has_repeated);
    ck_assert_uint_eq(stepden_den_record_write(json, sizeof json, &record),
                      strlen(TYPICAL));
    ck_assert_mem_eq(json, TYPICAL, strlen(TYPICAL));
    ck_assert_uint_le(strlen(TYPICAL), 120);
}
END_TEST

/* A xorshift generator: the same numbers on every machine. */
static uint64_t some(void)
{
    static uint64_t state = 20261120;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int64_t some_of(int64_t minimum, int64_t maximum)
{
    return minimum + (int64_t)(some() % (uint64_t)(maximum - minimum + 1));
}

static void fill_text(char *text, size_t most)
{
    size_t size = some() % most + 1;

    for (size_t i = 0; i < size; i++)
        text[i] = (char)some_of(' ', '~');
    text[size] = '\0';
}

static int64_t some_after(void)
{
    return some_of(-4398046511103, 4398046511103);
}

static void fill_stored(struct stepden_stored_denm *stored, bool has_trace)
{
    static const char denm[] =
        "{\"stationId\":4711,\"managementContainer\":{\"actionId\":{"
        "\"originatingStationId\":4711,\"sequenceNumber\":7},"
        "\"detectionTime\":\"2026-11-20T21:05:43.120Z\","
        "\"referenceTime\":\"2026-11-20T21:05:43.120Z\","
        "\"eventPosition\":{\"latitude\":45.4,\"longitude\":9.1}}}";

    stepden_stored_denm_init(stored);
    fill_text(stored->event_id, 47);
    ck_assert_int_eq(
        stepden_denm_data_read(&stored->denm, denm, sizeof denm - 1, NULL),
        STEPDEN_OK);
    stored->has_traceparent = has_trace;
    if (has_trace)
        fill_text(stored->traceparent, 64);
}

static void fill_times(void)
{
    record.creation_time_its_ms = some_of(0, 4398046511103);
    record.update_after_ms = some_after();
    record.trigger_after_ms = some_after();
    record.detection_after_ms = some_after();
    record.reference_after_ms = some_after();
    record.collision_after_ms = some_after();
    record.validity_after_ms = some_after();
    record.sent_after_ms = some_after();
    record.hold_off_after_ms = some_after();
}

static void fill_position(bool has_confidence, bool has_altitude)
{
    struct stepden_den_record_position *position = &record.position;

    position->latitude_e7 = (int32_t)some_of(-900000000, 900000000);
    position->longitude_e7 = (int32_t)some_of(-1800000000, 1800000000);
    position->has_position_confidence = has_confidence;
    position->position_confidence = (struct stepden_position_confidence){
        .semi_major_axis_length_confidence_cm = (uint16_t)some_of(1, 4094),
        .semi_minor_axis_length_confidence_cm = (uint16_t)some_of(1, 4094),
        .semi_major_axis_orientation_ddeg = (uint16_t)some_of(0, 3599),
    };
    position->has_altitude = has_altitude;
    position->altitude = (struct stepden_altitude){
        .value_cm = (int32_t)some_of(-100000, 800000),
        .confidence = (uint8_t)some_of(0, 15),
    };
}

/* Random, with what the bits of `has` say. */
static void fill(unsigned has)
{
    stepden_den_record_init(&record);
    record.ended = (uint8_t)some_of(0, 1);
    record.key.reference_station_id = (uint32_t)some();
    record.key.reference_object_id = (uint16_t)some();
    record.key.target_station_id = (uint32_t)some();
    record.key.target_object_id = (uint16_t)some();
    fill_text(record.event_id, 47);
    fill_times();
    fill_position((has & 1) != 0, (has & 2) != 0);
    record.sub_cause = (uint8_t)some();
    record.rule = (uint8_t)some_of(0, 4);
    record.has_awareness_distance = (has & 4) != 0;
    record.awareness_distance_m = 10001;
    record.has_traffic_direction = (has & 8) != 0;
    record.traffic_direction = (uint8_t)some_of(0, 3);
    record.has_candidate = (has & 16) != 0;
    record.candidate.sub_cause = (uint8_t)some();
    record.candidate.count = (uint8_t)some_of(1, 255);
    record.has_sent_after = (has & 32) != 0;
    record.has_hold_off_after = (has & 64) != 0;
    record.has_held = (has & 128) != 0;
    fill_stored(&record.held, (has & 512) != 0);
    record.has_repeated = (has & 256) != 0;
    record.repeated.last_number = some_of(1, 9007199254740991);
    fill_stored(&record.repeated.stored, (has & 512) != 0);
}

static void expect_same_position(void)
{
    const struct stepden_den_record_position *one = &record.position;
    const struct stepden_den_record_position *other = &again.position;

    ck_assert_int_eq(one->latitude_e7, other->latitude_e7);
    ck_assert_int_eq(one->longitude_e7, other->longitude_e7);
    ck_assert_int_eq(one->has_position_confidence,
                     other->has_position_confidence);
    ck_assert_int_eq(one->has_altitude, other->has_altitude);
    if (one->has_altitude)
        ck_assert_int_eq(one->altitude.value_cm, other->altitude.value_cm);
}

static void expect_same_choice(void)
{
    ck_assert_int_eq(record.sub_cause, again.sub_cause);
    ck_assert_int_eq(record.rule, again.rule);
    ck_assert_int_eq(record.has_awareness_distance,
                     again.has_awareness_distance);
    ck_assert_int_eq(record.has_traffic_direction, again.has_traffic_direction);
    if (record.has_traffic_direction)
        ck_assert_int_eq(record.traffic_direction, again.traffic_direction);
    ck_assert_int_eq(record.has_candidate, again.has_candidate);
    if (record.has_candidate) {
        ck_assert_int_eq(record.candidate.sub_cause, again.candidate.sub_cause);
        ck_assert_int_eq(record.candidate.count, again.candidate.count);
    }
}

static void expect_same_times(void)
{
    ck_assert_int_eq(record.creation_time_its_ms, again.creation_time_its_ms);
    ck_assert_int_eq(record.update_after_ms, again.update_after_ms);
    ck_assert_int_eq(record.trigger_after_ms, again.trigger_after_ms);
    ck_assert_int_eq(record.detection_after_ms, again.detection_after_ms);
    ck_assert_int_eq(record.reference_after_ms, again.reference_after_ms);
    ck_assert_int_eq(record.collision_after_ms, again.collision_after_ms);
    ck_assert_int_eq(record.validity_after_ms, again.validity_after_ms);
    ck_assert_int_eq(record.has_sent_after, again.has_sent_after);
    if (record.has_sent_after)
        ck_assert_int_eq(record.sent_after_ms, again.sent_after_ms);
    ck_assert_int_eq(record.has_hold_off_after, again.has_hold_off_after);
    if (record.has_hold_off_after)
        ck_assert_int_eq(record.hold_off_after_ms, again.hold_off_after_ms);
}

static void expect_same_stored(const struct stepden_stored_denm *one,
                               const struct stepden_stored_denm *other)
{
    ck_assert_str_eq(one->event_id, other->event_id);
    ck_assert_int_eq(one->has_traceparent, other->has_traceparent);
    if (one->has_traceparent)
        ck_assert_str_eq(one->traceparent, other->traceparent);
}

static void expect_same_key(const struct stepden_den_record_key *one,
                            const struct stepden_den_record_key *other)
{
    ck_assert_uint_eq(one->reference_station_id, other->reference_station_id);
    ck_assert_uint_eq(one->reference_object_id, other->reference_object_id);
    ck_assert_uint_eq(one->target_station_id, other->target_station_id);
    ck_assert_uint_eq(one->target_object_id, other->target_object_id);
}

static void expect_same(void)
{
    ck_assert_int_eq(record.ended, again.ended);
    expect_same_key(&record.key, &again.key);
    ck_assert_str_eq(record.event_id, again.event_id);
    expect_same_times();
    expect_same_position();
    expect_same_choice();
    ck_assert_int_eq(record.has_held, again.has_held);
    if (record.has_held)
        expect_same_stored(&record.held, &again.held);
    ck_assert_int_eq(record.has_repeated, again.has_repeated);
    if (!record.has_repeated)
        return;
    ck_assert_int_eq(record.repeated.last_number, again.repeated.last_number);
    expect_same_stored(&record.repeated.stored, &again.repeated.stored);
}

START_TEST(what_is_written_is_read_whatever_is_absent)
{
    for (unsigned has = 0; has < 1024; has++) {
        fill(has);
        size_t size = stepden_den_record_write(json, sizeof json, &record);
        ck_assert_uint_gt(size, 0);
        ck_assert_msg(stepden_den_record_read(&again, json, size, &diag) ==
                          STEPDEN_OK,
                      "%u: %s: %s", has, diag.where, diag.reason);
        expect_same();
        ck_assert_uint_eq(
            stepden_den_record_write(json_again, sizeof json_again, &again),
            size);
        ck_assert_mem_eq(json_again, json, size);
    }
}
END_TEST

START_TEST(a_record_of_another_form_is_refused)
{
    ck_assert_int_eq(take("{\"actionId\":{}}"), STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.reason,
                     "found an object, allowed is an array of 13..20 elements");
    ck_assert_int_eq(take("[0,[1,0,2],\"a\"]"), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/1");
    ck_assert_int_eq(take("[2]"), STEPDEN_ERR_RANGE);
    ck_assert_str_eq(diag.where, "/0");
}
END_TEST

/* Is the text at `where` of a record refused as such? */
static void expect_refused(char *text, const char *where)
{
    strcpy(text, "\xc3\xa9");
    size_t size = stepden_den_record_write(json, sizeof json, &record);
    ck_assert_int_eq(stepden_den_record_read(&again, json, size, &diag),
                     STEPDEN_ERR_INVALID);
    ck_assert_str_eq(diag.where, where);
    text[0] = 'e';
    text[1] = '\0';
}

START_TEST(an_id_is_printable_ascii)
{
    fill(1023);
    expect_refused(record.event_id, "/2");
    expect_refused(record.held.event_id, "/18/0");
    expect_refused(record.held.traceparent, "/18/2");
    expect_refused(record.repeated.stored.event_id, "/19/1/0");
}
END_TEST

RUN_SUITE("den_record", a_usual_record_has_a_hundred_bytes,
          what_is_written_is_read_whatever_is_absent,
          a_record_of_another_form_is_refused, an_id_is_printable_ascii)
