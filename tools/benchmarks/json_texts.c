#include "benchmarks/json_texts.h"

#include <stdio.h>

#include <stepden/den.h>

#include "benchmarks/arrays.h"
#include "benchmarks/compare.h"
#include "daemon/output.h"

#define TARGETS_MAX 100
#define ENTRY_ID "1795208743120-0"

static const struct stepden_now now = {5000000, INT64_C(722293545120)};

static struct bench_json_text texts[BENCH_JSON_TEXTS];

static void name_text(int which, const char *name, char *json, size_t size)
{
    struct bench_json_text *text = &texts[which];

    bench_require(size > 0, "the writing of a text");
    text->json = json;
    text->size = size;
    snprintf(text->name, sizeof text->name, "%s, %zu bytes", name, size);
}

static void write_array(int which, uint32_t targets)
{
    static char json[3][BENCH_ARRAY_MAX(TARGETS_MAX)];
    char name[32];

    snprintf(name, sizeof name, "array of %u target%s", targets,
             targets > 1 ? "s" : "");
    name_text(which, name, json[which - BENCH_JSON_ARRAY_1],
              bench_array_write(json[which - BENCH_JSON_ARRAY_1], 1, targets,
                                now.its_ms));
}

static void write_negation(const struct stepden_denm_data *denm)
{
    static char json[STEPDEN_DENM_DATA_JSON_MAX];
    static struct stepden_denm_data negation;

    negation.station_id = 4712;
    negation.management_container = denm->management_container;
    negation.management_container.has_termination = true;
    negation.management_container.termination = STEPDEN_TERMINATION_IS_NEGATION;
    name_text(BENCH_JSON_NEGATION, "negation", json,
              stepden_denm_data_write(json, sizeof json, &negation));
}

/* Of all targets the last one stays. */
static void on_send(void *ctx, const struct stepden_den_output *den_output)
{
    struct stepden_output *output = ctx;

    bench_require(stepden_output_make(output, den_output, NULL) == STEPDEN_OK,
                  "an output");
    name_text(BENCH_JSON_MESSAGE, "DENM in its envelope", output->message,
              output->message_size);
    write_negation(den_output->denm);
}

static void on_keep(void *ctx, const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX];

    (void)ctx;
    (void)action_id;
    name_text(BENCH_JSON_RECORD, "record", json,
              stepden_den_record_write(json, sizeof json, record));
}

static void write_outputs(void)
{
    static struct stepden_station_collision_array array;
    static struct stepden_output output;
    struct stepden_den_sink sink = {
        .send = on_send,
        .keep = on_keep,
        .ctx = &output,
    };
    const struct bench_json_text *text = &texts[BENCH_JSON_ARRAY_10];
    struct stepden_config config;
    struct stepden_den *den;

    stepden_config_init(&config);
    config.station_id = 4711;
    stepden_output_init(&output, &config);
    bench_require(stepden_den_new(&den, &config, &sink, NULL) == STEPDEN_OK &&
                      stepden_station_collision_array_read(
                          &array, text->json, text->size, NULL) == STEPDEN_OK &&
                      stepden_den_take_collisions(den, &array, ENTRY_ID, "",
                                                  now, NULL) == STEPDEN_OK,
                  "a prediction");
    stepden_den_free(den);
}

const struct bench_json_text *bench_json_texts(void)
{
    write_array(BENCH_JSON_ARRAY_1, 1);
    write_array(BENCH_JSON_ARRAY_10, 10);
    write_array(BENCH_JSON_ARRAY_100, TARGETS_MAX);
    write_outputs();
    return texts;
}
