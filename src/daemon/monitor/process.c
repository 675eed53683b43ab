#include "daemon/monitor/process.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static double seconds(const struct timeval *time)
{
    return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

static void look_at_memory(struct stepden_process *process)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t pages[2] = {0, 0};
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return;
    if (fscanf(file, "%" SCNu64 " %" SCNu64, &pages[0], &pages[1]) == 2) {
        process->virtual_bytes = pages[0] * page;
        process->resident_bytes = pages[1] * page;
    }
    fclose(file);
}

/* Without the one that looks. */
static uint64_t count_fds(void)
{
    uint64_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    if (!folder)
        return 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count > 0 ? count - 1 : 0;
}

void stepden_process_look(struct stepden_process *process)
{
    struct rusage usage;
    struct rlimit limit;
    *process = (struct stepden_process){.open_fds = count_fds()};
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        process->cpu_s = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        process->max_fds = limit.rlim_cur;
    look_at_memory(process);
}
