#include "daemon/log/line.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void stepden_log_line_put(struct stepden_log_line *line, const char *text,
                          size_t size)
{
    size_t left = line->room - line->used;
    size_t taken = size < left ? size : left;
    memcpy(line->text + line->used, text, taken);
    line->used += taken;
    line->wanted += size;
}

void stepden_log_line_put_escaped(struct stepden_log_line *line,
                                  const char *text, size_t size)
{
    size_t plain = 0; /* what comes before the next escape */
    for (size_t i = 0; i <= size; i++) {
        unsigned char byte = i < size ? (unsigned char)text[i] : 0;
        if (byte >= 0x20 && byte != 0x7f) {
            plain++;
            continue;
        }
        stepden_log_line_put(line, text + i - plain, plain);
        plain = 0;
        char escape[sizeof "\\u0000"];
        if (i < size)
            stepden_log_line_put(
                line, escape,
                (size_t)snprintf(escape, sizeof escape, "\\u%04x", byte));
    }
}

void stepden_log_line_write_time(char text[32], int64_t unix_ms,
                                 const char *layout)
{
    time_t seconds = (time_t)(unix_ms / 1000 - (unix_ms % 1000 < 0));
    struct tm utc;
    gmtime_r(&seconds, &utc);
    strftime(text, 32, layout, &utc);
}

int stepden_log_line_milliseconds(int64_t unix_ms)
{
    return (int)((unix_ms % 1000 + 1000) % 1000);
}

void stepden_log_line_write_module(char text[64], const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    snprintf(text, 64, "%.*s", (int)strcspn(name, "."), name);
}
