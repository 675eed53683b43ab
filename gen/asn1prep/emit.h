/* Writes a release as text that asn1c 0.9.28 compiles rightly. */
#ifndef ASN1PREP_EMIT_H
#define ASN1PREP_EMIT_H

#include <stdio.h>

#include "release.h"

/*
 * Writes one module with every type that was reached, its name behind
 * `prefix`. Names of members and values stay. The text depends on the types
 * alone: not on comments, files or order.
 */
void emit_release(FILE *out, const struct release *release, const char *prefix);

#endif
