/* What was measured on, and the CPUs that it is done on. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <stdbool.h>

struct bench_machine {
    char cpu[128]; /* model */
    char kernel[160];
    char redis[128]; /* version and allocator; "": not asked, as with alone */
    const char *compiler;
    double load; /* mean of what ran or waited, in the last minute */
    long cores;
    int pinned; /* number of the CPU; -1: it may change */
    int server; /* of the one that servers have for themselves, likewise */
    bool alone; /* nobody else comes between, as all run by SCHED_RR */
};

/* Stays on one CPU if possible, and describes the machine. `with_server`: the
 * last CPU is left to a server, if there is another one, and who runs on both
 * comes before all others, if that is allowed. */
void bench_machine_init(struct bench_machine *machine, bool with_server);

/* From now on this process, and those that it starts, run on this CPU. False,
 * and nothing happens, if they cannot or it is negative. */
bool bench_machine_pin(int cpu);

#endif
