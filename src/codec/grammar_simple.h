/* The part of the grammar that is types without members. */
#ifndef STEPDEN_CODEC_GRAMMAR_SIMPLE_H
#define STEPDEN_CODEC_GRAMMAR_SIMPLE_H

#include <asn_application.h>

#include "codec/grammar.h"

/* A type where it is used. */
struct stepden_use {
    asn_TYPE_descriptor_t *descriptor;
    const asn_per_constraints_t *constraints; /* of the place or the type */
    const struct asn1_note *note;
    const char *owner; /* what notes call the owner of its members */
    bool is_shared;    /* the type of that name, whatever the place */
};

/* The bits that a number from 0 to `number` needs. */
uint8_t stepden_bit_count(uint64_t number);

struct stepden_limits stepden_limits_of(const asn_per_constraint_t *constraint);

/*
 * Fills in a type of the universal tag `tag` (X.680, table 1), neither CHOICE
 * nor SEQUENCE nor SEQUENCE OF. False without memory.
 */
bool stepden_grammar_simple(struct stepden_type *type, unsigned tag,
                            const struct stepden_use *use,
                            struct stepden_arena *arena);

#endif
