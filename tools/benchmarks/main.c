/* stepden-bench: what takes how long. See tools/bench. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "benchmarks/commands.h"
#include "benchmarks/compare.h"
#include "benchmarks/machine.h"
#include "benchmarks/options.h"
#include "benchmarks/report.h"

static const struct command {
    const char *name;
    const char *summary;
    void (*run)(struct bench_report *report,
                const struct bench_options *options);
    bool with_server; /* measures beside Redis */
} commands[] = {
    {"codec", "UPER and JER of four messages, beside asn1c's runtime",
     bench_codec, false},
    {"json", "JSON of the service, beside json-c", bench_json, false},
    {"den", "the DEN service with ever more active events", bench_den, false},
    {"growth", "a DENM with ever more active events, and targets of an array",
     bench_growth, false},
    {"ceiling", "the raw limit of Redis: XADD of what the service publishes",
     bench_ceiling, true},
    {"service", "stepden itself, which drains a backlog, beside that limit",
     bench_service, true},
    {"scale", "the same with partitions, on clusters: CPU time of a DENM",
     bench_scale, true},
    {"latency", "from an array that is due to its DENMs, beside an echo",
     bench_latency, true},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static void print_usage(FILE *output)
{
    fputs("Usage: bench COMMAND [OPTION]...\n\n", output);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(output, "  %-8s %s\n", commands[i].name, commands[i].summary);
    putc('\n', output);
    bench_options_print(output);
}

static struct bench_options options = {
    .rounds = 5, .sample_ms = 100, .records = 1000000, .seconds = 5};
static struct bench_machine machine;
static struct bench_report report = {.machine = &machine};

static void print_report(void)
{
    bench_report_print(&report, &options);
    bench_report_free(&report);
}

/* A failure ends the program anywhere: what was measured before is printed. */
static void run(const struct command *command)
{
    report.benchmark = command->name;
    bench_machine_init(&machine, command->with_server);
    bench_require(atexit(print_report) == 0, "atexit");
    command->run(&report, &options);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const struct command *command = argc > 1 ? find_command(argv[1]) : NULL;

    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        options.help = true;
    else if (!command || !bench_options_read(&options, argc - 1, argv + 1)) {
        print_usage(stderr);
        return EX_USAGE;
    }
    if (options.help)
        print_usage(stdout);
    else
        run(command);
    return EX_OK;
}
