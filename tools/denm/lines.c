#include "lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM_MIN = 65536 };

void denm_lines_begin(struct denm_lines *lines, int fd)
{
    *lines = (struct denm_lines){.fd = fd};
}

void denm_lines_end(struct denm_lines *lines)
{
    free(lines->bytes);
}

/* Room behind what has been read: from lines that are done, or new. */
static bool make_room(struct denm_lines *lines)
{
    if (lines->begin > 0) {
        lines->end -= lines->begin;
        lines->next -= lines->begin;
        memmove(lines->bytes, lines->bytes + lines->begin, lines->end);
        lines->begin = 0;
    }
    if (lines->end < lines->room)
        return true;

    size_t room = lines->room ? 2 * lines->room : ROOM_MIN;
    char *bytes = realloc(lines->bytes, room);

    if (!bytes)
        return false;
    lines->bytes = bytes;
    lines->room = room;
    return true;
}

static bool read_more(struct denm_lines *lines)
{
    ssize_t got;

    if (lines->is_over)
        return false;
    if (!make_room(lines)) {
        lines->is_over = true;
        lines->error = ENOMEM;
        return false;
    }
    fflush(NULL);
    do
        got = read(lines->fd, lines->bytes + lines->end,
                   lines->room - lines->end);
    while (got < 0 && errno == EINTR);
    lines->is_over = got <= 0;
    lines->error = got < 0 ? errno : 0;
    lines->end += got > 0 ? (size_t)got : 0;
    return got > 0;
}

int denm_lines_peek(struct denm_lines *lines)
{
    if (lines->next == lines->end && !read_more(lines))
        return -1;
    return (unsigned char)lines->bytes[lines->next];
}

/* Skips to the end of a line that is too long. */
static void skip_line(struct denm_lines *lines)
{
    const char *newline = NULL;

    do {
        lines->begin = lines->next = lines->end;
        if (!read_more(lines))
            return;
        newline =
            memchr(lines->bytes + lines->next, '\n', lines->end - lines->next);
    } while (!newline);
    lines->next = (size_t)(newline + 1 - lines->bytes);
}

/* The line from `begin`, of which the first `known` bytes have no newline. */
static void take_line(struct denm_lines *lines, size_t known,
                      struct denm_line *line)
{
    const char *newline = NULL;
    size_t size;

    for (;;) {
        size = lines->end - lines->begin;
        if (size > known)
            newline =
                memchr(lines->bytes + lines->begin + known, '\n', size - known);
        if (newline || size > DENM_LINE_MAX || !read_more(lines))
            break;
        known = size;
    }
    if (newline)
        size = (size_t)(newline - lines->bytes) - lines->begin;
    lines->next = lines->begin + size + (newline ? 1 : 0);
    line->is_too_long = size > DENM_LINE_MAX;
    if (line->is_too_long && !newline)
        skip_line(lines);
    line->text = lines->bytes + lines->begin;
    line->size = line->is_too_long ? 0 : size;
    if (line->size > 0 && line->text[line->size - 1] == '\r')
        line->size--;
    lines->number++;
}

bool denm_lines_next(struct denm_lines *lines, struct denm_line *line)
{
    lines->begin = lines->next;
    if (denm_lines_peek(lines) < 0)
        return false;
    take_line(lines, 0, line);
    return true;
}

bool denm_lines_extend(struct denm_lines *lines, struct denm_line *line)
{
    if (denm_lines_peek(lines) < 0)
        return false;
    take_line(lines, lines->next - lines->begin, line);
    return true;
}

void denm_lines_retract(struct denm_lines *lines, struct denm_line *line,
                        size_t size)
{
    const char *newline = memchr(line->text + size, '\n', line->size - size);

    line->size = size;
    lines->next = (size_t)(newline + 1 - lines->bytes);
    lines->number--;
}

void denm_lines_rest(struct denm_lines *lines, struct denm_line *rest)
{
    lines->begin = lines->next;
    while (lines->end - lines->begin <= DENM_LINE_MAX && read_more(lines))
        continue;
    rest->text = lines->bytes + lines->begin;
    rest->size = lines->end - lines->begin;
    rest->is_too_long = rest->size > DENM_LINE_MAX;
    lines->next = lines->end;
}
