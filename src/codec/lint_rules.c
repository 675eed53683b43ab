#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <stepden/its_time.h>

#include "codec/condition.h"
#include "codec/lint.h"
#include "codec/message.h"

/* A field of the message; `value` NULL: absent. */
struct found {
    const struct stepden_member *member;
    const void *value;
};

static struct found find(const struct stepden_lint *lint, const char *path)
{
    const struct stepden_type *type = lint->message->type;
    struct found found = {.value = lint->message->tree};

    while (*path != '\0' && found.value) {
        char name[64] = "";
        size_t size = strcspn(path, ".");

        memcpy(name, path, size);
        found.member = stepden_component(&found.value, type, found.value, name);
        type = found.member->type;
        path += size + (path[size] == '.');
    }
    if (!found.value && found.member)
        found.value = found.member->default_value;
    return found;
}

/* An INTEGER that every DENM has, or the DEFAULT of. */
static int64_t number_at(const struct stepden_lint *lint, const char *path)
{
    const struct found found = find(lint, path);
    int64_t number = 0;

    assert(found.member != NULL);
    stepden_number_get(&number, found.member->type, found.value);
    return number;
}

static bool is_there(const struct stepden_lint *lint, const char *path)
{
    return find(lint, path).value != NULL;
}

/*
 * Tells of a finding of a clause of EN 302 637-3, whose rules of procedure TS
 * 103 831 has taken over.
 */
static void tell(struct stepden_lint *lint, const char *rule,
                 const char *clause, const char *path, const char *reason)
{
    char text[128];

    snprintf(text, sizeof text, "%sEN 302 637-3 V1.3.1, clause %s",
             lint->message->release == STEPDEN_RELEASE_R1
                 ? ""
                 : "TS 103 831, after ",
             clause);
    stepden_lint_tell(lint, rule, text, path, "%s", reason);
}

/* In Release 2 the module says it (DenmPayload). */
static void check_containers(struct stepden_lint *lint)
{
    static const char *const containers[] = {"denm.situation", "denm.location",
                                             "denm.alacarte"};
    bool is_end = is_there(lint, "denm.management.termination");

    if (lint->message->release != STEPDEN_RELEASE_R1)
        return;
    for (size_t i = 0; is_end && i < 3; i++)
        if (is_there(lint, containers[i]))
            tell(lint, "termination-alone", "7.1.1", containers[i],
                 "it is present with termination; allowed in a cancellation or "
                 "negation: the management container alone");
    for (size_t i = 0; !is_end && i < 2; i++)
        if (!is_there(lint, containers[i]))
            tell(lint, "container-missing", "7.1", containers[i],
                 "it is absent without termination; allowed: situation and "
                 "location in every DENM that is no cancellation or negation");
}

/*
 * A negation has the referenceTime of the DENM that it negates, and its own
 * detectionTime, which is later.
 */
static void check_times(struct stepden_lint *lint)
{
    const int64_t detected = number_at(lint, "denm.management.detectionTime");
    const int64_t made = number_at(lint, "denm.management.referenceTime");
    const struct found termination = find(lint, "denm.management.termination");
    char detected_text[STEPDEN_RFC3339_SIZE];
    char made_text[STEPDEN_RFC3339_SIZE];
    char reason[256];

    if (made >= detected ||
        (termination.value && *(const long *)termination.value == 1))
        return;
    stepden_its_format(detected_text, detected);
    stepden_its_format(made_text, made);
    snprintf(reason, sizeof reason,
             "referenceTime %s is before detectionTime %s; allowed: not before",
             made_text, detected_text);
    tell(lint, "reference-time", "8.2.1.3", "denm.management.referenceTime",
         reason);
}

/* T_O_Validity ends that long after the detection. */
static void check_validity(struct stepden_lint *lint)
{
    const int64_t detected = number_at(lint, "denm.management.detectionTime");
    const int64_t made = number_at(lint, "denm.management.referenceTime");
    const int64_t seconds = number_at(lint, "denm.management.validityDuration");

    char reason[256];

    if (detected + 1000 * seconds >= made)
        return;
    snprintf(reason, sizeof reason,
             "detectionTime and validityDuration, %" PRId64
             " s, end before referenceTime, %" PRId64
             " ms after detectionTime; allowed: a DENM that is valid when it "
             "is made",
             seconds, made - detected);
    tell(lint, "validity-over", "8.2.2", "denm.management.validityDuration",
         reason);
}

static const char *name_at(const struct stepden_lint *lint, const char *path)
{
    int64_t number = number_at(lint, path);
    const struct asn1_note *note = find(lint, path).member->type->note;

    for (size_t i = 0; note && i < note->name_count; i++)
        if (note->names[i].number == number)
            return note->names[i].name;
    return "";
}

static void check_position(struct stepden_lint *lint)
{
    static const char *const paths[] = {
        "denm.management.eventPosition.latitude",
        "denm.management.eventPosition.longitude"};

    for (size_t i = 0; i < 2; i++)
        if (strcmp(name_at(lint, paths[i]), "unavailable") == 0)
            tell(lint, "event-position", "7.1.2", paths[i],
                 "it is unavailable; allowed: where the event is");
}

void stepden_lint_rules(struct stepden_lint *lint)
{
    check_containers(lint);
    check_times(lint);
    check_validity(lint);
    check_position(lint);
}
