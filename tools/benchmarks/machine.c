#include "benchmarks/machine.h"

#include <sched.h>
#include <stdio.h>
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

        if (strncmp(line, "model name", strlen("model name")) || !colon)
            continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(model, size, "%.*s", (int)size - 1, colon + 2);
        break;
    }
    if (file)
        fclose(file);
}

/* Of those allowed the last one, as the first has most of the interrupts. */
static int pin(void)
{
    cpu_set_t allowed;
    cpu_set_t one;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return -1;
    for (size_t cpu = CPU_SETSIZE; cpu-- > 0;) {
        if (!CPU_ISSET(cpu, &allowed))
            continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        return sched_setaffinity(0, sizeof one, &one) == 0 ? (int)cpu : -1;
    }
    return -1;
}

void bench_machine_init(struct bench_machine *machine)
{
    struct utsname system;

    *machine = (struct bench_machine){
        .compiler = COMPILER OPTIMISED,
        .cores = sysconf(_SC_NPROCESSORS_ONLN),
    };
    machine->pinned = pin();
    find_model(machine->cpu, sizeof machine->cpu);
    if (uname(&system) == 0)
        snprintf(machine->kernel, sizeof machine->kernel, "%.20s %.100s",
                 system.sysname, system.release);
}
