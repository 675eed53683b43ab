/* A DEN service on virtual time, with a sink that records. */
#ifndef TESTS_UNIT_DEN_BENCH_H
#define TESTS_UNIT_DEN_BENCH_H

#include <check.h>

#include <stepden/den.h>

#define BENCH_SENT_MAX 600
#define BENCH_KEPT_MAX 600

#define BENCH_STATION_ID 100u
#define BENCH_REFERENCE_ID 1001u

struct bench_sent {
    enum stepden_den_kind kind;
    enum stepden_den_reason reason;
    struct stepden_den_choice choice;
    char event_id[STEPDEN_EVENT_ID_SIZE];
    char id[STEPDEN_OUTPUT_ID_SIZE];
    char traceparent[65];
    struct stepden_denm_data denm;
};

struct bench_kept {
    struct stepden_action_id action_id;
    struct stepden_den_record record;
};

struct bench {
    struct stepden_config config; /* change it before bench_open */
    struct stepden_den *den;
    struct stepden_now now;
    struct stepden_station_collision_array array;
    const char *traceparent; /* of the inputs from now on */
    struct bench_sent sent[BENCH_SENT_MAX];
    uint32_t sent_count; /* more than BENCH_SENT_MAX are not recorded */
    struct bench_kept kept[BENCH_KEPT_MAX];
    uint32_t kept_count; /* records kept now */
    uint32_t keeps;      /* calls of keep */
    uint32_t forgotten;  /* calls of forget */
    uint32_t skipped;    /* calls of skip */
    enum stepden_den_skip last_skip;
    char last_skipped[STEPDEN_EVENT_ID_SIZE];
    int last_skip_number; /* of the action id's sequence, -1 without */
};

extern struct bench bench;

/* Runs tests with bench_setup and bench_teardown around each. */
TCase *bench_tests(const char *name);
int bench_run(const char *name, TCase *tests);

void bench_setup(void);
void bench_teardown(void);
void bench_open(void);
/* A second service in place of the first, with what was kept. */
void bench_reopen(void);
enum stepden_status bench_restore(const struct bench_kept *kept,
                                  struct stepden_diag *diag);

/* The array's only stations from now on: a reference, standing still. */
struct stepden_collision_station *bench_reference(void);
struct stepden_collision_station *bench_target(uint32_t station_id,
                                               uint32_t time_to_collision_ms);

/* Takes the array in, made now. */
void bench_take(const char *entry_id);
/* A reference, one target, taken in now. */
void bench_predict(const char *entry_id, uint32_t station_id,
                   uint32_t time_to_collision_ms);

/* Lets time pass, with a run at each deadline. */
void bench_advance(int64_t ms);
/* Lets time pass without a run. */
void bench_sleep(int64_t ms);

/* A negation of the i-th DENM sent; to be changed and then taken in. */
struct stepden_denm_data bench_negation_of(uint32_t i);

/* Both have the same JSON text. */
void bench_expect_same(const struct stepden_denm_data *one,
                       const struct stepden_denm_data *other);

const struct bench_sent *bench_sent(uint32_t i);
const struct bench_sent *bench_last(void);
const struct stepden_management_container *bench_management(uint32_t i);
struct bench_kept *bench_kept(uint16_t sequence_number);

#endif
