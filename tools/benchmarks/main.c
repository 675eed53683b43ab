/* stepden-bench: what takes how long. See tools/bench. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/machine.h"
#include "benchmarks/report.h"

static const struct {
    const char *name;
    const char *summary;
    void (*run)(struct bench_report *report,
                const struct bench_options *options);
} commands[] = {
    {"codec", "UPER and JER of three messages, beside asn1c's runtime",
     bench_codec},
    {"json", "JSON of the service, beside json-c", bench_json},
    {"den", "the DEN service with ever more active events", bench_den},
    {"growth", "a DENM with ever more active events, and targets of an array",
     bench_growth},
};

/* The action ids of 16 stations. */
#define RECORDS_MAX 1048576
#define RECORDS_MIN 100000

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static void print_usage(FILE *output)
{
    fputs("Usage: bench COMMAND [--repeat N] [--sample MS] [--records N] "
          "[--json]\n\n",
          output);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(output, "  %-8s %s\n", commands[i].name, commands[i].summary);
    fprintf(output,
            "\n"
            "  --repeat N   rounds, 1 to %d; 5 by default. In a round, all\n"
            "               sides of a comparison take their turn\n"
            "  --sample MS  how long a side takes its turn; 100\n"
            "  --records N  of the largest table of den and growth, 100000 to\n"
            "               %d; 1000000\n"
            "  --json       for programs\n",
            BENCH_ROUNDS_MAX, RECORDS_MAX);
}

/* A whole number of 1 to `most`, or 0. */
static unsigned read_number(const char *text, unsigned most)
{
    char *end;
    unsigned long number = text ? strtoul(text, &end, 10) : 0;

    return text && *end == '\0' && number <= most ? (unsigned)number : 0;
}

static bool read_options(struct bench_options *options, bool *as_json,
                         char **arguments)
{
    for (; *arguments; arguments++) {
        if (strcmp(*arguments, "--json") == 0)
            *as_json = true;
        else if (strcmp(*arguments, "--repeat") == 0)
            options->rounds = read_number(*++arguments, BENCH_ROUNDS_MAX);
        else if (strcmp(*arguments, "--sample") == 0)
            options->sample_ms = read_number(*++arguments, 10000);
        else if (strcmp(*arguments, "--records") == 0)
            options->records = read_number(*++arguments, RECORDS_MAX);
        else
            return false;
        if (options->rounds == 0 || options->sample_ms == 0 ||
            options->records < RECORDS_MIN)
            return false;
    }
    return true;
}

static void run(size_t command, const struct bench_options *options,
                bool as_json)
{
    struct bench_report report = {.benchmark = commands[command].name};
    struct bench_machine machine;

    bench_machine_init(&machine);
    commands[command].run(&report, options);
    bench_report_print(&report, &machine, options, as_json);
    bench_report_free(&report);
}

int main(int argc, char **argv)
{
    struct bench_options options = {
        .rounds = 5, .sample_ms = 100, .records = 1000000};
    bool as_json = false;

    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        print_usage(stdout);
        return EX_OK;
    }
    for (size_t i = 0; argc > 1 && i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i].name) != 0 ||
            !read_options(&options, &as_json, argv + 2))
            continue;
        run(i, &options, as_json);
        return EX_OK;
    }
    print_usage(stderr);
    return EX_USAGE;
}
