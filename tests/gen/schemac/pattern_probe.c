/*
 * Runs patterns against strings. Of the lines that it reads, "p" and a pattern
 * compiles that; "s" and a JSON string prints 1 when the string fits the last
 * pattern, else 0.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pattern/pattern.h"

int main(void)
{
    const struct place place = {"pattern", ""};
    const struct stepden_json_pattern *pattern = NULL;
    char *line = NULL;
    size_t room = 0, size;

    while (getline(&line, &room, stdin) > 0) {
        size = strcspn(line, "\n");
        if (line[0] == 'p')
            pattern = pattern_compile(&place, line + 1, size - 1);
        else if (pattern != NULL)
            puts(stepden_json_matches(pattern, line + 1, size - 1) ? "1" : "0");
    }
    free(line);
    return EXIT_SUCCESS;
}
