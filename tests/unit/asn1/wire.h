/* Bytes and asn1c's trees, for the tests of the codec alone. */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <asn_application.h>

/* Up to 4096 bytes; `size` 0 means that there was nothing to make them of. */
struct wire {
    uint8_t bytes[4096];
    size_t size;
};

/* The bytes of the hexadecimal digits at the beginning of `hex`. */
struct wire wire_from_hex(const char *hex);

bool wire_equal(const struct wire *left, const struct wire *right);

/* The tree of exactly one message, or NULL. The caller frees it. */
void *wire_decode(asn_TYPE_descriptor_t *type, const struct wire *wire);

/* The bytes of a tree; none if the encoder refuses it. */
struct wire wire_encode(asn_TYPE_descriptor_t *type, void *tree);

void wire_free(asn_TYPE_descriptor_t *type, void *tree);

#endif
