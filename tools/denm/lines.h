/*
 * The lines of a file or a pipe. A line is there as soon as it has been
 * written; before more is waited for, all output is flushed, so that what came
 * of the lines before is out.
 */
#ifndef DENM_LINES_H
#define DENM_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest line or file; DENMs with both encodings have less than 100 kB. */
#define DENM_LINE_MAX 1048576

struct denm_lines {
    int fd;
    char *bytes;
    size_t room;
    size_t begin;    /* of the line */
    size_t next;     /* behind the line */
    size_t end;      /* of what has been read */
    uint64_t number; /* of the line, from 1 */
    bool is_over;    /* there is no more to read */
    int error;       /* errno of what ended it, or 0 */
};

/* A line without its end. */
struct denm_line {
    const char *text; /* until the next call */
    size_t size;
    bool is_too_long; /* its text is not there */
};

void denm_lines_begin(struct denm_lines *lines, int fd);
void denm_lines_end(struct denm_lines *lines);

/* What comes next, at least one byte unless nothing comes; then returns -1. */
int denm_lines_peek(struct denm_lines *lines);

/* False at the end. */
bool denm_lines_next(struct denm_lines *lines, struct denm_line *line);

/* Adds the next line, and the newline before it, to the last one. */
bool denm_lines_extend(struct denm_lines *lines, struct denm_line *line);

/* Gives back the line that was added last; `size` is what was there before. */
void denm_lines_retract(struct denm_lines *lines, struct denm_line *line,
                        size_t size);

/* All that is left, as if it were one line. */
void denm_lines_rest(struct denm_lines *lines, struct denm_line *rest);

#endif
