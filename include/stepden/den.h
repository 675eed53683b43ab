/*
 * The originating DEN service for collision warnings (EN 302 637-3, clauses 6
 * and 8): turns predicted collisions into DENMs, keeps them up to date and ends
 * them. No I/O, no clock: time is an argument, deadlines are returned, output
 * goes to a sink.
 *
 * A program feeds it predictions and DENMs as they come, and calls
 * stepden_den_run when a deadline has come. One thread at a time may use a
 * service; several services are independent of each other.
 */
#ifndef STEPDEN_DEN_H
#define STEPDEN_DEN_H

#include <stdint.h>

#include <stepden/its_time.h>
#include <stepden/records/config.h>
#include <stepden/records/den_record.h>
#include <stepden/records/denm_data.h>
#include <stepden/records/station_collision_array.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of an event's id: "<entry id>/<index>" and the NUL. */
#define STEPDEN_EVENT_ID_SIZE 48

/* Characters of an entry id, and of a traceparent, at most. */
#define STEPDEN_ENTRY_ID_MAX (STEPDEN_EVENT_ID_SIZE - 5)
#define STEPDEN_TRACEPARENT_MAX 64

/* "<event id>/cancellation/r<number>", with the NUL. */
#define STEPDEN_OUTPUT_ID_SIZE (STEPDEN_EVENT_ID_SIZE + 32)

enum stepden_den_kind {
    STEPDEN_DEN_TRIGGER,
    STEPDEN_DEN_UPDATE,
    STEPDEN_DEN_CANCELLATION,
    STEPDEN_DEN_REPETITION,
};

/* What the sub-cause of an event was chosen by. */
enum stepden_den_rule {
    STEPDEN_DEN_RULE_NONE,      /* not known any more */
    STEPDEN_DEN_RULE_KINDS,     /* the parties' station types */
    STEPDEN_DEN_RULE_HEADINGS,  /* how the parties move */
    STEPDEN_DEN_RULE_IMPACT,    /* where the target is hit */
    STEPDEN_DEN_RULE_OTHERWISE, /* none of these told */
};

/* Why a DENM is sent. */
enum stepden_den_reason {
    STEPDEN_DEN_REASON_NEW,      /* parties without an active event */
    STEPDEN_DEN_REASON_NEWER,    /* a newer prediction of the parties */
    STEPDEN_DEN_REASON_HELD,     /* one that minUpdateInterval held back */
    STEPDEN_DEN_REASON_STALE,    /* none for denmLastUpdateMaxDelay */
    STEPDEN_DEN_REASON_OVER,     /* timeAfterCollision after the collision */
    STEPDEN_DEN_REASON_REPEATED, /* repetitionInterval after the last time */
};

/* How a sub-cause came about. Of a cancellation: nothing, it has none. */
struct stepden_den_choice {
    uint8_t sub_cause;          /* CollisionRiskSubCauseCode that was chosen */
    enum stepden_den_rule rule; /* that chose it */
    uint8_t candidate;    /* what the rules would choose for this prediction */
    uint8_t confirmed;    /* for how many in a row; 0 if it is the sub_cause */
    int16_t between_ddeg; /* the parties' headings, 0..1800; -1 unknown */
    int16_t bearing_ddeg; /* of the target off the reference's bow, likewise */
};

/* One DENM to send. Everything is borrowed for the call. */
struct stepden_den_output {
    enum stepden_den_kind kind;
    enum stepden_den_reason reason;
    struct stepden_den_choice choice;
    const char *id; /* deterministic: a redelivered input gives the same */
    const char *event_id; /* "<entry id>/<index>" of the input it goes back to:
                             of a cancellation, that of the trigger */
    const char *traceparent; /* of the input; "" without, or of no input */
    const struct stepden_denm_data *denm;
};

/* Why a target of an array gives no DENM now. */
enum stepden_den_skip {
    STEPDEN_DEN_SKIP_NOT_NEWER, /* than what its event is made of */
    STEPDEN_DEN_SKIP_EXPIRED,   /* timeAfterCollision has passed already */
    STEPDEN_DEN_SKIP_TOO_SOON,  /* held back by minUpdateInterval */
    STEPDEN_DEN_SKIP_HOLD_OFF,  /* the parties' event has been negated */
    STEPDEN_DEN_SKIP_FULL,      /* refused: maxRecords, or no memory */
    STEPDEN_DEN_SKIP_ACTION_ID, /* refused: no free action id */
};

/*
 * Receives the record of the event with this action id, to be kept with it.
 * Both are borrowed for the call.
 */
typedef void stepden_den_keep(void *ctx,
                              const struct stepden_action_id *action_id,
                              const struct stepden_den_record *record);

/*
 * Receives what the service wants done; without a wish to survive a restart
 * `keep` and `forget` may be NULL, and `skip` may be as well. For one input or
 * one run the calls belong together: either all of them take effect, or none.
 * Must not call back into the service.
 */
struct stepden_den_sink {
    /* Send this DENM; the order of the calls is the order of urgency. Not
     * NULL. */
    void (*send)(void *ctx, const struct stepden_den_output *output);
    /* Keep this record, or the new state of a kept one, for a restart. */
    stepden_den_keep *keep;
    /* Forget the record with this action id. */
    void (*forget)(void *ctx, const struct stepden_action_id *action_id);
    /* Nothing to do: the target "<entry id>/<index>" gives no DENM now.
     * `action_id` is that of its parties' event, NULL if there is none. */
    void (*skip)(void *ctx, const char *event_id,
                 const struct stepden_action_id *action_id,
                 enum stepden_den_skip why);
    void *ctx;
};

/* What became of a DENM from outside (EN 302 637-3, clause 8.4). */
enum stepden_den_verdict {
    STEPDEN_DEN_NEGATED,  /* a negation of our own active event */
    STEPDEN_DEN_UNKNOWN,  /* a negation, but not of an active event of ours */
    STEPDEN_DEN_OUTDATED, /* a negation older than the trigger, or expired */
    STEPDEN_DEN_LIVE,     /* not a negation: nothing to do */
};

struct stepden_den_counters {
    uint64_t arrays;   /* collision arrays taken in */
    uint64_t triggers; /* DENMs sent, by kind */
    uint64_t updates;
    uint64_t cancellations;
    uint64_t repetitions;
    uint64_t not_newer;         /* targets not newer than their record */
    uint64_t held_off;          /* targets within their negation hold-off */
    uint64_t expired;           /* targets that were over when they came */
    uint64_t held_back;         /* targets within minUpdateInterval */
    uint64_t expired_records;   /* records that ended without a message */
    uint64_t refused_full;      /* targets refused: maxRecords, or no memory */
    uint64_t refused_action_id; /* targets refused: no free action id */
    uint64_t negations;         /* by verdict */
    uint64_t negations_unknown;
    uint64_t negations_outdated;
    uint64_t denms_live;
    uint64_t misrouted; /* arrays and negations of another partition */
    uint64_t active;    /* records alive now */
    uint64_t reserved;  /* action ids in use now, ended ones included */
};

struct stepden_den;

/* Names, in lower case. */
STEPDEN_API const char *stepden_den_kind_text(enum stepden_den_kind kind);
STEPDEN_API const char *stepden_den_rule_text(enum stepden_den_rule rule);
STEPDEN_API const char *stepden_den_reason_text(enum stepden_den_reason reason);
STEPDEN_API const char *stepden_den_skip_text(enum stepden_den_skip why);
STEPDEN_API const char *
stepden_den_verdict_text(enum stepden_den_verdict verdict);

/*
 * Makes a service with the stations, timings and limits of `config`, which
 * stepden_config_check finds no fault in, and of which it keeps a copy. `*den`
 * is freed with stepden_den_free. denm.maxRecords counts active events and
 * those of which the action id is still reserved.
 *
 * STEPDEN_ERR_INVALID  limits that contradict each other
 * STEPDEN_ERR_MEMORY
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_den_new(struct stepden_den **den, const struct stepden_config *config,
                const struct stepden_den_sink *sink, struct stepden_diag *diag);

/*
 * Makes one of several services that share the stations of `config`, each in a
 * process or a thread of its own if need be: number `partition`, from 0, of
 * `partitions`, STEPDEN_PARTITIONS_MAX at most. It gives out sequence numbers
 * of its own alone, those that stepden/partition.h says; maxRecords is the
 * limit of each. Predictions have to go where their reference belongs, or else
 * events of the same parties are doubled; one that goes elsewhere is taken in
 * all the same, and counted as misrouted.
 *
 * Likewise; and STEPDEN_ERR_INVALID  there is no such partition
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status stepden_den_new_partition(
    struct stepden_den **den, const struct stepden_config *config,
    uint32_t partition, uint32_t partitions,
    const struct stepden_den_sink *sink, struct stepden_diag *diag);

STEPDEN_API void stepden_den_free(struct stepden_den *den);

/* How many action ids it has: 65536 of each station, or its part of them. */
STEPDEN_API uint32_t stepden_den_numbers(const struct stepden_den *den);

/*
 * Goes on with `config`, which has the same stationId and stationIdCount.
 * Running events have their deadlines by it from now on, as after a restart;
 * what they have sent, and its validity, stays. An event is repeated as it was
 * when its last DENM was sent. Call stepden_den_run afterwards: there may be an
 * earlier deadline.
 *
 * STEPDEN_ERR_INVALID  other stations, or limits that contradict each other;
 *                      nothing changes
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_den_configure(struct stepden_den *den,
                      const struct stepden_config *config,
                      struct stepden_diag *diag);

/*
 * Takes in a predicted collision: one DENM for each target, most urgent first.
 * `entry_id` names the input; the i-th target's output is called
 * "<entry_id>/<i>". It goes on with the input's `traceparent`, "" for none,
 * when it is held back or repeated, too. Both are printable ASCII, of at most
 * STEPDEN_ENTRY_ID_MAX and STEPDEN_TRACEPARENT_MAX characters.
 *
 * The members of `array` are in the ranges that its header gives, as the reader
 * leaves them. An event that a deadline has passed for without a run is updated
 * as if it had not.
 *
 * A target of which the collision is over by timeAfterCollision or more opens
 * no event; it ends the active one that it is a newer prediction of. Nor does
 * one that is not newer than what its parties' last event was made of.
 *
 * The array is refused as a whole, and nothing changes, with
 * STEPDEN_ERR_INVALID  not one reference, a target that equals the reference
 *                      or another target, a target without timeToCollision;
 *                      an `entry_id` or `traceparent` that is none
 * STEPDEN_ERR_RANGE    creationTime more than 1 s ahead of `now`
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_den_take_collisions(struct stepden_den *den,
                            const struct stepden_station_collision_array *array,
                            const char *entry_id, const char *traceparent,
                            struct stepden_now now, struct stepden_diag *diag);

/* Takes in a DENM from outside, of which negations of our events are obeyed. */
STEPDEN_API enum stepden_den_verdict
stepden_den_take_denm(struct stepden_den *den,
                      const struct stepden_denm_data *denm,
                      struct stepden_now now);

/*
 * Does what is due: cancellations, expiry, updates held back, repetitions,
 * release of action ids. Returns the monotonic time to call again: the next
 * deadline, but no later than denmCheckLastUpdateMaxInterval after now;
 * INT64_MAX with an empty table. What is taken in or restored afterwards can
 * have an earlier one: call it after that, too.
 */
STEPDEN_API int64_t stepden_den_run(struct stepden_den *den,
                                    struct stepden_now now);

/*
 * The same for `most` deadlines at most, so that a caller can pass on what came
 * of them before there is more. Returns now when there is more to do.
 */
STEPDEN_API int64_t stepden_den_run_some(struct stepden_den *den,
                                         struct stepden_now now, uint32_t most);

/*
 * Hands every record to `keep`, as the sink's `keep` would get it, in the order
 * of their action ids. What stepden_den_restore makes of them goes on as this
 * service would; new action ids follow the latest one that is restored, and the
 * numbers of repetitions leap, as some may have been sent since it was kept.
 */
STEPDEN_API void stepden_den_snapshot(struct stepden_den *den,
                                      stepden_den_keep *keep, void *ctx,
                                      struct stepden_now now);

/*
 * Puts a record back that was kept with this action id, as after a restart. Its
 * ages are taken from ITS time, and never negative. An update that was held
 * back is sent when it is due; repetitions that were missed are not made up
 * for. maxRecords does not count: events that receivers know are not forgotten.
 * A record that is there already, as a scan may give it twice, is left as it
 * is.
 *
 * STEPDEN_ERR_INVALID  not one of our stations or of this partition, or another
 *                      record has the action id, or another active event has
 * the same parties, or a DENM in it does not belong to it, or a time in it is
 * none of ITS, or too far from the others STEPDEN_ERR_MEMORY
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_den_restore(struct stepden_den *den,
                    const struct stepden_action_id *action_id,
                    const struct stepden_den_record *record,
                    struct stepden_now now, struct stepden_diag *diag);

/*
 * Forgets all records, without calls of the sink. The next sequence number
 * stays, unless a record is restored that was triggered later.
 */
STEPDEN_API void stepden_den_clear(struct stepden_den *den);

/*
 * Leaves out the next `count` numbers, as if they had been given to events: for
 * after a restart from records that may be older than what receivers know. An
 * action id that was in use since, and still is for them, is then not given to
 * another event. Count from what is in memory and what was restored, whichever
 * was triggered later; a skip outlives stepden_den_clear.
 */
STEPDEN_API void stepden_den_skip_numbers(struct stepden_den *den,
                                          uint32_t count);

/* Borrowed; valid until `den` is freed. */
STEPDEN_API const struct stepden_den_counters *
stepden_den_counters(const struct stepden_den *den);

#ifdef __cplusplus
}
#endif

#endif
