/*
 * What DENMs say, and of one that is none, where it goes wrong. Built against
 * an installed libstepden and run with
 *
 *   cc -o decode_denm decode_denm.c $(pkg-config --cflags --libs stepden)
 *   ./decode_denm <denms.txt
 *
 * a line of denms.txt being hexadecimal UPER. With an argument, such as
 *
 *   ./decode_denm denm.location <denms.txt
 *
 * it prints also each field of that part, whatever TS 103 831 has there.
 *
 * The first way is denm.h: a DENM as a plain struct, which has what a service
 * works with. The other one is codec.h: the whole message.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/codec.h>
#include <stepden/denm.h>
#include <stepden/its_time.h>

/* The bytes before the first character that is no hexadecimal digit. */
static size_t read_hex(uint8_t *bytes, size_t size, const char *hex)
{
    size_t length = 0;
    int digits;

    for (; length < size &&
           sscanf(hex, "%2" SCNx8 "%n", &bytes[length], &digits) == 1;
         length++)
        hex += digits;
    return length;
}

/* A code without a name is a number. */
static void print_code(const char *what, const char *name, unsigned code)
{
    if (name != NULL)
        printf("  %s %s", what, name);
    else
        printf("  %s %u", what, code);
}

/* Optional parts have a `has_` beside them. Units end the names. */
static void print_denm(const struct stepden_denm_data *denm)
{
    const struct stepden_management_container *management =
        &denm->management_container;
    char time[STEPDEN_RFC3339_SIZE];

    stepden_its_format(time, management->reference_time_its_ms);
    printf("station %" PRIu32 ", event %" PRIu32 "/%" PRIu16 ", %s\n",
           denm->station_id, management->action_id.originating_station_id,
           management->action_id.sequence_number, time);
    printf("  at %.7f %.7f\n", management->event_position.latitude_e7 / 1e7,
           management->event_position.longitude_e7 / 1e7);
    if (management->has_termination) {
        print_code("over by", stepden_termination_text(management->termination),
                   management->termination);
        putchar('\n');
    }
    if (denm->has_situation_container) {
        unsigned cause = denm->situation_container.event_type;

        print_code("cause", stepden_cause_code_text(cause), cause);
        printf(", sub-cause %u\n", denm->situation_container.sub_cause_code);
    }
}

static void print_field(void *ctx, const struct stepden_field *field)
{
    const char *part = ctx;

    if (strncmp(field->path, part, strlen(part)) == 0)
        printf("  %s = %s %s\n", field->path, field->value, field->meaning);
}

static enum stepden_status print_part(const uint8_t *uper, size_t size,
                                      char *part, struct stepden_diag *diag)
{
    const struct stepden_field_sink sink = {print_field, part};
    struct stepden_message *message = stepden_message_new(STEPDEN_RELEASE_R2);
    enum stepden_status status = STEPDEN_ERR_MEMORY;

    if (message == NULL)
        return status;
    status = stepden_message_read_uper(message, uper, size, diag);
    if (status == STEPDEN_OK)
        stepden_message_walk(message, &sink);
    stepden_message_free(message);
    return status;
}

int main(int count, char **arguments)
{
    static char line[2 * STEPDEN_DENM_UPER_MAX + sizeof "\n"];
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
    struct stepden_denm_data denm;
    struct stepden_diag diag;
    int exit_status = EXIT_SUCCESS;

    for (unsigned number = 1; fgets(line, sizeof line, stdin); number++) {
        size_t size = read_hex(uper, sizeof uper, line);
        enum stepden_status status = stepden_denm_decode(
            &denm, uper, size, STEPDEN_RELEASE_R1_R2, &diag);

        if (status == STEPDEN_OK)
            print_denm(&denm);
        if (status == STEPDEN_OK && count > 1)
            status = print_part(uper, size, arguments[1], &diag);
        if (status != STEPDEN_OK) {
            printf("line %u, byte %zu: %s: %s\n", number, diag.offset,
                   diag.where, diag.reason);
            exit_status = EXIT_FAILURE;
        }
    }
    return exit_status;
}
