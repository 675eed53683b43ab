#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include <stepden/its_time.h>
#include <stepden/partition.h>

#include "redis/keys.h"

#include "load.h"
#include "output.h"
#include "predict.h"
#include "scene.h"

#define TICK_MS 100

static const char usage[] =
    "usage: stepden-simulator [OPTION]...\n"
    "Writes predicted collisions at an intersection, ten times a second.\n"
    "  --seconds N      length of the simulation (20)\n"
    "  --start TIME     its first instant, RFC 3339 (now)\n"
    "  --realtime       take as long as the simulation lasts\n"
    "  --redis SOCKET   write to the Redis server at this Unix socket,\n"
    "  --stream KEY     into this stream (step:{step}:crash_prediction)\n"
    "  --partitions N   or into the one of N that each reference belongs to: "
    "{p}\n"
    "                   in KEY is {0}, {1} and so on\n"
    "  --arrays N       no intersection: N arrays, as fast as they go,\n"
    "  --targets K      with K targets each (10),\n"
    "  --references M   of M reference stations in turn (100)\n"
    "  -h, --help       say this\n";

struct options {
    bool help;
    uint32_t seconds;
    bool has_start;
    int64_t start_its_ms;
    bool realtime;
    const char *socket;
    const char *stream;
    uint32_t partitions;
    struct sim_load load;
};

struct run {
    const struct options *options;
    struct sim_output *output;
    struct sim_scene scene;
    struct stepden_station_collision_array array;
    int64_t start_its_ms;
    int64_t start_mono_ms;
};

static int64_t clock_ms(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool take_number(uint32_t *number, const char *text, uint32_t max)
{
    char *end;

    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < 1 || value > max)
        return false;
    *number = (uint32_t)value;
    return true;
}

static bool take_option(struct options *options, int name, const char *value)
{
    switch (name) {
    case 'h':
        options->help = true;
        return true;
    case 's':
        return take_number(&options->seconds, value, 86400);
    case 't':
        options->has_start = true;
        return stepden_its_parse(&options->start_its_ms, value,
                                 strlen(value)) == STEPDEN_OK;
    case 'r':
        options->realtime = true;
        return true;
    case 'R':
        options->socket = value;
        return true;
    case 'S':
        options->stream = value;
        return true;
    case 'p':
        return take_number(&options->partitions, value, STEPDEN_PARTITIONS_MAX);
    case 'n':
        return take_number(&options->load.arrays, value, UINT32_MAX);
    case 'k':
        return take_number(&options->load.targets, value, SIM_LOAD_TARGETS_MAX);
    case 'm':
        return take_number(&options->load.references, value, UINT32_MAX);
    }
    return false;
}

static bool take_options(struct options *options, int argc, char **argv)
{
    static const struct option names[] = {
        {"help", no_argument, NULL, 'h'},
        {"seconds", required_argument, NULL, 's'},
        {"start", required_argument, NULL, 't'},
        {"realtime", no_argument, NULL, 'r'},
        {"redis", required_argument, NULL, 'R'},
        {"stream", required_argument, NULL, 'S'},
        {"partitions", required_argument, NULL, 'p'},
        {"arrays", required_argument, NULL, 'n'},
        {"targets", required_argument, NULL, 'k'},
        {"references", required_argument, NULL, 'm'},
        {0},
    };
    int name;

    while ((name = getopt_long(argc, argv, "h", names, NULL)) != -1)
        if (!take_option(options, name, optarg))
            return false;
    return optind == argc &&
           (options->partitions == 1 || stepden_keys_is_split(options->stream));
}

static void wait_until(const struct run *run, int64_t after_ms)
{
    const int64_t due_ms = run->start_mono_ms + after_ms;
    const struct timespec due = {.tv_sec = due_ms / 1000,
                                 .tv_nsec = due_ms % 1000 * 1000000};

    if (!run->options->realtime)
        return;
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR)
        continue;
}

static bool run_scene(struct run *run)
{
    const int64_t end_ms = (int64_t)run->options->seconds * 1000;

    for (int64_t ms = 0; ms < end_ms; ms += TICK_MS) {
        wait_until(run, ms + SIM_LATENCY_MS);
        sim_scene_at(&run->scene, ms);
        for (size_t i = 0; i < run->scene.count; i++)
            if (run->scene.actor[i].connected &&
                sim_predict(&run->array, &run->scene, i,
                            run->start_its_ms + ms) &&
                !sim_output_put(run->output, &run->array))
                return false;
    }
    return true;
}

static bool run_load(struct run *run)
{
    const struct sim_load *load = &run->options->load;

    if (!run->options->realtime && !run->options->has_start)
        run->start_its_ms -= sim_load_after_ms(load, load->arrays - 1);
    for (uint32_t i = 0; i < load->arrays; i++) {
        const int64_t after_ms = sim_load_after_ms(load, i);
        wait_until(run, after_ms);
        sim_load_fill(&run->array, load, i, run->start_its_ms + after_ms);
        if (!sim_output_put(run->output, &run->array))
            return false;
    }
    return true;
}

static bool run_all(struct run *run)
{
    const struct options *options = run->options;

    run->start_mono_ms = clock_ms(CLOCK_MONOTONIC);
    run->start_its_ms = options->has_start
                            ? options->start_its_ms
                            : stepden_its_from_unix(clock_ms(CLOCK_REALTIME));
    return options->load.arrays > 0 ? run_load(run) : run_scene(run);
}

int main(int argc, char **argv)
{
    static struct options options = {
        .seconds = 20,
        .stream = "step:{step}:crash_prediction",
        .partitions = 1,
        .load = {.targets = 10, .references = 100}};
    static struct run run;
    bool done = false;

    if (!take_options(&options, argc, argv)) {
        fputs(usage, stderr);
        return EX_USAGE;
    }
    if (options.help)
        return fputs(usage, stdout) != EOF && fflush(stdout) == 0 ? EX_OK
                                                                  : EX_IOERR;
    run.options = &options;
    run.output =
        sim_output_new(options.socket, options.stream, options.partitions);
    if (run.output != NULL) {
        done = run_all(&run);
        fprintf(stderr, "%" PRIu64 " arrays\n", sim_output_count(run.output));
    }
    sim_output_free(run.output);
    return done ? EX_OK : EX_IOERR;
}
