/* The smaller and the larger of two times or amounts. */
#ifndef STEPDEN_BASE_COMPARE_H
#define STEPDEN_BASE_COMPARE_H

#include <stdint.h>

static inline int64_t stepden_smaller(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static inline int64_t stepden_larger(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

#endif
