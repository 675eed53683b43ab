/* What was measured on, and the CPU that it is done on. */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

struct bench_machine {
    char cpu[128]; /* model */
    char kernel[160];
    const char *compiler;
    long cores;
    int pinned; /* number of the CPU; -1: it may change */
};

/* Stays on one CPU if possible, and describes the machine. */
void bench_machine_init(struct bench_machine *machine);

#endif
