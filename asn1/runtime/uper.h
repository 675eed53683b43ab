/*
 * What our replacements for functions of asn1c's runtime share. The functions
 * they replace are declared by asn1c; ../README.md lists them.
 */
#ifndef STEPDEN_ASN1_UPER_H
#define STEPDEN_ASN1_UPER_H

#include <stdbool.h>
#include <stddef.h>

#include <asn_application.h>
#include <per_support.h>

/* A row of presence bits, which stay where they are in the message. */
struct uper_presence {
    asn_per_data_t bits;
    size_t left;
};

/* The results of a decoder. */
asn_dec_rval_t uper_done(void);
asn_dec_rval_t uper_failed(void);
asn_dec_rval_t uper_starved(void); /* the message ends early */

/* Steps over `count` bits; false if there are fewer. */
bool uper_skip_bits(asn_per_data_t *pd, size_t count);

/* Takes the next `count` bits as presence bits; false if there are fewer. */
bool uper_presence_take(struct uper_presence *presence, asn_per_data_t *pd,
                        size_t count);

/* The next presence bit; false behind the last. */
bool uper_presence_next(struct uper_presence *presence);

/*
 * Where a member of `tree` is, or has to be put: asn1c keeps some by value,
 * some by pointer. `*value` is scratch that has to live as long as the result.
 */
void **uper_member(const asn_TYPE_member_t *member, void *tree, void **value);

/*
 * Allocates the zero tree of a type at `*tree` unless there is one; false
 * without memory. Who called the decoder frees it, after errors too.
 */
bool uper_tree(void **tree, int size);

#endif
