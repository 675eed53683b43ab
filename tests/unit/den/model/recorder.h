/* A sink that writes down what it is told, as text to be compared. */
#ifndef TESTS_UNIT_DEN_MODEL_RECORDER_H
#define TESTS_UNIT_DEN_MODEL_RECORDER_H

#include <stepden/den.h>

#define RECORDER_NUMBERS (2 * 65536u)
#define RECORDER_TOUCHED_MAX 4096

struct recorder {
    uint32_t station_id; /* our first */
    char *log;           /* outputs and skips since the last reset */
    size_t length;
    size_t size;
    char *kept[RECORDER_NUMBERS]; /* JSON by number, NULL if not kept */
    uint32_t touched[RECORDER_TOUCHED_MAX]; /* kept or forgotten since then */
    uint32_t touched_count;
    bool is_idle; /* what was kept was to be kept once more, as it was */
    /* Also told of each output, or NULL. */
    void (*sent)(void *ctx, const struct stepden_den_output *output,
                 const char *json);
    void (*skipped)(void *ctx, enum stepden_den_skip why); /* likewise */
    void *ctx;
};

struct stepden_den_sink recorder_sink(struct recorder *recorder);

/* For a snapshot: adds the action id's number and the record's JSON to the log.
 */
void recorder_list(void *ctx, const struct stepden_action_id *action_id,
                   const struct stepden_den_record *record);

/* The action id of a number. */
struct stepden_action_id recorder_action_id(const struct recorder *recorder,
                                            uint32_t number);

/* Adds a line to the log. */
__attribute__((format(printf, 2, 3))) void
recorder_note(struct recorder *recorder, const char *format, ...);

/* Forgets the log and what was touched. */
void recorder_reset(struct recorder *recorder);
/* Forgets everything. */
void recorder_close(struct recorder *recorder);

#endif
