/* What the system says of this process. */
#ifndef STEPDEN_DAEMON_MONITOR_PROCESS_H
#define STEPDEN_DAEMON_MONITOR_PROCESS_H

#include <stdint.h>

struct stepden_process {
    double cpu_s; /* of both modes, since it began */
    uint64_t virtual_bytes;
    uint64_t resident_bytes;
    uint64_t open_fds;
    uint64_t max_fds;
};

/* What cannot be found out is 0. */
void stepden_process_look(struct stepden_process *process);

#endif
