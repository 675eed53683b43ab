/* Another program, beside the benchmark. */
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct bench_options;

#define BENCH_PATH_SIZE 4096

/* The path of the service: beside this program, unless the options have it. */
void bench_service_find(char path[BENCH_PATH_SIZE],
                        const struct bench_options *options);

/* Starts it, without its standard output; it is killed when this process ends,
 * however that does. `arguments` begin with the path and end with NULL. */
pid_t bench_process_start(const char *const *arguments);

/* Starts a process of this program, which does nothing but `run`; likewise. */
pid_t bench_process_fork(void (*run)(const void *ctx), const void *ctx);

/* Waits until it has ended, without a fault. */
void bench_process_finish(pid_t pid);

/* Asks it to end, and waits until it has. */
void bench_process_stop(pid_t pid);

/* A child that has ended counts as not running. */
bool bench_process_runs(pid_t pid);

/* SIGSTOP, returning when it stands, and SIGCONT. */
void bench_process_pause(pid_t pid);
void bench_process_resume(pid_t pid);

/* That all of its threads have had. */
double bench_process_cpu_ns(pid_t pid);

/* Of its memory, the most that was ever resident. */
double bench_process_peak_bytes(pid_t pid);

#endif
