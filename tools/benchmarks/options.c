#include "benchmarks/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/partition.h>

/* The action ids of 16 stations. */
#define RECORDS_MAX 1048576

/* A service must get an update of each within 10 s, or it cancels the event;
 * what it gets must not be older either. */
#define ACTIVE_MAX 200000
#define DENMS_MAX 1000000

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
    "  --denms N       of a backlog, or written by the loader, 100 to "
    "1000000;\n"
    "                  100000, and 500000 with everysec, to last for several\n"
    "                  syncs. A backlog has at least one for each active "
    "record\n"
    "  --k K           service: targets of an array, 1 to 255; 1, 10 and 100\n"
    "  --n N           service: active records, up to 200000; 100, 10000 and\n"
    "                  100000 that are no less than K\n"
    "scale:\n"
    "  --denms N       of a backlog; 200000\n"
    "  --partitions N  1 to 256, beside 1, on one master; 1, 4, 16, 64 and "
    "256,\n"
    "                  and 48 on up to three masters, shared by up to three\n"
    "                  instances\n"
    "latency:\n"
    "  --rate N        arrays a second, 20 to 10000; 100 and 1000\n"
    "  --seconds N     how long a side takes its turn; 5\n"
    "ceiling, service, scale and latency:\n"
    "  --stepden PATH  the program; the one beside this\n";

void bench_options_print(FILE *output)
{
    fputs(usage, output);
}

/* What is wrong with an option. */
static bool refuse(const struct option *option, const char *value,
                   const char *allowed)
{
    fprintf(stderr, "bench: --%s: %s, but %s is allowed\n", option->name, value,
            allowed);
    return false;
}

static bool take_number(unsigned *number, const struct option *option,
                        const char *text, unsigned least, unsigned most)
{
    char allowed[64];
    char *end;

    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    *number = (unsigned)value;
    if (errno == 0 && end != text && *end == '\0' && value >= least &&
        value <= most)
        return true;
    snprintf(allowed, sizeof allowed, "a number of %u to %u", least, most);
    return refuse(option, text, allowed);
}

static bool take_aof(const char **aof, const struct option *option,
                     const char *value)
{
    *aof = value;
    return strcmp(value, "no") == 0 || strcmp(value, "everysec") == 0 ||
           refuse(option, value, "no or everysec");
}

static bool take_option(struct bench_options *options,
                        const struct option *option, const char *value)
{
    switch (option->val) {
    case 'h':
        options->help = true;
        return true;
    case 'j':
        options->as_json = true;
        return true;
    case 'r':
        return take_number(&options->rounds, option, value, 1,
                           BENCH_ROUNDS_MAX);
    case 's':
        return take_number(&options->sample_ms, option, value, 1, 10000);
    case 'R':
        return take_number(&options->records, option, value, 100000,
                           RECORDS_MAX);
    case 'k':
        return take_number(&options->targets, option, value, 1, 255);
    case 'n':
        return take_number(&options->active, option, value, 1, ACTIVE_MAX);
    case 'q':
        return take_number(&options->rate, option, value, 20, 10000);
    case 't':
        return take_number(&options->seconds, option, value, 1, 600);
    case 'd':
        return take_number(&options->denms, option, value, 100, DENMS_MAX);
    case 'P':
        return take_number(&options->partitions, option, value, 1,
                           STEPDEN_PARTITIONS_MAX);
    case 'p':
        options->stepden = value;
        return true;
    case 'a':
        return take_aof(&options->aof, option, value);
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
        {"partitions", required_argument, NULL, 'P'},
        {"rate", required_argument, NULL, 'q'},
        {"seconds", required_argument, NULL, 't'},
        {"stepden", required_argument, NULL, 'p'},
        {"aof", required_argument, NULL, 'a'},
        {0},
    };
    int result;
    int i = 0;

    while ((result = getopt_long(argc, argv, "", names, &i)) != -1)
        if (result == '?' || !take_option(options, &names[i], optarg))
            return false;
    if (options->active > 0 && options->targets > options->active) {
        fprintf(stderr, "bench: --k: %u, but the %u of --n is the most\n",
                options->targets, options->active);
        return false;
    }
    return optind == argc;
}
