#include "daemon/output.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "daemon/bytes_text.h"
#include "daemon/explain.h"

void stepden_output_init(struct stepden_output *output,
                         const struct stepden_config *config)
{
    output->release = (enum stepden_release)config->denm.release;

    struct stepden_cloud_event *event = &output->event;
    stepden_cloud_event_init(event);
    char name[3 * sizeof config->instance_name];
    stepden_percent_write(name, config->instance_name);
    snprintf(event->source, sizeof event->source, "/stepden/%s", name);
    output->kind = stpcpy(
        stpcpy(event->type, config->redis.streams.outputs.client.type_prefix),
        ".");
    event->has_subject = true;
    event->has_time = true;
}

static void describe(struct stepden_output *output,
                     const struct stepden_den_output *den_output)
{
    const struct stepden_management_container *management =
        &den_output->denm->management_container;
    struct stepden_cloud_event *event = &output->event;
    strcpy(event->id, den_output->id);
    strcpy(output->kind, stepden_den_kind_text(den_output->kind));
    stepden_explain_id(event->subject, &management->action_id);
    event->time_its_ms = management->reference_time_its_ms;
    event->has_traceparent = den_output->traceparent[0] != '\0';
    strcpy(event->traceparent, den_output->traceparent);
}

enum stepden_status
stepden_output_make(struct stepden_output *output,
                    const struct stepden_den_output *den_output,
                    struct stepden_diag *diag)
{
    enum stepden_status status = stepden_denm_encode(
        output->uper, sizeof output->uper, &output->uper_size, den_output->denm,
        output->release, diag);
    if (status != STEPDEN_OK)
        return status;

    describe(output, den_output);
    output->event.data.at = output->data;
    output->event.data.size = stepden_denm_data_write(
        output->data, sizeof output->data, den_output->denm);
    output->message_size = stepden_cloud_event_write(
        output->message, sizeof output->message, &output->event);
    if (output->message_size == 0)
        return stepden_diag_set(diag, STEPDEN_ERR_SPACE, "",
                                "the envelope is too long");
    return STEPDEN_OK;
}
