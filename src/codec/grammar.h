/*
 * The types of a release as everything in this folder walks them: made once,
 * at first use, from asn1c's descriptors, and from asn1prep's notes where the
 * descriptors say nothing. They describe the trees of asn1c's structs.
 *
 * In a tree, an ENUMERATED that the release does not know is -1 for its first
 * unknown item, -2 for the next and so on; a CHOICE whose alternative it does
 * not know has none.
 */
#ifndef STEPDEN_CODEC_GRAMMAR_H
#define STEPDEN_CODEC_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <asn1_notes.h>

#include <stepden/records/common.h>
#include <stepden/status.h>

struct stepden_arena;
struct stepden_uper_op;
struct asn_TYPE_descriptor_s;

enum stepden_kind {
    STEPDEN_KIND_BOOLEAN,    /* BOOLEAN_t */
    STEPDEN_KIND_NULL,       /* NULL_t, an int */
    STEPDEN_KIND_INTEGER,    /* long, unsigned long or INTEGER_t */
    STEPDEN_KIND_ENUMERATED, /* long */
    STEPDEN_KIND_BITS,       /* BIT STRING, BIT_STRING_t */
    STEPDEN_KIND_OCTETS,     /* OCTET STRING, OCTET_STRING_t */
    STEPDEN_KIND_CHARACTERS, /* IA5String and so on, OCTET_STRING_t */
    STEPDEN_KIND_UTF8,       /* UTF8String, OCTET_STRING_t */
    STEPDEN_KIND_SEQUENCE,
    STEPDEN_KIND_CHOICE,
    STEPDEN_KIND_LIST, /* SEQUENCE OF */
};

/* How an INTEGER is kept; an ENUMERATED is a long. */
enum stepden_storage {
    STEPDEN_STORAGE_LONG,
    STEPDEN_STORAGE_UNSIGNED_LONG,
    STEPDEN_STORAGE_OCTETS, /* INTEGER_t */
};

/* What a number may be: the value of an INTEGER, a SIZE. */
struct stepden_limits {
    int64_t lower;
    int64_t upper;
    bool has_lower;
    bool has_upper;     /* and a lower */
    bool is_extensible; /* others are encoded as if without limits */
    uint8_t bits;       /* of lower..upper, when there are both */
};

/* An item of an ENUMERATED. */
struct stepden_item {
    const char *name;
    long value;
};

struct stepden_type;

/* A component, an alternative, or the element of a list. */
struct stepden_member {
    const char *name; /* "" of an element */
    const struct stepden_type *type;
    size_t offset; /* in the owner's struct */
    bool is_pointer;
    bool is_optional;          /* OPTIONAL or DEFAULT */
    bool is_addition;          /* behind the extension marker */
    bool is_group;             /* [[ ]]: text has its members in the owner */
    unsigned present;          /* of an alternative: asn1c's number for it */
    const void *default_value; /* NULL without DEFAULT */
};

struct stepden_type {
    const char *name; /* as in the standard; of a type without, its member's */
    enum stepden_kind kind;
    enum stepden_storage storage;
    size_t size;        /* of its value in C */
    bool is_extensible; /* SEQUENCE, CHOICE, ENUMERATED with a marker */
    struct stepden_limits value;  /* of INTEGER; of CHARACTERS: the codes */
    struct stepden_limits length; /* of lists and strings; of UTF8: characters,
                                     which PER does not see */
    unsigned count;               /* of members, alternatives, items */
    unsigned root_count;     /* of alternatives and items before the marker */
    uint8_t index_bits;      /* of the index of one of these */
    unsigned optional_count; /* of members before the marker */
    unsigned addition_count; /* of members behind it */
    const struct stepden_member *members; /* alternatives: as encoded */
    const struct stepden_item *items;     /* as encoded */
    const uint8_t *alphabet; /* of CHARACTERS, by code; NULL: the code itself */
    size_t present_offset;   /* of CHOICE */
    const struct asn1_note *note;       /* NULL without */
    const struct stepden_uper_op *plan; /* to encode it, uper_plan.h */
    struct asn_TYPE_descriptor_s *descriptor;
};

/*
 * The type DENM of EN 302 637-3 (STEPDEN_RELEASE_R1), or else of TS 103 831.
 * Any thread, any time; NULL without memory.
 */
const struct stepden_type *stepden_grammar(enum stepden_release release);

/* The value of a member of the struct `owner`; NULL if it is absent. */
static inline const void *
stepden_member_value(const struct stepden_member *member, const void *owner)
{
    const void *at = (const char *)owner + member->offset;

    return member->is_pointer ? *(const void *const *)at : at;
}

/* Where to put the value of a member: new and zero. NULL without memory. */
void *stepden_member_place(const struct stepden_member *member, void *owner,
                           struct stepden_arena *arena);

/* Is it a simple value equal to its DEFAULT, which is not encoded? */
bool stepden_member_is_default(const struct stepden_member *member,
                               const void *value);

/* An INTEGER that is not a long; false if it does not fit. */
bool stepden_number_get_wide(int64_t *number, const struct stepden_type *type,
                             const void *value);

/* An INTEGER or ENUMERATED; false if it does not fit. */
static inline bool stepden_number_get(int64_t *number,
                                      const struct stepden_type *type,
                                      const void *value)
{
    if (type->storage != STEPDEN_STORAGE_LONG)
        return stepden_number_get_wide(number, type, value);
    *number = *(const long *)value;
    return true;
}

/* STEPDEN_STORAGE_OCTETS takes 8 bytes of `arena`. */
bool stepden_number_set(void *value, const struct stepden_type *type,
                        int64_t number, struct stepden_arena *arena);

/* The item of that value; NULL if it is unknown. */
const struct stepden_item *stepden_item(const struct stepden_type *type,
                                        long value);

/* The chosen alternative; NULL if it is unknown. */
const struct stepden_member *
stepden_alternative(const struct stepden_type *type, const void *value);
void stepden_alternative_set(const struct stepden_type *type, void *value,
                             const struct stepden_member *alternative);

int stepden_list_count(const void *list);
const void *stepden_list_element(const void *list, int index);
/* A new, zero element at its end; NULL without memory. */
void *stepden_list_add(const struct stepden_type *type, void *list,
                       struct stepden_arena *arena);

/* Is it within the limits, or are they extensible? */
bool stepden_limits_hold(const struct stepden_limits *limits, int64_t number);

#endif
