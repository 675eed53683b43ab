#include <stdio.h>
#include <string.h>

#include <R2DENM.h>

#include <stepden/codec.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/messages.h"
#include "benchmarks/report.h"
#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"

static const char note[] = "ns: CPU time.\n";

/* What the sides work on. */
struct work {
    const struct bench_message *message;
    const struct stepden_type *type;
    struct stepden_arena tree_arena;
    void *tree; /* of the message */
    struct stepden_arena arena;
    struct stepden_message *whole; /* the message, as tools have it */
    struct stepden_message *other; /* to read into */
    char jer[STEPDEN_MESSAGE_TEXT_MAX];
    size_t jer_size;
    struct stepden_denm_data denm;
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
};

static void walk_encode(void *ctx, uint64_t count)
{
    struct work *work = ctx;
    size_t size = 0;

    for (; count > 0; count--)
        bench_require(stepden_uper_encode(work->uper, sizeof work->uper, &size,
                                          work->type, work->tree,
                                          NULL) == STEPDEN_OK,
                      "encode");
}

static void asn1c_encode(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--) {
        asn_enc_rval_t result = uper_encode_to_buffer(
            work->type->descriptor, work->tree, work->uper, sizeof work->uper);

        bench_require(result.encoded > 0, "encode by asn1c");
    }
}

static void walk_decode(void *ctx, uint64_t count)
{
    struct work *work = ctx;
    void *tree;

    for (; count > 0; count--) {
        stepden_arena_reset(&work->arena);
        bench_require(stepden_uper_decode(
                          &tree, &work->arena, work->type, work->message->uper,
                          work->message->size, NULL, NULL, NULL) == STEPDEN_OK,
                      "decode");
    }
}

static void asn1c_decode(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--) {
        void *tree = NULL;
        asn_dec_rval_t result =
            uper_decode_complete(NULL, work->type->descriptor, &tree,
                                 work->message->uper, work->message->size);

        bench_require(result.code == RC_OK, "decode by asn1c");
        work->type->descriptor->free_struct(work->type->descriptor, tree, 0);
    }
}

static void denm_encode(void *ctx, uint64_t count)
{
    struct work *work = ctx;
    size_t size;

    for (; count > 0; count--)
        bench_require(stepden_denm_encode(work->uper, sizeof work->uper, &size,
                                          &work->message->denm,
                                          STEPDEN_RELEASE_R1_R2,
                                          NULL) == STEPDEN_OK,
                      "encode of a value");
}

static void denm_decode(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--)
        bench_require(stepden_denm_decode(
                          &work->denm, work->message->uper, work->message->size,
                          STEPDEN_RELEASE_R1_R2, NULL) == STEPDEN_OK,
                      "decode to a value");
}

static void jer_write(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--)
        bench_require(stepden_message_write_jer(work->jer, sizeof work->jer,
                                                &work->jer_size, work->whole,
                                                NULL) == STEPDEN_OK,
                      "JER");
}

static void jer_read(void *ctx, uint64_t count)
{
    struct work *work = ctx;

    for (; count > 0; count--)
        bench_require(stepden_message_read_jer(work->other, work->jer,
                                               work->jer_size,
                                               NULL) == STEPDEN_OK,
                      "reading of JER");
}

/* That both sides make the same bytes. */
static void check_encoders(struct work *work)
{
    void (*const encoders[])(void *, uint64_t) = {walk_encode, asn1c_encode,
                                                  denm_encode};

    for (size_t i = 0; i < sizeof encoders / sizeof encoders[0]; i++) {
        memset(work->uper, 0, sizeof work->uper);
        encoders[i](work, 1);
        bench_require(
            memcmp(work->uper, work->message->uper, work->message->size) == 0,
            "a comparison of bytes");
    }
}

static void start(struct work *work, const struct bench_message *message)
{
    *work = (struct work){
        .message = message,
        .type = stepden_grammar(STEPDEN_RELEASE_R2),
        .whole = stepden_message_new(STEPDEN_RELEASE_R2),
        .other = stepden_message_new(STEPDEN_RELEASE_R2),
    };
    bench_require(work->type && work->whole && work->other, "memory");
    bench_require(stepden_uper_decode(&work->tree, &work->tree_arena,
                                      work->type, message->uper, message->size,
                                      NULL, NULL, NULL) == STEPDEN_OK,
                  "decode");
    bench_require(stepden_message_read_uper(work->whole, message->uper,
                                            message->size, NULL) == STEPDEN_OK,
                  "decode");
    jer_write(work, 1);
    check_encoders(work);
}

static void finish(struct work *work)
{
    stepden_arena_free(&work->tree_arena);
    stepden_arena_free(&work->arena);
    stepden_message_free(work->whole);
    stepden_message_free(work->other);
}

static void compare(struct bench_report *report, struct work *work,
                    const struct bench_options *options)
{
    const struct {
        const char *operation;
        size_t count;
        struct bench_side sides[2];
    } comparisons[] = {
        {"tree to UPER",
         2,
         {{"stepden", walk_encode, work}, {"asn1c", asn1c_encode, work}}},
        {"UPER to tree",
         2,
         {{"stepden", walk_decode, work}, {"asn1c", asn1c_decode, work}}},
        {"value to UPER", 1, {{"stepden", denm_encode, work}}},
        {"UPER to value", 1, {{"stepden", denm_decode, work}}},
        {"tree to JER", 1, {{"stepden", jer_write, work}}},
        {"JER to tree", 1, {{"stepden", jer_read, work}}},
    };

    for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0]; i++)
        bench_compare(bench_report_rows(report, comparisons[i].count),
                      comparisons[i].sides, comparisons[i].count,
                      work->message->name, comparisons[i].operation, options);
}

void bench_codec(struct bench_report *report,
                 const struct bench_options *options)
{
    static struct work work;
    const struct bench_message *messages = bench_messages();

    report->note = note;
    for (size_t i = 0; i < BENCH_MESSAGE_COUNT; i++) {
        start(&work, &messages[i]);
        compare(report, &work, options);
        finish(&work);
    }
}
