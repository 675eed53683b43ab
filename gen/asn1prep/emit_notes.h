/* Writes the notes on a release as C source, for asn1/asn1_notes.h. */
#ifndef ASN1PREP_EMIT_NOTES_H
#define ASN1PREP_EMIT_NOTES_H

#include <stdio.h>

#include "notes.h"

/* Writes `const struct asn1_notes PREFIX_notes`. */
void emit_notes(FILE *out, const struct notes *notes, const char *prefix);

#endif
