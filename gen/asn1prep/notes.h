/*
 * What a release says of its types that neither PER nor asn1c makes anything
 * of. A note is complete: what a type has from those that it refers to is in
 * its own note.
 */
#ifndef ASN1PREP_NOTES_H
#define ASN1PREP_NOTES_H

#include "condition.h"
#include "release.h"

struct note_name {
    const char *name;
    int64_t number;
};

/* From `lower` to `upper`, as far as there are such limits. */
struct note_range {
    bool has_lower;
    bool has_upper;
    bool is_open; /* more than one range: not known here */
    int64_t lower;
    int64_t upper;
};

struct note {
    /*
     * The name of a type, or the place of one without a name or with
     * constraints of its own: "Owner.member", "Owner.[]" for the element of a
     * list, "Owner.member.[]" and so on. The members of [[ ]] are the owner's.
     */
    const char *place;
    const char *unit; /* of INTEGER; NULL: not known */
    struct note_name *names;
    size_t name_count;
    struct note_range range;     /* of INTEGER */
    struct note_range size;      /* of UTF8String */
    struct condition *condition; /* NULL: none */
};

struct notes {
    struct note *notes; /* sorted by place, as strcmp does */
    size_t count;
};

/* The notes on all types that the message reaches, those that say something. */
void notes_make(struct notes *notes, const struct release *release);

#endif
