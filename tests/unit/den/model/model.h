/*
 * The rules of a DENM's life once more, slowly and plainly: an array of records
 * that is searched from its start. What the DEN service does has to be the same
 * (EN 302 637-3, clauses 6.1.2 and 8.2). To learn the rules, read rules.c.
 *
 * The interface is that of stepden/den.h. Not of its own: the mapping of a
 * prediction to the members of a DENM, which has tests of its own.
 */
#ifndef TESTS_UNIT_DEN_MODEL_MODEL_H
#define TESTS_UNIT_DEN_MODEL_MODEL_H

#include <stepden/den.h>

#include "den/mapping.h"

/* A DENM, and the input that it goes back to. */
struct model_message {
    char event_id[STEPDEN_EVENT_ID_SIZE];
    char traceparent[65];
    struct stepden_den_choice choice;
    struct stepden_denm_data denm;
};

/* An event of ours, from its trigger until its action id is free. */
struct model_record {
    uint32_t number; /* of the action id: 65536 for each station id of ours */
    struct stepden_den_record_key parties;
    char event_id[STEPDEN_EVENT_ID_SIZE]; /* of the trigger */
    bool active;                          /* else only the id is reserved */

    /* The sub-cause, and for how many predictions in a row it was another. */
    uint8_t sub_cause;
    uint8_t rule;
    uint8_t candidate;
    uint8_t confirmed;

    /* Of the last DENM; what its cancellation has to repeat. */
    struct stepden_management_container sent;

    /* What messages say, in ITS time. */
    int64_t creation_its_ms; /* of the last prediction */
    int64_t trigger_its_ms;  /* referenceTime of the trigger */
    int64_t detection_its_ms;
    int64_t reference_its_ms;

    /* Deadlines count from these, in monotonic time. */
    int64_t updated_ms;   /* the last prediction came */
    int64_t sent_ms;      /* the last DENM went out */
    int64_t collision_ms; /* the collision is expected */
    int64_t valid_ms;     /* receivers forget the event */
    int64_t hold_off_ms;  /* a negated event's parties may open another */
    bool is_last;         /* its parties have had no event since */

    struct model_message *held;     /* NULL: no update waits */
    struct model_message *repeated; /* NULL: nothing is repeated */
    int64_t beat;                   /* intervals of it that have passed */
    int64_t beats_before;           /* up to it, by others: until a restart */
    bool is_claimed;                /* others know that ours come after it */
};

struct model {
    struct stepden_config config;
    uint32_t partition;
    uint32_t of_station; /* numbers of our partition */
    struct stepden_den_sink sink;
    struct stepden_den_counters counters;
    struct model_record *records; /* in no particular order */
    uint32_t count;
    bool *used; /* by number, as a search of 65536 records takes long */
    uint32_t last_number;   /* the next action id is the next free one */
    uint32_t latest_number; /* of the latest trigger by the wall clock */
    int64_t latest_trigger_its_ms;
    struct stepden_now now;         /* of the call */
    struct model_message message;   /* being made */
    struct stepden_den_record kept; /* likewise */
};

/* One target of an array. */
struct model_prediction {
    struct stepden_prediction prediction;
    int64_t collision_ms; /* in monotonic time */
    const char *event_id;
    const char *traceparent;
};

struct model *model_new(const struct stepden_config *config, uint32_t partition,
                        const struct stepden_den_sink *sink);
void model_free(struct model *model);

enum stepden_status model_take_collisions(
    struct model *model, const struct stepden_station_collision_array *array,
    const char *entry_id, const char *traceparent, struct stepden_now now);
enum stepden_den_verdict model_take_denm(struct model *model,
                                         const struct stepden_denm_data *denm,
                                         struct stepden_now now);
int64_t model_run(struct model *model, struct stepden_now now);

void model_snapshot(struct model *model, stepden_den_keep *keep, void *ctx,
                    struct stepden_now now);
enum stepden_status model_restore(struct model *model,
                                  const struct stepden_action_id *action_id,
                                  const struct stepden_den_record *kept,
                                  struct stepden_now now);
void model_clear(struct model *model);

const struct stepden_den_counters *model_counters(struct model *model);

/* From the table of records, for the rules. */

/* The parties' last event, or NULL. */
bool model_same_parties(const struct stepden_den_record_key *one,
                        const struct stepden_den_record_key *other);
struct model_record *
model_find_last(struct model *model,
                const struct stepden_den_record_key *parties);
/* It is the last one from now on. */
void model_make_last(struct model *model, struct model_record *record);
struct model_record *model_find_number(struct model *model, uint32_t number);
/* Notes when it was triggered. True if that is the latest: of those at the same
 * time the one that is ahead by less than half a turn of the numbers is the
 * later one. */
bool model_note_trigger(struct model *model, const struct model_record *record);
/* Whether the number is of our partition, and not of another one. */
bool model_has_number(const struct model *model, uint32_t number);
/* The next free number after the last one; UINT32_MAX if there is none. */
uint32_t model_free_number(struct model *model);
/* An all-zero record of this number, that did not exist. */
struct model_record *model_add(struct model *model, uint32_t number);
void model_remove(struct model *model, struct model_record *record);
/* Tells the sink how the record is now. */
void model_keep(struct model *model, struct model_record *record);
/* Tells the sink that it is gone, and removes it. */
void model_forget(struct model *model, struct model_record *record);
struct stepden_action_id model_action_id(const struct model *model,
                                         uint32_t number);

/* The rules. */

void model_take(struct model *model, const struct model_prediction *target);
void model_negate(struct model *model, struct model_record *record);
/* Its validity is over. */
void model_expire(struct model *model, struct model_record *record);
/* When there is something to do for the record. */
int64_t model_due_at(const struct model *model,
                     const struct model_record *record);
/* Does it. The record may be gone afterwards. */
void model_do_due(struct model *model, struct model_record *record);
/* What is repeated from now on: a copy of `message`. */
void model_repeat(struct model *model, struct model_record *record,
                  const struct model_message *message);

#endif
