/*
 * Whole DENMs, every field that their release has: between UPER (X.691) and JER
 * (X.697), as XER (X.693), checked, and explained bit by bit. For the part of a
 * DENM that stepden sends, as a plain value, see denm.h.
 *
 * A message belongs to one release: STEPDEN_RELEASE_R1 is EN 302 637-3 V1.3.1,
 * anything else TS 103 831 V2.3.1, with the names of that standard. It is used
 * by one thread at a time; different ones may be used at the same time.
 *
 * Limits: a message has at most STEPDEN_DENM_UPER_MAX bytes of UPER.
 */
#ifndef STEPDEN_CODEC_H
#define STEPDEN_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stepden/denm.h>
#include <stepden/records/common.h>
#include <stepden/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Room for the JER or XER of any message met so far; more is STEPDEN_ERR_SPACE.
 */
#define STEPDEN_MESSAGE_TEXT_MAX 262144

struct stepden_message;

/* An empty message of that release; NULL without memory. */
STEPDEN_API struct stepden_message *
stepden_message_new(enum stepden_release release);
STEPDEN_API void stepden_message_free(struct stepden_message *message);

/*
 * Reads exactly one DENM from the `size` bytes at `bytes`. After an error the
 * message is empty.
 *
 * Additions that the release does not know are skipped; unknown ENUMERATED
 * items and CHOICE alternatives are kept as unknown.
 * stepden_message_unknown_count says how many of all these there were.
 *
 * STEPDEN_ERR_TRUNCATED  more bytes are needed
 * STEPDEN_ERR_INVALID    not a DENM (protocolVersion 2, messageID 1), longer
 *                        than STEPDEN_DENM_UPER_MAX, text that is not UTF-8, or
 *                        something is left over: bytes, padding that is not 0
 * STEPDEN_ERR_RANGE      a value outside its type's range
 * STEPDEN_ERR_MEMORY
 *
 * `diag` has the path of the field, as in
 * "denm.management.eventPosition.latitude", what was found, what is allowed,
 * and the byte. It may be NULL.
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_message_read_uper(struct stepden_message *message, const uint8_t *bytes,
                          size_t size, struct stepden_diag *diag);

/*
 * Reads the JER of exactly one DENM: an object with members in any order, the
 * members of extension groups among the others. INTEGER: a number; ENUMERATED:
 * its item's name; CHOICE: an object with one member; BIT STRING: hexadecimal
 * if its size is fixed, else {"value": hexadecimal, "length": bits}; OCTET
 * STRING: hexadecimal. A member with a DEFAULT may be absent.
 *
 * STEPDEN_ERR_TRUNCATED  the text ends early
 * STEPDEN_ERR_SYNTAX     not JSON
 * STEPDEN_ERR_INVALID    a member that is unknown, doubled or missing, a value
 *                        of another type, an unknown name, not a DENM
 * STEPDEN_ERR_RANGE      a number, a size or a character that is not allowed
 * STEPDEN_ERR_MEMORY
 *
 * `diag` has the path of the field and the byte of the text.
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_message_read_jer(struct stepden_message *message, const char *text,
                         size_t size, struct stepden_diag *diag);

/*
 * Writes the UPER of the message into the `size` bytes at `bytes`.
 *
 * STEPDEN_ERR_INVALID  an unknown item or alternative, an empty message
 * STEPDEN_ERR_SPACE    longer than `size` or STEPDEN_DENM_UPER_MAX
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_message_write_uper(uint8_t *bytes, size_t size, size_t *length,
                           const struct stepden_message *message,
                           struct stepden_diag *diag);

/*
 * Writes the JER of the message, compact, members in the order of the standard
 * and NUL-terminated, into the `size` bytes at `text`. Hexadecimal is in lower
 * case, DEFAULT values are left out. An unknown item is a number, the first
 * unknown one 0; an unknown alternative is an empty object: neither is read.
 *
 * STEPDEN_ERR_SPACE
 * STEPDEN_ERR_INVALID  an empty message
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_message_write_jer(char *text, size_t size, size_t *length,
                          const struct stepden_message *message,
                          struct stepden_diag *diag);

/*
 * Likewise as Basic-XER: an XML element DENM, on one line. An unknown item or
 * alternative is an empty element. XER is not read.
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_message_write_xer(char *text, size_t size, size_t *length,
                          const struct stepden_message *message,
                          struct stepden_diag *diag);

/* The additions, items and alternatives unknown to the release, as read. */
STEPDEN_API unsigned
stepden_message_unknown_count(const struct stepden_message *message);

/* A field of a message, or some bits of its encoding. */
struct stepden_field {
    const char *path;    /* "denm.management.eventPosition.latitude" */
    const char *type;    /* "Latitude"; "" for bits that are no value */
    const char *value;   /* as in JER: "454642000"; or what the bits are */
    const char *meaning; /* "45.4642000°", "unavailable"; "" if none */
    const int *order;    /* sorts fields as in the message; walk only */
    size_t order_count;
    size_t bit;   /* offset from the start, explain only */
    size_t width; /* in bits, explain only */
};

struct stepden_field_sink {
    void (*take)(void *ctx, const struct stepden_field *field); /* borrowed */
    void *ctx;
};

/* All values of the message, in its order. */
STEPDEN_API void stepden_message_walk(const struct stepden_message *message,
                                      const struct stepden_field_sink *sink);

/*
 * All bits of the UPER of one DENM, in their order: values, extension bits,
 * presence bits, lengths, choices, skipped additions, padding. Errors as
 * stepden_message_read_uper, after what could be explained.
 */
STEPDEN_API STEPDEN_CHECKED enum stepden_status
stepden_uper_explain(enum stepden_release release, const uint8_t *bytes,
                     size_t size, const struct stepden_field_sink *sink,
                     struct stepden_diag *diag);

/* A rule of the standards that a message breaks. */
struct stepden_finding {
    const char *rule;   /* "SituationContainer"; see denm(1) */
    const char *clause; /* "TS 103 831, SituationContainer" */
    const char *path;   /* of the field */
    const char *reason; /* what was found and what is allowed */
};

struct stepden_finding_sink {
    void (*take)(void *ctx, const struct stepden_finding *finding);
    void *ctx;
};

/*
 * Checks what PER does not: the relations between fields, values that are
 * reserved or out of use. Returns the number of findings; 0 of an empty
 * message.
 */
STEPDEN_API unsigned
stepden_message_lint(const struct stepden_message *message,
                     const struct stepden_finding_sink *sink);

/* A field that a DENM may have. */
struct stepden_field_type {
    const char *path; /* elements as "[]" */
    const char *type;
    const char *kind;  /* "INTEGER", "SEQUENCE OF" */
    const char *range; /* "0..3601", "1..23 elements", "" */
    const char *unit;  /* "0.1 degrees", "" */
    bool is_optional;
    bool is_addition;         /* an extension of the release before */
    const char *const *names; /* items, named numbers, named bits */
    const int64_t *numbers;   /* of the names */
    size_t name_count;
};

struct stepden_field_type_sink {
    void (*take)(void *ctx, const struct stepden_field_type *field);
    void *ctx;
};

/* All fields that a DENM of that release may have, in order. */
STEPDEN_API void stepden_fields(enum stepden_release release,
                                const struct stepden_field_type_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
