/*
 * How the values of a type are put into a message: a row of operations, made
 * with the grammar. Nothing is left to be worked out for a value that is the
 * same for all of them, and what a SEQUENCE holds in itself, rather than behind
 * a pointer, is in its own row.
 */
#ifndef STEPDEN_CODEC_UPER_PLAN_H
#define STEPDEN_CODEC_UPER_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stepden_arena;
struct stepden_member;
struct stepden_step;
struct stepden_type;

enum stepden_uper_code {
    STEPDEN_UPER_NUMBER,           /* a long: `lower` is taken off, the rest has
                                      `width` bits; above `span`: SIMPLE */
    STEPDEN_UPER_POINTER_NUMBER,   /* of a pointer, which may be NULL */
    STEPDEN_UPER_POINTER_PRESENCE, /* a bit: is the pointer not NULL? */
    STEPDEN_UPER_ZERO,             /* a bit */
    STEPDEN_UPER_POINTER,          /* a value behind it, unless it is NULL */
    STEPDEN_UPER_PRESENCE,         /* a bit: is `member` to be encoded? */
    STEPDEN_UPER_MEMBER,           /* `member`, if it is to be encoded */
    STEPDEN_UPER_EXTENSION,        /* a bit: is an addition to be encoded? */
    STEPDEN_UPER_ADDITIONS,        /* from `member` on */
    STEPDEN_UPER_CHOICE,
    STEPDEN_UPER_LIST,
    STEPDEN_UPER_SIMPLE, /* a type without members */
    STEPDEN_UPER_END,
};

struct stepden_uper_op {
    enum stepden_uper_code code;
    unsigned width;
    size_t offset; /* of the value or pointer; of the owner of `member` */
    uint64_t lower;
    uint64_t span;
    const struct stepden_type *type; /* of the value; owner of additions */
    const struct stepden_member *member;
    const struct stepden_step *step; /* from the row's value; NULL: itself */
};

/*
 * Makes the plan of `type`; those of its members are their own. False without
 * memory.
 */
bool stepden_uper_plan(struct stepden_type *type, struct stepden_arena *arena);

#endif
