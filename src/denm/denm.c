#include <stepden/denm.h>

#include <string.h>

#include "base/diag.h"
#include "codec/arena.h"
#include "codec/grammar.h"
#include "codec/uper.h"
#include "denm/tree.h"

static void set_causes(struct stepden_denm_data *denm,
                       struct stepden_causes causes)
{
    denm->situation_container.event_type = causes.event;
    denm->situation_container.linked_cause.event_type = causes.linked;
}

static enum stepden_status encode_tree(uint8_t *bytes, size_t size,
                                       size_t *length,
                                       const struct stepden_denm_data *denm,
                                       enum stepden_release release,
                                       struct stepden_diag *diag)
{
    struct stepden_denm_tree tree;

    stepden_denm_to_wire(&tree, denm, release);
    return stepden_uper_encode(bytes, size, length,
                               stepden_grammar(STEPDEN_RELEASE_R2), &tree.denm,
                               diag);
}

static enum stepden_status
encode_high_causes(uint8_t *bytes, size_t size, size_t *length,
                   const struct stepden_denm_data *denm,
                   struct stepden_diag *diag)
{
    struct stepden_denm_data copy = *denm;
    struct stepden_causes zero;

    set_causes(&copy, (struct stepden_causes){0});
    enum stepden_status status =
        encode_tree(bytes, size, length, &copy, STEPDEN_RELEASE_R1, diag);
    if (status != STEPDEN_OK)
        return status;
    return stepden_causes_replace(bytes, size, length,
                                  stepden_denm_causes(denm), &zero, diag);
}

enum stepden_status stepden_denm_encode(uint8_t *bytes, size_t size,
                                        size_t *length,
                                        const struct stepden_denm_data *denm,
                                        enum stepden_release release,
                                        struct stepden_diag *diag)
{
    if (size > STEPDEN_DENM_UPER_MAX)
        size = STEPDEN_DENM_UPER_MAX;

    enum stepden_status status = stepden_denm_check(denm, release, diag);
    if (status != STEPDEN_OK)
        return status;
    if (stepden_causes_are_high(stepden_denm_causes(denm)))
        return encode_high_causes(bytes, size, length, denm, diag);
    return encode_tree(bytes, size, length, denm, release, diag);
}

static enum stepden_status decode_r2(struct stepden_denm_data *denm,
                                     const uint8_t *bytes, size_t size,
                                     enum stepden_release release,
                                     struct stepden_diag *diag)
{
    struct stepden_arena arena = {0};
    void *tree = NULL;
    enum stepden_status status =
        stepden_uper_decode(&tree, &arena, stepden_grammar(STEPDEN_RELEASE_R2),
                            bytes, size, NULL, NULL, diag);

    if (status == STEPDEN_OK)
        status = stepden_denm_from_wire(denm, tree, release, diag);
    stepden_arena_free(&arena);
    return status;
}

static enum stepden_status decode_r1(struct stepden_denm_data *denm,
                                     struct stepden_causes *causes,
                                     const uint8_t *bytes, size_t size,
                                     struct stepden_diag *diag)
{
    uint8_t copy[STEPDEN_DENM_UPER_MAX];

    memcpy(copy, bytes, size);
    enum stepden_status status = stepden_causes_replace(
        copy, sizeof copy, &size, (struct stepden_causes){0}, causes, diag);
    if (status == STEPDEN_OK)
        status = decode_r2(denm, copy, size, STEPDEN_RELEASE_R1, diag);
    if (status == STEPDEN_OK)
        set_causes(denm, *causes);
    return status;
}

/* What the grammar of TS 103 831 refused with `refused`, and why. */
static enum stepden_status decode_as_r1(struct stepden_denm_data *denm,
                                        const uint8_t *bytes, size_t size,
                                        enum stepden_release release,
                                        enum stepden_status refused,
                                        struct stepden_diag *diag)
{
    struct stepden_denm_data decoded;
    struct stepden_causes causes;
    struct stepden_diag r1_diag;
    enum stepden_status status =
        decode_r1(&decoded, &causes, bytes, size, &r1_diag);

    if (status == STEPDEN_OK &&
        (release == STEPDEN_RELEASE_R1 || stepden_causes_are_high(causes))) {
        *denm = decoded;
        return STEPDEN_OK;
    }
    if (release != STEPDEN_RELEASE_R1 && status != STEPDEN_ERR_TRUNCATED)
        return refused;
    if (diag)
        *diag = r1_diag;
    return status;
}

enum stepden_status stepden_denm_decode(struct stepden_denm_data *denm,
                                        const uint8_t *bytes, size_t size,
                                        enum stepden_release release,
                                        struct stepden_diag *diag)
{
    if (size > STEPDEN_DENM_UPER_MAX)
        return stepden_diag_set(diag, STEPDEN_ERR_INVALID, "",
                                "%zu bytes, more than %d", size,
                                STEPDEN_DENM_UPER_MAX);

    enum stepden_status status = decode_r2(denm, bytes, size, release, diag);
    if (status == STEPDEN_OK || status == STEPDEN_ERR_TRUNCATED ||
        release == STEPDEN_RELEASE_R2)
        return status;
    return decode_as_r1(denm, bytes, size, release, status, diag);
}
