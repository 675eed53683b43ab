/*
 * DENMs through our codec, one a line.
 *
 *   recode_denm encode r1|r2   < JER > hexadecimal UPER
 *   recode_denm decode r1|r2   < hexadecimal UPER > JER, a tab, and how much of
 *                                the message the release does not know
 *
 * A line that is refused gives "error" and the reason, and exit status 1 in the
 * end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/codec.h>

static char line[STEPDEN_MESSAGE_TEXT_MAX];
static char text[STEPDEN_MESSAGE_TEXT_MAX];
static uint8_t bytes[STEPDEN_MESSAGE_TEXT_MAX];

static enum stepden_status encode(struct stepden_message *message, size_t size,
                                  struct stepden_diag *diag)
{
    size_t length = 0;
    enum stepden_status status =
        stepden_message_read_jer(message, line, size, diag);

    if (status == STEPDEN_OK)
        status = stepden_message_write_uper(bytes, sizeof bytes, &length,
                                            message, diag);
    for (size_t i = 0; status == STEPDEN_OK && i < length; i++)
        printf("%02x", bytes[i]);
    return status;
}

static size_t from_hexadecimal(size_t size)
{
    for (size_t i = 0; i < size / 2; i++) {
        char pair[] = {line[2 * i], line[2 * i + 1], '\0'};

        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return size / 2;
}

static enum stepden_status decode(struct stepden_message *message, size_t size,
                                  struct stepden_diag *diag)
{
    size_t length;
    enum stepden_status status =
        stepden_message_read_uper(message, bytes, from_hexadecimal(size), diag);

    if (status == STEPDEN_OK)
        status = stepden_message_write_jer(text, sizeof text, &length, message,
                                           diag);
    if (status == STEPDEN_OK)
        printf("%s\t%u", text, stepden_message_unknown_count(message));
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: recode_denm encode|decode r1|r2\n", stderr);
        return EXIT_FAILURE;
    }
    bool is_encode = strcmp(argv[1], "encode") == 0;
    struct stepden_message *message = stepden_message_new(
        strcmp(argv[2], "r1") == 0 ? STEPDEN_RELEASE_R1 : STEPDEN_RELEASE_R2);
    int failed = EXIT_SUCCESS;

    while (fgets(line, sizeof line, stdin)) {
        struct stepden_diag diag = {0};
        size_t size = strcspn(line, "\n");
        enum stepden_status status = is_encode ? encode(message, size, &diag)
                                               : decode(message, size, &diag);

        if (status != STEPDEN_OK) {
            printf("error %s: %s", diag.where, diag.reason);
            failed = EXIT_FAILURE;
        }
        putchar('\n');
    }
    stepden_message_free(message);
    return failed;
}
