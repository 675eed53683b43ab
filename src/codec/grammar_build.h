/* Makes the grammar of a release from asn1c's descriptors and the notes. */
#ifndef STEPDEN_CODEC_GRAMMAR_BUILD_H
#define STEPDEN_CODEC_GRAMMAR_BUILD_H

#include <asn_application.h>

#include "codec/arena.h"
#include "codec/grammar.h"

/*
 * The type of `message`, and all that it reaches, in `arena`. Type names lose
 * `prefix`. The descriptors have been completed (grammar.c). NULL without
 * memory.
 */
const struct stepden_type *stepden_grammar_build(struct stepden_arena *arena,
                                                 asn_TYPE_descriptor_t *message,
                                                 const struct asn1_notes *notes,
                                                 const char *prefix);

#endif
