/* Reads a JSON text a line as the record of good/rules: prints 1, or 0. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/records/rules.h>

int main(void)
{
    struct stepden_rules record;
    char *line = NULL;
    size_t room = 0;

    while (getline(&line, &room, stdin) > 0)
        puts(stepden_rules_read(&record, line, strlen(line), NULL) == STEPDEN_OK
                 ? "1"
                 : "0");
    free(line);
    return EXIT_SUCCESS;
}
