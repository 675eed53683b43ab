/*
 * What a number or a string of bits says, for people: by the names and the
 * units of the modules.
 */
#ifndef STEPDEN_CODEC_MEANING_H
#define STEPDEN_CODEC_MEANING_H

#include <stddef.h>

struct stepden_type;

/*
 * Writes the meaning of a value into the `size` bytes at `text`, at least one,
 * NUL-terminated and cut to fit: "unavailable" for a named number,
 * "45.4642000°" or "13.89 m/s" for one with a unit, with all places of its
 * resolution, "2026-11-20T12:00:00.000Z" for a TimestampIts,
 * "lightBarActivated, sirenActivated" for the bits that are set; "" when there
 * is nothing to add to the value itself. UTF-8. Returns its length.
 */
size_t stepden_meaning_write(char *text, size_t size,
                             const struct stepden_type *type,
                             const void *value);

#endif
