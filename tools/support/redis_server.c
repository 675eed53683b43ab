#include "support/redis_server.h"

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_ATTEMPTS = 1000, ATTEMPT_MS = 5 };

/* Below those that the kernel picks, as is the port of a node's bus. */
enum { FIRST_PORT = 10000, PORTS = 10000, BUS = 10000 };

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "redis-server: %s\n", what);
    exit(EXIT_FAILURE);
}

static void pause_ms(long ms)
{
    struct timespec pause = {.tv_nsec = ms * 1000000};

    nanosleep(&pause, NULL);
}

/* The server goes with this process, its own children with its group. The file
 * is not rewritten when it likes: what is measured would have to wait. */
static void become_server(const struct redis_server *server, pid_t parent)
{
    const char *appends = server->sync ? "yes" : "no";
    const char *sync = server->sync ? server->sync : "no";
    const char *in_cluster = server->port > 0 ? "yes" : "no";
    char port[16];

    snprintf(port, sizeof port, "%d", server->port);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    execlp("redis-server", "redis-server", "--port", port, "--bind",
           "127.0.0.1", "--cluster-enabled", in_cluster, "--unixsocket",
           server->socket, "--dir", server->folder, "--save", "",
           "--appendonly", appends, "--appendfsync", sync,
           "--auto-aof-rewrite-percentage", "0", "--loglevel", "warning",
           "--logfile", "redis.log", (char *)NULL);
    perror("redis-server");
    _exit(1);
}

static bool answers(const struct redis_server *server)
{
    redisContext *client = redisConnectUnix(server->socket);
    redisReply *reply = NULL;
    bool pong = false;

    if (client != NULL && client->err == 0)
        reply = redisCommand(client, "PING");
    pong = reply != NULL && reply->type == REDIS_REPLY_STATUS;
    if (reply != NULL)
        freeReplyObject(reply);
    if (client != NULL)
        redisFree(client);
    return pong;
}

/* The last line of its log, if there is one, says why. */
static void require_running(const struct redis_server *server)
{
    char path[sizeof server->folder + sizeof "/redis.log"];
    char line[512] = "it has ended before it answered";
    FILE *file;

    if (waitpid(server->pid, NULL, WNOHANG) == 0)
        return;
    snprintf(path, sizeof path, "%s/redis.log", server->folder);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        line[strcspn(line, "\n")] = '\0';
    if (file)
        fclose(file);
    require(false, line);
}

/* For the cleaner: the group of processes that is there now; 0: none. */
static void tell_pid(const struct redis_server *server)
{
    require(write(server->alive, &server->pid, sizeof server->pid) ==
                sizeof server->pid,
            "no cleaner");
}

void redis_server_restart(struct redis_server *server)
{
    pid_t parent = getpid();

    server->pid = fork();
    require(server->pid >= 0, "no process");
    if (server->pid == 0)
        become_server(server, parent);
    tell_pid(server);
    for (int i = 0; i < START_ATTEMPTS; i++) {
        if (answers(server))
            return;
        require_running(server);
        pause_ms(ATTEMPT_MS);
    }
    require(false, "no answer");
}

static int remove_file(const char *path, const struct stat *file, int type,
                       struct FTW *place)
{
    (void)file;
    (void)type;
    (void)place;
    return remove(path);
}

/* Who writes into the folder may do so until its end has come, too. */
static void remove_folder(const char *folder)
{
    for (int i = 0; i < START_ATTEMPTS && access(folder, F_OK) == 0; i++) {
        if (i > 0)
            pause_ms(ATTEMPT_MS);
        nftw(folder, remove_file, 8, FTW_DEPTH | FTW_PHYS);
    }
}

/* A process that sees this one end, by the end of what it is told, and has
 * nothing else to do. It holds nothing open that another one waits for. */
static void clean_up(const char *folder, int told)
{
    pid_t pid;
    pid_t group = 0;

    setsid();
    dup2(told, STDIN_FILENO);
    close_range(STDERR_FILENO + 1, UINT_MAX, 0);
    while (read(STDIN_FILENO, &pid, sizeof pid) == sizeof pid)
        group = pid;
    if (group > 0)
        kill(-group, SIGKILL);
    remove_folder(folder);
    _exit(0);
}

static void hire_cleaner(struct redis_server *server)
{
    int ends[2];

    require(pipe2(ends, O_CLOEXEC) == 0, "no pipe");
    server->alive = ends[1];
    server->cleaner = fork();
    require(server->cleaner >= 0, "no process");
    if (server->cleaner == 0)
        clean_up(server->folder, ends[0]);
    close(ends[0]);
}

static void make_folder(struct redis_server *server)
{
    const char *parent = getenv("TMPDIR");
    int size = snprintf(server->folder, sizeof server->folder,
                        "%s/redis_XXXXXX", parent ? parent : "/tmp");

    require((size_t)size < sizeof server->folder, "TMPDIR is too long");
    if (mkdtemp(server->folder))
        return;
    perror(server->folder);
    require(false, "no folder");
}

/* Signals to end wait until there is a cleaner, which they do not end. */
static void start(struct redis_server *server)
{
    sigset_t ends;
    sigset_t before;

    sigemptyset(&ends);
    sigaddset(&ends, SIGHUP);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, &before);
    make_folder(server);
    hire_cleaner(server);
    sigprocmask(SIG_SETMASK, &before, NULL);
    snprintf(server->socket, sizeof server->socket, "%s/redis.sock",
             server->folder);
    redis_server_restart(server);
}

void redis_server_start(struct redis_server *server, const char *sync)
{
    *server = (struct redis_server){.sync = sync};
    start(server);
}

static bool is_free(int port)
{
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is = listener >= 0 && bind(listener, (const struct sockaddr *)&address,
                                    sizeof address) == 0;

    if (listener >= 0)
        close(listener);
    return is;
}

static int pick_port(void)
{
    static int next;

    if (next == 0)
        next = (int)getpid();
    for (int i = 0; i < PORTS; i++) {
        int port = FIRST_PORT + next++ % PORTS;
        if (is_free(port) && is_free(port + BUS))
            return port;
    }
    require(false, "no free port");
    return 0;
}

void redis_server_start_node(struct redis_server *server)
{
    *server = (struct redis_server){.port = pick_port()};
    start(server);
}

void redis_server_kill(struct redis_server *server)
{
    if (server->pid == 0)
        return;
    kill(-server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    server->pid = 0;
    tell_pid(server);
}

void redis_server_pause(struct redis_server *server)
{
    kill(server->pid, SIGSTOP);
}

void redis_server_resume(struct redis_server *server)
{
    kill(server->pid, SIGCONT);
}

void redis_server_stop(struct redis_server *server)
{
    redis_server_kill(server);
    close(server->alive);
    waitpid(server->cleaner, NULL, 0);
    require(access(server->folder, F_OK) != 0, "the folder stays");
}

redisContext *redis_server_connect(const struct redis_server *server)
{
    redisContext *client = redisConnectUnix(server->socket);

    require(client != NULL && client->err == 0, "no connection");
    return client;
}
