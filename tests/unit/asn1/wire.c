#include "wire.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static unsigned digit(char character)
{
    if (isdigit((unsigned char)character))
        return (unsigned)(character - '0');
    return (unsigned)(tolower((unsigned char)character) - 'a') + 10;
}

struct wire wire_from_hex(const char *hex)
{
    struct wire wire = {.size = 0};

    while (isxdigit((unsigned char)hex[0]) && isxdigit((unsigned char)hex[1]) &&
           wire.size < sizeof wire.bytes) {
        wire.bytes[wire.size++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
        hex += 2;
    }
    return wire;
}

bool wire_equal(const struct wire *left, const struct wire *right)
{
    return left->size == right->size &&
           memcmp(left->bytes, right->bytes, left->size) == 0;
}

void *wire_decode(asn_TYPE_descriptor_t *type, const struct wire *wire)
{
    uint8_t *bytes = malloc(wire->size); /* exact, for AddressSanitizer */
    void *tree = NULL;
    asn_dec_rval_t result;

    if (bytes == NULL)
        abort();
    memcpy(bytes, wire->bytes, wire->size);
    result = uper_decode_complete(NULL, type, &tree, bytes, wire->size);
    free(bytes);
    if (result.code == RC_OK && result.consumed == wire->size)
        return tree;
    wire_free(type, tree);
    return NULL;
}

struct wire wire_encode(asn_TYPE_descriptor_t *type, void *tree)
{
    struct wire wire = {.size = 0};
    asn_enc_rval_t result =
        uper_encode_to_buffer(type, tree, wire.bytes, sizeof wire.bytes);

    if (result.encoded > 0)
        wire.size = ((size_t)result.encoded + 7) / 8;
    return wire;
}

void wire_free(asn_TYPE_descriptor_t *type, void *tree)
{
    if (tree != NULL)
        ASN_STRUCT_FREE(*type, tree);
}
