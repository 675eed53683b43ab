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

struct asn1_condition;

enum asn1_presence { ASN1_ANY, ASN1_PRESENT, ASN1_ABSENT };

/* A component of a SEQUENCE, or an alternative: present if it is chosen. */
struct asn1_component {
    const char *member; /* in a [[ ]], or not */
    enum asn1_presence presence;
    const struct asn1_condition *condition; /* if it is there; NULL: any */
};

enum asn1_condition_kind {
    ASN1_ALL_OF,     /* each of `parts` holds */
    ASN1_ANY_OF,     /* one of them, or more */
    ASN1_NONE_OF,    /* none of them */
    ASN1_COMPONENTS, /* each of `components` is as it says */
    ASN1_EACH,       /* each element of a list is as parts[0] says */
    ASN1_NUMBER,     /* lower..upper: INTEGER; ENUMERATED; BOOLEAN, 0 or 1 */
    ASN1_SIZE,       /* lower..upper: elements, bits, octets, characters */
    ASN1_TEXT,       /* a string of characters is `text` */
};

/*
 * What the constraints of a type ask for and PER does not see: inner subtype
 * constraints (X.680, clause 51.8), and sets of values that are no range.
 */
struct asn1_condition {
    enum asn1_condition_kind kind;
    const struct asn1_condition *parts;
    size_t part_count;
    const struct asn1_component *components;
    size_t component_count;
    int64_t lower; /* INT64_MIN: no limit */
    int64_t upper; /* INT64_MAX: no limit */
    const char *text;
};

struct asn1_note {
    /*
     * "Latitude", or for a type without a name its place,
     * "DangerousGoodsExtended.companyName"; "Owner.[]" for the element of a
     * list. A member with constraints of its own has a note with its place
     * beside that of its type. Members of [[ ]] are those of the type around.
     * Each note is complete: what the types say that a type refers to is in it.
     */
    const char *type;
    const char *unit; /* of INTEGER, as in the module: "0.1 m/s^2"; or NULL */
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
