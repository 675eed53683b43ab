#include <string.h>

#include <stepden/records/cloud_event.h>
#include <stepden/records/den_record.h>
#include <stepden/records/denm_data.h>
#include <stepden/records/station_collision_array.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/json_texts.h"
#include "benchmarks/json_tree.h"
#include "benchmarks/report.h"
#include "daemon/output.h"

/* For json-c: all digits of 1e-7 of a degree, and none that is not exact. */
#define DOUBLE_FORMAT "%.10g"

struct work {
    const struct bench_json_text *text;
    struct json_tokener *tokener;
    struct json_object *tree;  /* as read from the text */
    struct json_object *built; /* the same, as made by a program */
    char *written;             /* by stepden */
    size_t size;
};

static const char note[] =
    "ns: CPU time. json-c makes a tree, with a reused tokener, and frees it;\n"
    "times, names and grids stay as they are in the text. + members: takes\n"
    "every member out by its name. serialise: of a tree that is there. Both\n"
    "have read the same members, and write the same bytes.\n";

/* What stepden reads to and writes from. */
static struct stepden_station_collision_array array;
static struct stepden_denm_data denm;
static struct stepden_den_record record;
static struct stepden_cloud_event envelope;

/* ---- stepden ---- */

static void read_array(void *ctx, uint64_t count)
{
    const struct bench_json_text *text = ((struct work *)ctx)->text;

    for (; count > 0; count--)
        bench_require(stepden_station_collision_array_read(
                          &array, text->json, text->size, NULL) == STEPDEN_OK,
                      "the reading of an array");
}

static void read_denm(void *ctx, uint64_t count)
{
    const struct bench_json_text *text = ((struct work *)ctx)->text;

    for (; count > 0; count--)
        bench_require(stepden_denm_data_read(&denm, text->json, text->size,
                                             NULL) == STEPDEN_OK,
                      "the reading of a DENM");
}

static void read_record(void *ctx, uint64_t count)
{
    const struct bench_json_text *text = ((struct work *)ctx)->text;

    for (; count > 0; count--)
        bench_require(stepden_den_record_read(&record, text->json, text->size,
                                              NULL) == STEPDEN_OK,
                      "the reading of a record");
}

static void read_message(void *ctx, uint64_t count)
{
    const struct bench_json_text *text = ((struct work *)ctx)->text;

    for (; count > 0; count--)
        bench_require(
            stepden_cloud_event_read(&envelope, text->json, text->size, NULL) ==
                    STEPDEN_OK &&
                stepden_denm_data_read(&denm, envelope.data.at,
                                       envelope.data.size, NULL) == STEPDEN_OK,
            "the reading of a message");
}

static void write_array(void *ctx, uint64_t count)
{
    static char json[STEPDEN_STATION_COLLISION_ARRAY_JSON_MAX];
    struct work *work = ctx;

    work->written = json;
    for (; count > 0; count--)
        work->size =
            stepden_station_collision_array_write(json, sizeof json, &array);
}

static void write_denm(void *ctx, uint64_t count)
{
    static char json[STEPDEN_DENM_DATA_JSON_MAX];
    struct work *work = ctx;

    work->written = json;
    for (; count > 0; count--)
        work->size = stepden_denm_data_write(json, sizeof json, &denm);
}

static void write_record(void *ctx, uint64_t count)
{
    static char json[STEPDEN_DEN_RECORD_JSON_MAX];
    struct work *work = ctx;

    work->written = json;
    for (; count > 0; count--)
        work->size = stepden_den_record_write(json, sizeof json, &record);
}

static void write_message(void *ctx, uint64_t count)
{
    static char inner[STEPDEN_DENM_DATA_JSON_MAX];
    static char json[STEPDEN_OUTPUT_MESSAGE_MAX];
    struct work *work = ctx;

    work->written = json;
    envelope.data.at = inner;
    for (; count > 0; count--) {
        envelope.data.size =
            stepden_denm_data_write(inner, sizeof inner, &denm);
        work->size = stepden_cloud_event_write(json, sizeof json, &envelope);
    }
}

/* ---- json-c ---- */

static struct json_object *read_tree(struct work *work)
{
    struct json_object *tree =
        bench_tree_read(work->tokener, work->text->json, work->text->size);

    bench_require(tree != NULL, "the reading of a tree");
    return tree;
}

static void parse(void *ctx, uint64_t count)
{
    for (; count > 0; count--)
        json_object_put(read_tree(ctx));
}

static void parse_and_take(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--) {
        struct json_object *tree = read_tree(work);

        bench_require(bench_tree_holds(tree, work->tree), "a member");
        json_object_put(tree);
    }
}

static void build(void *ctx, uint64_t count)
{
    struct work *work = ctx;
    size_t size;

    for (; count > 0; count--) {
        struct json_object *tree = bench_tree_build(work->tree);

        bench_require(bench_tree_write(tree, &size) != NULL, "a tree's text");
        json_object_put(tree);
    }
}

static void serialise(void *ctx, uint64_t count)
{
    struct work *work = ctx;
    size_t size;

    for (; count > 0; count--)
        bench_require(bench_tree_write(work->built, &size) != NULL,
                      "a tree's text");
}

/* ---- both ---- */

static const struct {
    void (*read)(void *ctx, uint64_t count);
    void (*write)(void *ctx, uint64_t count);
    bool is_written; /* by the service */
    bool is_read;
} ours[BENCH_JSON_TEXTS] = {
    [BENCH_JSON_ARRAY_1] = {read_array, write_array, false, true},
    [BENCH_JSON_ARRAY_10] = {read_array, write_array, false, true},
    [BENCH_JSON_ARRAY_100] = {read_array, write_array, false, true},
    [BENCH_JSON_MESSAGE] = {read_message, write_message, true, false},
    [BENCH_JSON_RECORD] = {read_record, write_record, true, true},
    [BENCH_JSON_NEGATION] = {read_denm, write_denm, false, true},
};

static bool is_text(const struct bench_json_text *text, const char *json,
                    size_t size)
{
    return size == text->size && memcmp(json, text->json, size) == 0;
}

/*
 * That stepden has read what json-c has, and that both write the same. Of what
 * the service only reads, stepden writes the defaults of absent members too.
 */
static void check(struct work *work, int which)
{
    struct json_object *written;
    const char *json;
    size_t size;

    ours[which].read(work, 1);
    ours[which].write(work, 1);
    written = bench_tree_read(work->tokener, work->written, work->size);
    bench_require(bench_tree_holds(written, work->tree),
                  "a comparison of what is read");
    json_object_put(written);
    json = bench_tree_write(work->built, &size);
    bench_require(!ours[which].is_written ||
                      (is_text(work->text, json, size) &&
                       is_text(work->text, work->written, work->size)),
                  "a comparison of what is written");
}

static void compare(struct bench_report *report, struct work *work, int which,
                    const struct bench_options *options)
{
    const struct bench_side read[] = {
        {"stepden", ours[which].read, work},
        {"json-c", parse, work},
        {"json-c + members", parse_and_take, work},
    };
    const struct bench_side write[] = {
        {"stepden", ours[which].write, work},
        {"json-c", build, work},
        {"json-c, serialise", serialise, work},
    };

    if (ours[which].is_read)
        bench_compare(bench_report_rows(report, 3), read, 3, work->text->name,
                      "read", options);
    if (ours[which].is_written)
        bench_compare(bench_report_rows(report, 3), write, 3, work->text->name,
                      "write", options);
}

void bench_json(struct bench_report *report,
                const struct bench_options *options)
{
    const struct bench_json_text *texts = bench_json_texts();
    struct work work = {.tokener = json_tokener_new()};

    bench_require(work.tokener != NULL, "memory");
    json_c_set_serialization_double_format(DOUBLE_FORMAT, JSON_C_OPTION_GLOBAL);
    report->note = note;
    for (int i = 0; i < BENCH_JSON_TEXTS; i++) {
        work.text = &texts[i];
        work.tree = read_tree(&work);
        work.built = bench_tree_build(work.tree);
        check(&work, i);
        compare(report, &work, i, options);
        json_object_put(work.built);
        json_object_put(work.tree);
    }
    json_tokener_free(work.tokener);
}
