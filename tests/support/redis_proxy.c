/*
 * A proxy between a client and a Redis server that makes what a network can
 * make of a connection. It ends with the process that started it.
 *
 *   redis_proxy serve LISTEN SERVER CONTROL
 *   redis_proxy tell CONTROL COMMAND...
 *
 * LISTEN and SERVER are paths of Unix sockets or tcp:PORT, on the loopback
 * interface; tcp:0 is any free port. CONTROL is the path of a Unix socket for
 * the commands of redis_proxy_control.h. "tell" prints the answer, which always
 * has the status; it fails when the command does.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "support/redis_proxy_control.h"
#include "support/redis_proxy_sockets.h"

static void on_command(struct ev_loop *loop, ev_io *io, int events)
{
    char line[PROXY_LINE_SIZE];
    char answer[PROXY_LINE_SIZE];
    int client = accept4(io->fd, NULL, NULL, SOCK_CLOEXEC);

    (void)loop;
    (void)events;
    if (client < 0)
        return;
    ssize_t got = recv(client, line, sizeof line - 1, 0);
    if (got > 0) {
        line[got] = '\0';
        proxy_control_run(io->data, line, answer);
        send(client, answer, strlen(answer), MSG_NOSIGNAL);
    }
    close(client);
}

static int fail(const char *what)
{
    fprintf(stderr, "redis_proxy: %s: %s\n", what, strerror(errno));
    return EX_UNAVAILABLE;
}

static int serve(const char *listen_at, const char *server, const char *path)
{
    static struct proxy_control control;
    struct ev_loop *loop = ev_default_loop(0);
    ev_io commands;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    control.relay.loop = loop;
    control.relay.server = server;
    snprintf(control.listen, sizeof control.listen, "%s", listen_at);
    if (!proxy_control_listen(&control))
        return fail(listen_at);
    int fd = proxy_listen(path, SOCK_SEQPACKET);
    if (fd < 0)
        return fail(path);
    ev_io_init(&commands, on_command, fd, EV_READ);
    commands.data = &control;
    ev_io_start(loop, &commands);
    ev_run(loop, 0);
    return EX_OK;
}

static int tell(const char *path, char **words)
{
    char line[PROXY_LINE_SIZE] = "";
    char answer[PROXY_LINE_SIZE];
    size_t size = 0;

    for (; *words != NULL && size < sizeof line; words++)
        size +=
            (size_t)snprintf(line + size, sizeof line - size, "%s ", *words);
    if (size >= sizeof line) {
        fputs("redis_proxy: the command is too long\n", stderr);
        return EX_USAGE;
    }
    int fd = proxy_connect(path, SOCK_SEQPACKET);
    if (fd < 0 || send(fd, line, size, MSG_NOSIGNAL) < 0)
        return fail(path);
    ssize_t got = recv(fd, answer, sizeof answer, 0);
    if (got <= 0)
        return fail(path);
    printf("%.*s\n", (int)got, answer);
    return strncmp(answer, "ok", 2) == 0 ? EX_OK : EX_DATAERR;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "serve") == 0)
        return serve(argv[2], argv[3], argv[4]);
    if (argc > 3 && strcmp(argv[1], "tell") == 0)
        return tell(argv[2], argv + 3);
    fputs("usage: redis_proxy serve LISTEN SERVER CONTROL\n"
          "       redis_proxy tell CONTROL COMMAND...\n",
          stderr);
    return EX_USAGE;
}
