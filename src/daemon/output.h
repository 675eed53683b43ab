/*
 * One output entry of the DEN service: a CloudEvents 1.0 envelope in structured
 * mode around the DENM as JSON, and the same DENM as UPER.
 */
#ifndef STEPDEN_DAEMON_OUTPUT_H
#define STEPDEN_DAEMON_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

#include <stepden/den.h>
#include <stepden/denm.h>
#include <stepden/records/cloud_event.h>
#include <stepden/records/config.h>
#include <stepden/status.h>

#define STEPDEN_OUTPUT_MESSAGE_MAX                                             \
    (STEPDEN_CLOUD_EVENT_JSON_MAX + STEPDEN_DENM_DATA_JSON_MAX)

/* Holds one output at a time; large, so not for the stack. */
struct stepden_output {
    enum stepden_release release;
    struct stepden_cloud_event event;
    char *kind; /* the end of the event's type */
    size_t message_size;
    size_t uper_size;
    uint8_t uper[STEPDEN_DENM_UPER_MAX];
    char data[STEPDEN_DENM_DATA_JSON_MAX];
    char message[STEPDEN_OUTPUT_MESSAGE_MAX];
};

/* For the instance of `config`. */
void stepden_output_init(struct stepden_output *output,
                         const struct stepden_config *config);

/*
 * Makes `message` and `uper` of `den_output`. Nothing is allocated.
 *
 * STEPDEN_ERR_RANGE, STEPDEN_ERR_INVALID, STEPDEN_ERR_SPACE  as of
 * stepden_denm_encode: a DENM that cannot be sent
 */
STEPDEN_CHECKED enum stepden_status
stepden_output_make(struct stepden_output *output,
                    const struct stepden_den_output *den_output,
                    struct stepden_diag *diag);

#endif
