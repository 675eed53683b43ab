#include "benchmarks/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* The action ids of 16 stations. */
#define RECORDS_MAX 1048576

/* A service must get an update of each within 10 s, or it cancels the event. */
#define ACTIVE_MAX 200000

static const char usage[] =
    "  --repeat N      rounds, 1 to 99; 5 by default. In a round, all\n"
    "                  sides of a comparison take their turn\n"
    "  --json          for programs\n"
    "codec, json, den and growth:\n"
    "  --sample MS     how long a side takes its turn; 100\n"
    "  --records N     of the largest table of den and growth, 100000 to\n"
    "                  1048576; 1000000\n"
    "ceiling and service:\n"
    "  --aof no        without an append-only file; everysec: synced every\n"
    "                  second. Both by default\n"
    "  --denms N       of a backlog, or written by the loader; 100000. A\n"
    "                  backlog has at least one for each active record\n"
    "  --k K           service: targets of an array, 1 to 255; 1, 10 and 100\n"
    "  --n N           service: active records, up to 200000; 100, 10000 and\n"
    "                  100000\n"
    "latency:\n"
    "  --rate N        arrays a second, 20 to 10000; 100 and 1000\n"
    "  --seconds N     how long a side takes its turn; 5\n"
    "ceiling, service and latency:\n"
    "  --stepden PATH  the program; the one beside this\n";

void bench_options_print(FILE *output)
{
    fputs(usage, output);
}

static bool take_number(unsigned *number, const char *text, unsigned least,
                        unsigned most)
{
    char *end;

    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    *number = (unsigned)value;
    return errno == 0 && end != text && *end == '\0' && value >= least &&
           value <= most;
}

static bool take_option(struct bench_options *options, int name,
                        const char *value)
{
    switch (name) {
    case 'h':
        options->help = true;
        return true;
    case 'j':
        options->as_json = true;
        return true;
    case 'r':
        return take_number(&options->rounds, value, 1, BENCH_ROUNDS_MAX);
    case 's':
        return take_number(&options->sample_ms, value, 1, 10000);
    case 'R':
        return take_number(&options->records, value, 100000, RECORDS_MAX);
    case 'k':
        return take_number(&options->targets, value, 1, 255);
    case 'n':
        return take_number(&options->active, value, 1, ACTIVE_MAX);
    case 'q':
        return take_number(&options->rate, value, 20, 10000);
    case 't':
        return take_number(&options->seconds, value, 1, 600);
    case 'd':
        return take_number(&options->denms, value, 1, 10000000);
    case 'p':
        options->stepden = value;
        return true;
    case 'a':
        options->aof = value;
        return strcmp(value, "no") == 0 || strcmp(value, "everysec") == 0;
    }
    return false;
}

bool bench_options_read(struct bench_options *options, int argc, char **argv)
{
    static const struct option names[] = {
        {"help", no_argument, NULL, 'h'},
        {"json", no_argument, NULL, 'j'},
        {"repeat", required_argument, NULL, 'r'},
        {"sample", required_argument, NULL, 's'},
        {"records", required_argument, NULL, 'R'},
        {"k", required_argument, NULL, 'k'},
        {"n", required_argument, NULL, 'n'},
        {"denms", required_argument, NULL, 'd'},
        {"rate", required_argument, NULL, 'q'},
        {"seconds", required_argument, NULL, 't'},
        {"stepden", required_argument, NULL, 'p'},
        {"aof", required_argument, NULL, 'a'},
        {0},
    };
    int name;

    while ((name = getopt_long(argc, argv, "h", names, NULL)) != -1)
        if (!take_option(options, name, optarg))
            return false;
    return optind == argc;
}
