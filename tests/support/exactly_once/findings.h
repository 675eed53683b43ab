/* What is wrong: all of it is counted, the first few are told. */
#ifndef EXACTLY_ONCE_FINDINGS_H
#define EXACTLY_ONCE_FINDINGS_H

#include <stdint.h>

struct findings {
    uint64_t count;
};

void findings_add(struct findings *findings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
