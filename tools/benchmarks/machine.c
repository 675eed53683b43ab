#include "benchmarks/machine.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

#ifdef __OPTIMIZE__
#define OPTIMISED ", optimised"
#else
#define OPTIMISED ", not optimised"
#endif

/* The first line of /proc/cpuinfo that names the model. */
static void find_model(char *model, size_t size)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256];

    snprintf(model, size, "unknown");
    while (file && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');

        if (strncmp(line, "model name", strlen("model name")) != 0 || !colon)
            continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(model, size, "%.*s", (int)size - 1, colon + 2);
        break;
    }
    if (file)
        fclose(file);
}

/* The last one below `end`, as the first has most of the interrupts; -1: there
 * is none. */
static int last_allowed(int end)
{
    cpu_set_t allowed;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return -1;
    for (int cpu = end; cpu-- > 0;)
        if (CPU_ISSET((size_t)cpu, &allowed))
            return cpu;
    return -1;
}

bool bench_machine_pin(int cpu)
{
    cpu_set_t one;

    if (cpu < 0)
        return false;
    CPU_ZERO(&one);
    CPU_SET((size_t)cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

static void pin(struct bench_machine *machine, bool with_server)
{
    int last = last_allowed(CPU_SETSIZE);
    int other = with_server ? last_allowed(last) : -1;

    machine->server = other >= 0 ? last : -1;
    machine->pinned = other >= 0 ? other : last;
    if (!bench_machine_pin(machine->pinned))
        machine->pinned = machine->server = -1;
}

/* This process, and who is started from now on. */
static bool get_ahead(void)
{
    const struct sched_param lowest = {
        .sched_priority = sched_get_priority_min(SCHED_RR),
    };

    return sched_setscheduler(0, SCHED_RR, &lowest) == 0;
}

static void find_redis(char *redis, size_t size)
{
    /* Nothing from outside is in it: NOLINTNEXTLINE(cert-env33-c) */
    FILE *output = popen("redis-server --version 2>/dev/null", "re");
    char version[32] = "?";
    char allocator[64] = "?";

    if (output) {
        (void)!fscanf(output, "%*[^=]=%31s %*s malloc=%63s", version,
                      allocator);
        pclose(output);
    }
    snprintf(redis, size, "Redis %s, %s", version, allocator);
}

void bench_machine_init(struct bench_machine *machine, bool with_server)
{
    struct utsname system;

    *machine = (struct bench_machine){
        .compiler = COMPILER OPTIMISED,
        .cores = sysconf(_SC_NPROCESSORS_ONLN),
    };
    (void)!getloadavg(&machine->load, 1);
    pin(machine, with_server);
    if (with_server) {
        find_redis(machine->redis, sizeof machine->redis);
        machine->alone = get_ahead();
    }
    find_model(machine->cpu, sizeof machine->cpu);
    if (uname(&system) == 0)
        snprintf(machine->kernel, sizeof machine->kernel, "%.20s %.100s",
                 system.sysname, system.release);
}
