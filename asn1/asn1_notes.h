/*
 * What the modules of a release say and asn1c's descriptors do not. asn1prep
 * writes it, for every type that a DENM reaches and that has something to note.
 */
#ifndef ASN1_NOTES_H
#define ASN1_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A named number of an INTEGER, or a named bit of a BIT STRING. */
struct asn1_name {
    const char *name;
    int64_t number;
};

struct asn1_condition; /* an inner subtype constraint (X.680, clause 51.8) */

struct asn1_note {
    /*
     * "Latitude", or for a type without a name its place,
     * "DangerousGoodsExtended.companyName"; "Owner.[]" for the element of a
     * list. A member with constraints of its own has a note with its place
     * beside that of its type. Members of [[ ]] are those of the type around.
     * Each note is complete: what the types say that a type refers to is in it.
     */
    const char *type;
    const char *unit; /* as in the module, "0.1 m/s^2"; NULL if none */
    const struct asn1_name *names;
    size_t name_count;
    bool has_range; /* of an INTEGER: one range, extensions apart */
    int64_t lower;
    int64_t upper;
    bool has_size; /* of a string whose SIZE PER does not see: UTF8String */
    int64_t size_lower;
    int64_t size_upper;
    const struct asn1_condition *condition; /* NULL without */
};

struct asn1_notes {
    const struct asn1_note *notes; /* sorted by `type`, as strcmp does */
    size_t count;
};

extern const struct asn1_notes R1_notes;
extern const struct asn1_notes R2_notes;

#endif
