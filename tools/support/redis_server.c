#include "support/redis_server.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { START_ATTEMPTS = 1000, ATTEMPT_MS = 5 };

static void require(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "redis-server: %s\n", what);
    abort();
}

static void pause_ms(long ms)
{
    struct timespec pause = {.tv_nsec = ms * 1000000};

    nanosleep(&pause, NULL);
}

/* The file is not rewritten when it likes: what is measured would have to
 * wait for that. */
static void become_server(const struct redis_server *server)
{
    const char *appends = server->sync ? "yes" : "no";
    const char *sync = server->sync ? server->sync : "no";

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execlp("redis-server", "redis-server", "--port", "0", "--unixsocket",
           server->socket, "--dir", server->folder, "--save", "",
           "--appendonly", appends, "--appendfsync", sync,
           "--auto-aof-rewrite-percentage", "0", "--loglevel", "warning",
           "--logfile", "redis.log", (char *)NULL);
    _exit(127);
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

void redis_server_restart(struct redis_server *server)
{
    server->pid = fork();
    require(server->pid >= 0, "no process");
    if (server->pid == 0)
        become_server(server);
    for (int i = 0; i < START_ATTEMPTS; i++) {
        if (answers(server))
            return;
        pause_ms(ATTEMPT_MS);
    }
    require(false, "no answer");
}

/* A process that sees this one end and has nothing else to do. */
static void hire_cleaner(struct redis_server *server)
{
    int ends[2];
    char byte;

    require(pipe2(ends, O_CLOEXEC) == 0, "no pipe");
    server->alive = ends[1];
    server->cleaner = fork();
    require(server->cleaner >= 0, "no process");
    if (server->cleaner == 0) {
        setsid();
        close(ends[1]);
        (void)!read(ends[0], &byte, 1);
        execlp("rm", "rm", "-rf", server->folder, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
}

void redis_server_start(struct redis_server *server, const char *sync)
{
    *server = (struct redis_server){.sync = sync};
    snprintf(server->folder, sizeof server->folder, "/tmp/redis_XXXXXX");
    require(mkdtemp(server->folder) != NULL, "no folder");
    hire_cleaner(server);
    snprintf(server->socket, sizeof server->socket, "%s/redis.sock",
             server->folder);
    redis_server_restart(server);
}

void redis_server_kill(struct redis_server *server)
{
    if (server->pid == 0)
        return;
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    server->pid = 0;
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
