/*
 * What happens to a DEN service, step by step, as a text that people can read
 * and change. A step is a line with its name and those of its values that are
 * not the usual ones:
 *
 *     config delay=500 interval=100 duration=1000
 *     array ttc1=900 type1=2
 *     deadline late=20
 *
 * Empty lines and lines that start with # mean nothing.
 */
#ifndef TESTS_UNIT_DEN_MODEL_SCRIPT_H
#define TESTS_UNIT_DEN_MODEL_SCRIPT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SCRIPT_STEPS_MAX 400
#define SCRIPT_VALUES_MAX 40
#define SCRIPT_TARGETS_MAX 4

enum script_kind {
    SCRIPT_CONFIG,   /* first, once */
    SCRIPT_PASS,     /* time passes, without a run */
    SCRIPT_RUN,      /* a run now */
    SCRIPT_DEADLINE, /* time passes until the returned deadline; a run */
    SCRIPT_ADVANCE,  /* time passes, with a run at each deadline */
    SCRIPT_CLOCK,    /* the wall clock is set */
    SCRIPT_ARRAY,    /* a collision array comes */
    SCRIPT_DENM,     /* a DENM of the client stream comes */
    SCRIPT_RESTART,  /* another service goes on with what was kept */
    SCRIPT_RELOAD,   /* the same service forgets all, and restores it */
    SCRIPT_RESTORE,  /* a kept record once more, maybe changed */
    SCRIPT_FILL,     /* ended events are restored, of these action ids */
};
#define SCRIPT_KINDS (SCRIPT_FILL + 1)

/* The values of each kind of step; what they mean is said in script.c. */
enum { /* SCRIPT_CONFIG */
       CONFIG_IDS,
       CONFIG_AFTER,
       CONFIG_DELAY,
       CONFIG_TICK,
       CONFIG_SPACING,
       CONFIG_INTERVAL,
       CONFIG_DURATION,
       CONFIG_EXPIRE,
       CONFIG_HOLD_OFF,
       CONFIG_CONFIRMATIONS,
       CONFIG_RECORDS,
       CONFIG_RELEASE,
       CONFIG_TRANSMISSION,
       CONFIG_PARTITIONS,
       CONFIG_PARTITION,
};

enum { /* SCRIPT_PASS, _ADVANCE, _CLOCK, _DEADLINE */
       TIME_MS,
};

enum { /* SCRIPT_ARRAY */
       ARRAY_MADE,
       ARRAY_LAST,
       ARRAY_DEFECT,
       ARRAY_TRACE,
       ARRAY_ROLES,
       ARRAY_REFERENCE,
       ARRAY_SPEED,
       ARRAY_HEADING,
       ARRAY_COUNT,
       ARRAY_TARGETS, /* and then for each of them: */
};
enum {
    TARGET_STATION,
    TARGET_OBJECT,
    TARGET_TYPE,
    TARGET_HEADING,
    TARGET_TTC,
    TARGET_IMPACT,
    TARGET_VALUES,
};
enum {
    DEFECT_NONE,
    DEFECT_TWO_REFERENCES,
    DEFECT_TARGET_IS_REFERENCE,
    DEFECT_TARGET_TWICE,
    DEFECT_NO_TIME,
    DEFECT_LONG_ID,
    DEFECTS,
};

enum { /* SCRIPT_DENM */
       DENM_SENT,
       DENM_FOREIGN,
       DENM_SKEW,
       DENM_REFERENCE,
       DENM_DETECTION,
       DENM_VALIDITY,
       DENM_TERMINATION,
};

enum { /* SCRIPT_RESTART, _RELOAD */
       RESTART_MS,
       RESTART_SNAPSHOT,
       RESTART_REVERSE,
       RESTART_BOOT,
};

enum { /* SCRIPT_RESTORE */
       RESTORE_PICK,
       RESTORE_FOREIGN,
       RESTORE_NUMBER,
       RESTORE_PARTY,
};

enum { /* SCRIPT_FILL */
       FILL_NUMBER,
       FILL_COUNT,
       FILL_VALID,
       FILL_TRIGGER,
};

struct script_step {
    enum script_kind kind;
    int64_t value[SCRIPT_VALUES_MAX];
};

struct script {
    struct script_step config;
    uint32_t count;
    struct script_step steps[SCRIPT_STEPS_MAX];
};

/* A step with the usual values. */
struct script_step script_step(enum script_kind kind);

/* How many values it has, and the usual one of each. */
uint32_t script_values(enum script_kind kind);
int64_t script_usual(enum script_kind kind, uint32_t value);

/* Writes the step as a line, with the NUL. */
void script_print(const struct script_step *step, char *line, size_t size);
void script_write(const struct script *script, FILE *file);

/* Returns 0, or the number of the line that is not a step. */
uint32_t script_read(struct script *script, FILE *file);

#endif
