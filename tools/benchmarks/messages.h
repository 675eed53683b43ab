/* Messages that a service sends, to measure with. */
#ifndef BENCH_MESSAGES_H
#define BENCH_MESSAGES_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/denm.h>

struct bench_message {
    char name[64]; /* "cancellation, 47 bytes" */
    struct stepden_denm_data denm;
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
    size_t size;
};

#define BENCH_MESSAGE_COUNT 4

/*
 * A short one, two as they mostly are - of an instance that keeps traces, and
 * of one that does not - and a long one.
 */
const struct bench_message *bench_messages(void);

#endif
