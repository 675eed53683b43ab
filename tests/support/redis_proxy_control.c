#include "support/redis_proxy_control.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/redis_proxy_sockets.h"

enum { WORDS_MAX = 4 };

/* Returns what is wrong, or NULL. */
typedef const char *command(struct proxy_control *control, char **words);

static void on_accept(struct ev_loop *loop, ev_io *io, int events)
{
    struct proxy_control *control = io->data;
    int client = accept4(io->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    (void)loop;
    (void)events;
    if (client >= 0 && control->shut)
        close(client);
    else if (client >= 0)
        proxy_relay_add(&control->relay, client);
}

static void stop_listening(struct proxy_control *control)
{
    if (control->listener < 0)
        return;
    ev_io_stop(control->relay.loop, &control->accept);
    close(control->listener);
    control->listener = -1;
}

bool proxy_control_listen(struct proxy_control *control)
{
    int fd = proxy_listen(control->listen, SOCK_STREAM);

    if (fd < 0)
        return false;
    if (proxy_port(fd) != 0)
        snprintf(control->listen, sizeof control->listen, "tcp:%u",
                 proxy_port(fd));
    control->listener = fd;
    ev_io_init(&control->accept, on_accept, fd, EV_READ);
    control->accept.data = control;
    ev_io_start(control->relay.loop, &control->accept);
    return true;
}

/* The rules of a direction, or NULL. */
static struct proxy_rules *find_rules(struct proxy_control *control,
                                      const char *word)
{
    if (strcmp(word, "up") == 0)
        return &control->relay.rules[PROXY_UP];
    if (strcmp(word, "down") == 0)
        return &control->relay.rules[PROXY_DOWN];
    return NULL;
}

static const char no_direction[] = "up or down is allowed";

static bool read_number(int64_t *number, const char *word)
{
    char *end;

    *number = strtoll(word, &end, 10);
    return *word != '\0' && *end == '\0' && *number >= 0;
}

static bool read_escape(char *byte, const char **at)
{
    static const char names[] = "rn\\";
    static const char bytes[] = "\r\n\\";
    const char *name = **at != '\0' ? strchr(names, **at) : NULL;
    unsigned value;

    if (name != NULL) {
        *byte = bytes[name - names];
        *at += 1;
        return true;
    }
    if (sscanf(*at, "x%2x", &value) != 1)
        return false;
    *byte = (char)value;
    *at += 3;
    return true;
}

static const char *read_pattern(struct proxy_pattern *pattern, const char *word)
{
    *pattern = (struct proxy_pattern){0};
    while (*word != '\0') {
        char byte = *word++;
        if (byte == '\\' && !read_escape(&byte, &word))
            return "after \\, one of r n \\ xNN is allowed";
        if (pattern->size == sizeof pattern->bytes)
            return "the text is too long";
        pattern->bytes[pattern->size++] = byte;
    }
    return NULL;
}

/* `number` is NULL where the direction is wrong. */
static const char *set_number(struct proxy_control *control, int64_t *number,
                              const char *word)
{
    int64_t wanted;

    if (number == NULL)
        return no_direction;
    if (!read_number(&wanted, word))
        return "a number is allowed, from 0";
    *number = wanted;
    proxy_relay_resume(&control->relay);
    return NULL;
}

static const char *delay(struct proxy_control *control, char **words)
{
    struct proxy_rules *rules = find_rules(control, words[1]);

    return set_number(control, rules != NULL ? &rules->delay_ms : NULL,
                      words[2]);
}

static const char *rate(struct proxy_control *control, char **words)
{
    struct proxy_rules *rules = find_rules(control, words[1]);

    return set_number(control, rules != NULL ? &rules->rate : NULL, words[2]);
}

static const char *stall(struct proxy_control *control, char **words)
{
    struct proxy_rules *rules = find_rules(control, words[1]);
    bool both = strcmp(words[1], "both") == 0;

    if (rules == NULL && !both)
        return "up, down or both is allowed";
    for (int which = 0; which < PROXY_DIRECTIONS; which++)
        if (both || rules == &control->relay.rules[which])
            control->relay.rules[which].stalled = true;
    return NULL;
}

static const char *randomize(struct proxy_control *control, char **words)
{
    int64_t seed;

    if (!read_number(&seed, words[1]) || seed == 0 || seed > INT32_MAX)
        return "a seed is a number above 0";
    control->relay.rules[PROXY_UP].random = (uint32_t)seed;
    control->relay.rules[PROXY_DOWN].random = (uint32_t)seed + 1;
    control->relay.random_cuts = (uint32_t)seed + 2;
    return NULL;
}

static const char *shut(struct proxy_control *control, char **words)
{
    (void)words;
    control->shut = true;
    return NULL;
}

static const char *refuse(struct proxy_control *control, char **words)
{
    (void)words;
    stop_listening(control);
    return NULL;
}

static const char *go(struct proxy_control *control, char **words)
{
    (void)words;
    for (int which = 0; which < PROXY_DIRECTIONS; which++) {
        struct proxy_rules *rules = &control->relay.rules[which];
        rules->delay_ms = rules->rate = 0;
        rules->stalled = false;
        rules->random = 0;
    }
    control->relay.random_cuts = 0;
    control->shut = false;
    proxy_relay_resume(&control->relay);
    if (control->listener < 0 && !proxy_control_listen(control))
        return "the address is taken";
    return NULL;
}

static const char *cut(struct proxy_control *control, char **words)
{
    proxy_relay_cut(&control->relay, strcmp(words[0], "reset") == 0);
    return NULL;
}

static const char *half(struct proxy_control *control, char **words)
{
    const struct proxy_rules *rules = find_rules(control, words[1]);

    if (rules == NULL)
        return no_direction;
    proxy_relay_half(&control->relay,
                     (enum proxy_direction)(rules - control->relay.rules));
    return NULL;
}

static const char *hold(struct proxy_control *control, char **words)
{
    struct proxy_rules *rules = find_rules(control, words[1]);

    if (rules == NULL)
        return no_direction;
    rules->after.size = 0;
    return read_pattern(&rules->hold, words[2]);
}

static const char *hold_after(struct proxy_control *control, char **words)
{
    const char *wrong = hold(control, words);

    return wrong != NULL
               ? wrong
               : read_pattern(&find_rules(control, words[1])->after, words[3]);
}

static const char *release(struct proxy_control *control, char **words)
{
    (void)words;
    for (int which = 0; which < PROXY_DIRECTIONS; which++)
        control->relay.rules[which].hold.size = 0;
    proxy_relay_release(&control->relay);
    return NULL;
}

static const char *replace(struct proxy_control *control, char **words)
{
    struct proxy_rules *rules = find_rules(control, words[1]);
    struct proxy_pattern find;

    if (rules == NULL)
        return no_direction;
    const char *wrong = read_pattern(&find, words[2]);
    if (wrong == NULL)
        wrong = read_pattern(&rules->replacement, words[3]);
    if (wrong == NULL && rules->replacement.size != find.size)
        wrong = "both texts have to be of the same size";
    if (wrong == NULL)
        rules->find = find;
    return wrong;
}

static void print_late(char *text, size_t room, const struct proxy_relay *relay)
{
    size_t size = 0;

    for (size_t i = 0; i < relay->late_size && size + 5 < room; i++) {
        unsigned char byte = (unsigned char)relay->late[i];
        bool plain = byte > ' ' && byte < 0x7f && byte != '\\';
        size += (size_t)snprintf(text + size, room - size,
                                 plain ? "%c" : "\\x%02x", byte);
    }
}

static void print_status(const struct proxy_control *control,
                         char answer[PROXY_LINE_SIZE])
{
    const struct proxy_relay *relay = &control->relay;
    int size =
        snprintf(answer, PROXY_LINE_SIZE,
                 "ok port=%u connections=%zu accepted=%" PRIu64
                 " held=%zu up=%" PRIu64 " down=%" PRIu64 " late=",
                 control->listener < 0 ? 0 : proxy_port(control->listener),
                 relay->connections, relay->accepted, proxy_relay_held(relay),
                 proxy_relay_total(relay, PROXY_UP),
                 proxy_relay_total(relay, PROXY_DOWN));

    print_late(answer + size, PROXY_LINE_SIZE - (size_t)size, relay);
}

static const char *status(struct proxy_control *control, char **words)
{
    (void)control;
    (void)words;
    return NULL;
}

static const struct {
    const char *name;
    size_t words; /* with the name */
    command *run;
} commands[] = {
    {"delay", 3, delay},      {"rate", 3, rate},
    {"stall", 2, stall},      {"go", 1, go},
    {"random", 2, randomize}, {"shut", 1, shut},
    {"refuse", 1, refuse},    {"cut", 1, cut},
    {"reset", 1, cut},        {"half", 2, half},
    {"hold", 3, hold},        {"release", 1, release},
    {"status", 1, status},    {"hold-after", 4, hold_after},
    {"replace", 4, replace},
};

static size_t split(char *words[WORDS_MAX + 1], char *line)
{
    size_t count = 0;

    for (char *word = strtok(line, " \n"); word != NULL && count <= WORDS_MAX;
         word = strtok(NULL, " \n"))
        words[count++] = word;
    return count;
}

static const char *run(struct proxy_control *control, char *line)
{
    char *words[WORDS_MAX + 1];
    size_t count = split(words, line);

    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (count > 0 && strcmp(words[0], commands[i].name) == 0)
            return count == commands[i].words ? commands[i].run(control, words)
                                              : "too many words, or too few";
    return "there is no such command";
}

void proxy_control_run(struct proxy_control *control, char *line,
                       char answer[PROXY_LINE_SIZE])
{
    const char *wrong = run(control, line);

    if (wrong != NULL)
        snprintf(answer, PROXY_LINE_SIZE, "error: %s", wrong);
    else
        print_status(control, answer);
}
