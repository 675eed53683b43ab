#include "bytes_read.h"

#include <stdbool.h>
#include <string.h>

#include "base/diag.h"

static enum stepden_status refuse_at(struct stepden_diag *diag, size_t at,
                                     const char *what)
{
    stepden_diag_set(diag, STEPDEN_ERR_SYNTAX, "", "character %zu is %s",
                     at + 1, what);
    diag->offset = at;
    return STEPDEN_ERR_SYNTAX;
}

static enum stepden_status refuse_size(struct stepden_diag *diag, size_t room)
{
    return stepden_diag_set(diag, STEPDEN_ERR_SPACE, "",
                            "longer than %zu bytes", room);
}

static int hex_value(char digit)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;

    if (!at)
        return -1;
    return at - digits < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

static bool separates(char c)
{
    return c == ' ' || c == '\t' || c == ':';
}

enum stepden_status denm_hex_read(uint8_t *bytes, size_t room, size_t *size,
                                  const char *text, size_t text_size,
                                  struct stepden_diag *diag)
{
    size_t at = 0;

    *size = 0;
    if (text_size >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
        at = 2;
    for (; at < text_size; at += 2) {
        while (at < text_size && separates(text[at]))
            at++;
        if (at == text_size)
            break;
        int high = hex_value(text[at]);
        int low = at + 1 < text_size ? hex_value(text[at + 1]) : -1;

        if (high < 0)
            return refuse_at(diag, at, "no hexadecimal digit");
        if (at + 1 == text_size)
            return refuse_at(diag, at, "half an octet");
        if (low < 0)
            return refuse_at(diag, at + 1, "no hexadecimal digit");
        if (*size == room)
            return refuse_size(diag, room);
        bytes[(*size)++] = (uint8_t)(high << 4 | low);
    }
    return STEPDEN_OK;
}

static int base64_value(char digit)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/";
    const char *at = digit ? strchr(digits, digit) : NULL;

    return at ? (int)(at - digits) : -1;
}

enum stepden_status denm_base64_read(uint8_t *bytes, size_t room, size_t *size,
                                     const char *text, size_t text_size,
                                     struct stepden_diag *diag)
{
    uint32_t bits = 0;
    unsigned width = 0;
    size_t padding = 0;

    *size = 0;
    while (padding < 2 && padding < text_size &&
           text[text_size - padding - 1] == '=')
        padding++;
    for (size_t at = 0; at < text_size - padding; at++) {
        int value = base64_value(text[at]);

        if (value < 0)
            return refuse_at(diag, at, "no base64 digit");
        bits = (bits << 6 | (uint32_t)value) & 0xffff;
        width += 6;
        if (width < 8)
            continue;
        width -= 8;
        if (*size == room)
            return refuse_size(diag, room);
        bytes[(*size)++] = (uint8_t)(bits >> width);
    }
    if (width == 6 || (padding && text_size % 4) ||
        (bits & ((1u << width) - 1)) != 0)
        return refuse_at(diag, text_size - padding - 1, "no end of base64");
    return STEPDEN_OK;
}
