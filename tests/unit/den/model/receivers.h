/*
 * What receivers make of our DENMs (EN 302 637-3, clauses 8.2.1 and 8.3.2),
 * told by these alone: rules that hold whatever the DEN service thinks.
 */
#ifndef TESTS_UNIT_DEN_MODEL_RECEIVERS_H
#define TESTS_UNIT_DEN_MODEL_RECEIVERS_H

#include <stdbool.h>

#include <stepden/den.h>

#define RECEIVERS_EVENTS_MAX 4096

/* What receivers know under one action id. */
struct receivers_event {
    struct stepden_action_id action_id;
    bool is_over; /* cancelled, or its end need not be told */
    int64_t detection_its_ms;
    int64_t reference_its_ms;
    int64_t valid_ms;  /* when they forget it */
    char *json;        /* of the last DENM */
    long beat;         /* the number of its last repetition */
    uint8_t sub_cause; /* of the last live one */
};

struct receivers {
    struct receivers_event events[RECEIVERS_EVENTS_MAX];
    uint32_t count;
    int64_t true_ms;   /* of a clock that nobody sets */
    int64_t its_ms;    /* our wall clock, by which DENMs are valid */
    bool may_be_early; /* our clock was set, and then we were restarted */
    bool may_be_late;  /* cancellations may come late: a run did, or they are
                              not wanted, or what is held back outlasts
                              the validity */
    int64_t last_collision_its_ms; /* of the outputs of one array */
    char complaint[200];           /* the first rule that was broken, or "" */
};

void receivers_hear(struct receivers *receivers,
                    const struct stepden_den_output *output, const char *json);

/* The event was negated: its originator says nothing any more. */
void receivers_negate(struct receivers *receivers,
                      const struct stepden_action_id *action_id);

/* The action id is now of an event that they were never told of. */
void receivers_forget(struct receivers *receivers,
                      const struct stepden_action_id *action_id);

/* Time has passed: no event may have been forgotten that was not ended. */
void receivers_look(struct receivers *receivers);

void receivers_close(struct receivers *receivers);

#endif
