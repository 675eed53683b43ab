#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void fail_at(struct place at, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "%s:%u: ", at.file, at.line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

void fail(const char *format, ...)
{
    va_list arguments;

    fputs("asn1prep: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}
