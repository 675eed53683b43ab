/*
 * Any bytes as an address to listen on, and as what clients of the HTTP server
 * send: nothing faults, an address is written as it can be read again, answers
 * are those of HTTP, no page comes that was not made for it, who reads a stream
 * leaves it, and the server goes on to answer. The first byte chooses where the
 * bytes are cut and who ends first; after each 0xff it is the next client that
 * sends.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <ev.h>

#include "base/diag.h"
#include "daemon/monitor/http_server.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define BODY "this is the page\n"
#define NEXT 0xff
#define CHUNK_MAX 64

enum { CLIENTS_MAX = 4, ANSWERS_MAX = 256 * 1024, TURNS = 4, TURNS_MAX = 1000 };

/* What is served, and how. */
struct site {
    struct ev_loop *loop;
    struct stepden_http_server *server;
    struct stepden_http_address address;
    struct stepden_http_stream *stream;
    bool is_watched;
    size_t made; /* pages */
};

struct client {
    int fd;
    size_t size;
    char answers[ANSWERS_MAX + 1];
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* ---- the address ---- */

static void check_address(const uint8_t *bytes, size_t size)
{
    struct stepden_http_address address;
    struct stepden_http_address again;
    struct stepden_diag diag = {0};
    char written[STEPDEN_HTTP_ADDRESS_MAX];
    char *text = strndup((const char *)bytes, size);

    require(text != NULL);
    if (stepden_http_address_read(&address, text, &diag) == STEPDEN_OK) {
        stepden_http_address_write(written, &address);
        require(stepden_http_address_read(&again, written, NULL) == STEPDEN_OK);
        require(address.size == again.size);
        require(memcmp(&address.socket, &again.socket, address.size) == 0);
    } else {
        require(diag.reason[0] != '\0');
    }
    (void)stepden_http_host_is_local(text);
    free(text);
}

/* ---- the clients ---- */

static unsigned write_page(FILE *file, void *ctx)
{
    struct site *site = ctx;

    site->made++;
    fputs(BODY, file);
    return 200;
}

static void watched(void *ctx, bool by_somebody)
{
    struct site *site = ctx;

    require(site->is_watched != by_somebody);
    site->is_watched = by_somebody;
}

static void turn(struct site *site)
{
    bool wants_all = stepden_http_stream_wants_all(site->stream);

    require(site->is_watched || !wants_all);
    stepden_http_stream_send(site->stream, "data: some\n\n",
                             wants_all ? "data: all\n\n" : NULL);
    for (int i = 0; i < TURNS; i++)
        ev_run(site->loop, EVRUN_NOWAIT);
}

/* One that leaves no trace when it is closed. */
static void dial(struct client *client,
                 const struct stepden_http_address *address)
{
    const struct linger at_once = {.l_onoff = 1};

    client->size = 0;
    client->fd = socket(address->socket.ss_family, SOCK_STREAM, 0);
    require(client->fd >= 0);
    require(connect(client->fd, (const struct sockaddr *)&address->socket,
                    address->size) == 0);
    require(fcntl(client->fd, F_SETFL, O_NONBLOCK) == 0);
    require(setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &at_once,
                       sizeof at_once) == 0);
}

static void say(struct client *client, const void *bytes, size_t size)
{
    (void)!send(client->fd, bytes, size, MSG_NOSIGNAL);
}

/* Returns whether there may be more. */
static bool hear(struct client *client)
{
    ssize_t size = recv(client->fd, client->answers + client->size,
                        ANSWERS_MAX - client->size, 0);

    if (size > 0)
        client->size += (size_t)size;
    require(client->size < ANSWERS_MAX);
    client->answers[client->size] = '\0';
    return size != 0;
}

static size_t count_pages(const struct client *client)
{
    const char *at = client->answers;
    size_t count = 0;

    for (; (at = strstr(at, BODY)) != NULL; at += strlen(BODY))
        count++;
    return count;
}

static void check_answers(const struct client *client)
{
    const char *answers = client->answers;

    require(client->size == 0 || strncmp(answers, "HTTP/1.", 7) == 0);
}

static size_t next_chunk(uint32_t *seed, const uint8_t *bytes, size_t size)
{
    const uint8_t *next = memchr(bytes, NEXT, size);
    size_t most = next != NULL ? (size_t)(next - bytes) : size;

    *seed = *seed * 1664525 + 1013904223;
    size_t chunk = 1 + (*seed >> 24) % CHUNK_MAX;
    return chunk < most ? chunk : most;
}

static void say_all(struct client *clients, struct site *site, uint32_t seed,
                    const uint8_t *bytes, size_t size)
{
    size_t who = 0;

    while (size > 0) {
        size_t chunk = next_chunk(&seed, bytes, size);
        if (chunk == 0) {
            who = (who + 1) % CLIENTS_MAX;
            chunk = 1;
        } else {
            say(&clients[who], bytes, chunk);
            turn(site);
            hear(&clients[who]);
        }
        bytes += chunk;
        size -= chunk;
    }
}

/* Whatever it was sent. */
static void check_that_it_answers(struct site *site)
{
    static const char request[] =
        "GET /page HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    static struct client client;

    dial(&client, &site->address);
    say(&client, request, strlen(request));
    for (int i = 0; hear(&client); i++) {
        require(i < TURNS_MAX);
        turn(site);
    }
    require(strncmp(client.answers, "HTTP/1.1 200 ", 13) == 0);
    require(count_pages(&client) == 1);
    close(client.fd);
}

static void check_clients(struct client *clients, struct site *site)
{
    size_t pages = 0;

    turn(site);
    for (int i = 0; i < CLIENTS_MAX; i++) {
        hear(&clients[i]);
        check_answers(&clients[i]);
        pages += count_pages(&clients[i]);
    }
    require(pages <= site->made);
}

static void close_all(struct client *clients)
{
    for (int i = 0; i < CLIENTS_MAX; i++)
        close(clients[i].fd);
}

static void start(struct site *site, struct stepden_http_page pages[2])
{
    *site = (struct site){.loop = ev_loop_new(EVFLAG_AUTO)};
    require(stepden_http_stream_new(&site->stream, watched, site) ==
            STEPDEN_OK);
    pages[0] = (struct stepden_http_page){
        .path = "/page", .type = "text/plain", .write = write_page};
    pages[1] = (struct stepden_http_page){
        .path = "/stream", .type = "text/event-stream", .stream = site->stream};
    require(stepden_http_address_read(&site->address, "127.0.0.1:0", NULL) ==
            STEPDEN_OK);
    require(stepden_http_server_new(&site->server, site->loop, &site->address,
                                    pages, 2, site, NULL) == STEPDEN_OK);
}

static void stop(struct site *site)
{
    stepden_http_server_free(site->server);
    require(!site->is_watched);
    stepden_http_stream_free(site->stream);
    ev_loop_destroy(site->loop);
}

static void serve(uint8_t choice, const uint8_t *bytes, size_t size)
{
    static struct client clients[CLIENTS_MAX];
    struct stepden_http_page pages[2];
    struct site site;

    start(&site, pages);
    for (int i = 0; i < CLIENTS_MAX; i++)
        dial(&clients[i], &site.address);
    say_all(clients, &site, 1u + choice, bytes, size);
    check_clients(clients, &site);
    if (choice & 1)
        close_all(clients);
    check_that_it_answers(&site);
    stop(&site);
    if (!(choice & 1))
        close_all(clients);
}

/* By libFuzzer's own alarm. */
static void let_nothing_be_interrupted(void)
{
    struct sigaction alarm;

    require(sigaction(SIGALRM, NULL, &alarm) == 0);
    alarm.sa_flags |= SA_RESTART;
    require(sigaction(SIGALRM, &alarm, NULL) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    signal(SIGPIPE, SIG_IGN);
    let_nothing_be_interrupted();
    check_address(bytes + 1, size - 1);
    serve(bytes[0], bytes + 1, size - 1);
    return 0;
}
