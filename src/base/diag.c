#include "base/diag.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/utf8.h"

/* `wanted` is the length that the text would have in a larger buffer. */
static void end_between_characters(char *text, size_t size, int wanted)
{
    if (wanted < 0) {
        text[0] = '\0';
        return;
    }
    if ((size_t)wanted < size)
        return;

    size_t end = size - 1;
    while (end > 0 && stepden_utf8_continues(text[end - 1]))
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xc0u)
        end--;
    else
        end = size - 1;
    text[end] = '\0';
}

enum stepden_status stepden_diag_vset(struct stepden_diag *diag,
                                      enum stepden_status status,
                                      const char *where, const char *format,
                                      va_list arguments)
{
    if (!diag)
        return status;

    int wanted = snprintf(diag->where, sizeof diag->where, "%s", where);
    end_between_characters(diag->where, sizeof diag->where, wanted);
    wanted = vsnprintf(diag->reason, sizeof diag->reason, format, arguments);
    end_between_characters(diag->reason, sizeof diag->reason, wanted);
    diag->offset = 0;
    return status;
}

enum stepden_status stepden_diag_set(struct stepden_diag *diag,
                                     enum stepden_status status,
                                     const char *where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stepden_diag_vset(diag, status, where, format, arguments);
    va_end(arguments);
    return status;
}
