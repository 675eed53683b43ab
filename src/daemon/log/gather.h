/*
 * Lines about partitions, many of which may have the same to tell at once: the
 * first is told at once, and those like it, until it is time, in one line.
 */
#ifndef STEPDEN_DAEMON_LOG_GATHER_H
#define STEPDEN_DAEMON_LOG_GATHER_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/log/log.h"

enum {
    STEPDEN_GATHER_GROUPS = 16, /* what finds no place is told at once */
    STEPDEN_GATHER_WORDS_MAX = 1024,
    STEPDEN_GATHER_PARTITIONS = 256,
};

/* A line without its words. */
struct stepden_gather_line {
    enum stepden_log_level level;
    const char *event;
    const char *sum; /* the name of a number that is added up, or NULL */
    uint64_t amount;
    const char *file; /* where it is from */
    const char *function;
    int number;
};

/* Those like one that was told. */
struct stepden_gather_group {
    struct stepden_gather_line line;
    char shape[STEPDEN_GATHER_WORDS_MAX]; /* what their words have in common */
    char words[STEPDEN_GATHER_WORDS_MAX]; /* of the latest */
    bool has[STEPDEN_GATHER_PARTITIONS];
    uint32_t count; /* of lines, without the one that was told */
};

/* All zero but `log` and `partitions`, how many there are: none so far. */
struct stepden_gather {
    struct stepden_log *log;
    uint32_t partitions;
    uint32_t count;
    struct stepden_gather_group groups[STEPDEN_GATHER_GROUPS];
};

/*
 * Tells one, or keeps it: `event sum=amount words partition=3`, without the
 * partition if there is only one. Lines are alike if they differ in nothing but
 * the amount, the hash tags ({3}) and the seconds (0.5 s) in their words. Below
 * the level of the log nothing of it is evaluated.
 */
#define STEPDEN_GATHER_NOTE(gather, partition, wanted, event, sum, amount,     \
                            ...)                                               \
    do {                                                                       \
        if ((wanted) >= (gather)->log->level)                                  \
            stepden_gather_note((gather), (partition),                         \
                                &(const struct stepden_gather_line){           \
                                    (wanted), (event), (sum), (amount),        \
                                    __FILE__, __func__, __LINE__},             \
                                __VA_ARGS__);                                  \
    } while (0)

void stepden_gather_note(struct stepden_gather *gather, uint32_t partition,
                         const struct stepden_gather_line *line,
                         const char *format, ...) STEPDEN_PRINTF(4, 5);

/* Whether stepden_gather_tell is to be called, about a second from now. */
bool stepden_gather_waits(const struct stepden_gather *gather);

/* Tells what was kept, with `partitions=0-3,7` in place of one; what comes
 * next is told at once again. */
void stepden_gather_tell(struct stepden_gather *gather);

#endif
