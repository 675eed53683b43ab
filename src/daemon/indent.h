/* JSON for people. */
#ifndef STEPDEN_DAEMON_INDENT_H
#define STEPDEN_DAEMON_INDENT_H

#include <stdio.h>

/*
 * Writes the compact JSON of `size` bytes to `file` with two spaces a level
 * and a line a member, and a line feed at the end. Faults show in ferror.
 */
void stepden_indent(FILE *file, const char *json, size_t size);

#endif
