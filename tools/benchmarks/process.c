#include "benchmarks/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/options.h"

#define PATH_SIZE 320

void bench_service_find(char path[BENCH_PATH_SIZE],
                        const struct bench_options *options)
{
    static const char name[] = "stepden";
    ssize_t size;

    if (options->stepden) {
        snprintf(path, BENCH_PATH_SIZE, "%s", options->stepden);
        return;
    }
    size = readlink("/proc/self/exe", path, BENCH_PATH_SIZE - sizeof name);
    bench_require(size > 0, "/proc/self/exe");
    path[size] = '\0';
    strcpy(strrchr(path, '/') + 1, name);
}

pid_t bench_process_fork(void (*run)(const void *ctx), const void *ctx)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    bench_require(pid >= 0, "fork");
    if (pid > 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    run(ctx);
    _exit(0);
}

static void become(const void *arguments)
{
    const char *const *words = arguments;

    execv(words[0], (char *const *)words);
    perror(words[0]);
    _exit(127);
}

pid_t bench_process_start(const char *const *arguments)
{
    return bench_process_fork(become, arguments);
}

void bench_process_stop(pid_t pid)
{
    kill(pid, SIGTERM);
    bench_process_finish(pid);
}

void bench_process_finish(pid_t pid)
{
    int status = 0;

    bench_require(waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
                      WEXITSTATUS(status) == 0,
                  "the end of a process");
}

bool bench_process_runs(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};

    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == 0;
}

void bench_process_pause(pid_t pid)
{
    kill(pid, SIGSTOP);
    bench_require(waitpid(pid, NULL, WUNTRACED) == pid, "a pause");
}

void bench_process_resume(pid_t pid)
{
    kill(pid, SIGCONT);
}

static double thread_cpu_ns(pid_t pid, const char *thread)
{
    char path[PATH_SIZE];
    double ns = 0;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", (int)pid, thread);
    file = fopen(path, "re");
    if (!file)
        return 0; /* it ended */
    bench_require(fscanf(file, "%lf", &ns) == 1, "the reading of schedstat");
    fclose(file);
    return ns;
}

double bench_process_cpu_ns(pid_t pid)
{
    char path[PATH_SIZE];
    double ns = 0;
    struct dirent *thread;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    threads = opendir(path);
    bench_require(threads, path);
    while ((thread = readdir(threads)))
        if (thread->d_name[0] != '.')
            ns += thread_cpu_ns(pid, thread->d_name);
    closedir(threads);
    return ns;
}

double bench_process_peak_bytes(pid_t pid)
{
    char path[PATH_SIZE];
    char line[PATH_SIZE];
    double kilobytes = -1;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    file = fopen(path, "re");
    bench_require(file, path);
    while (kilobytes < 0 && fgets(line, sizeof line, file))
        sscanf(line, "VmHWM: %lf kB", &kilobytes);
    fclose(file);
    bench_require(kilobytes > 0, "the reading of VmHWM");
    return kilobytes * 1024;
}
