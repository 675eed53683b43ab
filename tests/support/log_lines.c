/* Reads formats of the log, one a line, and writes an entry in each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/log/format.h"

int main(void)
{
    /* 2026-11-20T21:05:43.007Z */
    struct stepden_log_entry entry = {
        .unix_ms = INT64_C(1795208743007),
        .level = "WARNING",
        .name = "n\xc3\xb6rdlich \xf0\x9f\x9a\x97",
        .file = "src/daemon/app.c",
        .function = "serve",
        .line = 42,
        .process = 1234,
        .message = "started instance=\"north\" text=\"100 %\"",
    };
    static struct stepden_log_format format;
    static char text[1024];
    char line[STEPDEN_LOG_LINE_MAX];
    struct stepden_diag diag;
    while (fgets(text, sizeof text, stdin)) {
        text[strcspn(text, "\n")] = '\0';
        if (stepden_log_format_compile(&format, text, &diag) != STEPDEN_OK) {
            fprintf(stderr, "%s: %s\n", text, diag.reason);
            return EXIT_FAILURE;
        }
        stepden_log_format_line(line, &format, &entry);
        fputs(line, stdout);
    }
    return EXIT_SUCCESS;
}
