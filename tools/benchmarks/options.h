/* What the command line of the benchmarks says. */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#define BENCH_ROUNDS_MAX 99

struct bench_options {
    bool help;
    bool as_json;
    unsigned rounds; /* 1..BENCH_ROUNDS_MAX */
    unsigned sample_ms;
    unsigned records;    /* in the largest table */
    unsigned targets;    /* in an array; 0: several numbers, as the next */
    unsigned active;     /* records of a service */
    const char *aof;     /* only "no" or "everysec"; NULL: both */
    unsigned denms;      /* of a backlog; 0: as many as it takes */
    unsigned partitions; /* of scale; 0: several, as above */
    unsigned rate;       /* arrays a second; 0: several, as above */
    unsigned seconds;    /* of a sample at that rate */
    const char *stepden; /* path of the program; NULL: beside this one */
};

/* Reads the arguments behind the name of a command, which is in argv[0]; false
 * if they are wrong. */
bool bench_options_read(struct bench_options *options, int argc, char **argv);

void bench_options_print(FILE *output);

#endif
