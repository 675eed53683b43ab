#include "daemon/files.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>

#include "base/diag.h"

enum {
    OF_PARTITION = 5, /* two connections that look up a name, a state file */
    OF_PROCESS = 128, /* who watches, the log, the loop */
};

enum stepden_status stepden_files_allow(uint32_t partitions,
                                        struct stepden_diag *diag)
{
    rlim_t needed = (rlim_t)partitions * OF_PARTITION + OF_PROCESS;
    struct rlimit limit = {0, 0};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= needed)
        return STEPDEN_OK;
    if (limit.rlim_max < needed)
        return stepden_diag_set(
            diag, STEPDEN_ERR_SYSTEM, "/redis/partitions",
            "%u need up to %llu open files, and the hard limit is %llu: raise "
            "it (LimitNOFILE= of systemd, ulimit -Hn)",
            (unsigned)partitions, (unsigned long long)needed,
            (unsigned long long)limit.rlim_max);
    limit.rlim_cur = needed;
    if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
        return STEPDEN_OK;
    return stepden_diag_set(diag, STEPDEN_ERR_SYSTEM, "/redis/partitions",
                            "%llu files cannot be opened at a time: %s",
                            (unsigned long long)needed, strerror(errno));
}
