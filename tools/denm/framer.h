/* Makes messages of lines and of fields: hexadecimal, base64, NDJSON, JER. */
#ifndef DENM_FRAMER_H
#define DENM_FRAMER_H

#include "input.h"

/* Larger than any UPER that a DENM may have, so that it is refused as that. */
#define DENM_BYTES_MAX (2 * STEPDEN_DENM_UPER_MAX)

struct denm_framer {
    bool of_jer;
    enum denm_format format;
    const struct denm_sink *sink;
    uint64_t number;               /* of the last message */
    uint8_t bytes[DENM_BYTES_MAX]; /* of the message */
    char string[4 * 2 * DENM_BYTES_MAX + 1];
};

/* All return false when the sink has enough. */

/* A line that is not blank. */
bool denm_framer_line(struct denm_framer *framer,
                      const struct denm_origin *origin, const char *text,
                      size_t size);

/* Bytes of UPER. */
bool denm_framer_bytes(struct denm_framer *framer,
                       const struct denm_origin *origin, const char *bytes,
                       size_t size);

/* A message that cannot be had, for that reason. */
bool denm_framer_refuse(struct denm_framer *framer,
                        const struct denm_origin *origin, const char *reason);

/*
 * What the first line of a file looks like, if it is of another kind than the
 * command reads and no line after it can be better; else NULL.
 */
const char *denm_framer_misfit(const struct denm_framer *framer,
                               const char *text, size_t size);

/* Whether text that begins like this is no text, but UPER. */
bool denm_framer_is_binary(const struct denm_framer *framer, int first);

#endif
