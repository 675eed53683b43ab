/* How asn1prep refuses its input: one message, then exit. */
#ifndef ASN1PREP_REPORT_H
#define ASN1PREP_REPORT_H

/* A line of an input file; lines count from 1. */
struct place {
    const char *file;
    unsigned line;
};

/*
 * Writes "file:line: " and the message to stderr and exits with EXIT_FAILURE.
 * Messages say what was found and what is allowed.
 */
_Noreturn void fail_at(struct place at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for what has no place in a file. */
_Noreturn void fail(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
