#include "daemon/monitor/vitals.h"

#include <stddef.h>
#include <string.h>

#define COUNTS_OF(counters) (sizeof *(counters) / sizeof(uint64_t))

/* Of structures that have nothing but such counts. */
static void add(void *sum, const void *more, size_t count)
{
    uint64_t *to = sum;
    const uint64_t *from = more;
    for (size_t i = 0; i < count; i++)
        to[i] += from[i];
}

void stepden_vitals_add(struct stepden_vitals *vitals,
                        const struct stepden_den_counters *den,
                        const struct stepden_session_counters *session)
{
    add(&vitals->den, den, COUNTS_OF(den));
    add(&vitals->session, session, COUNTS_OF(session));
}

void stepden_vitals_add_held(struct stepden_vitals *vitals, uint32_t action_ids)
{
    uint32_t max_records = vitals->config->denm.max_records;
    vitals->action_ids += action_ids;
    vitals->records += max_records < action_ids ? max_records : action_ids;
}

enum stepden_vitals_lease
stepden_vitals_lease(const struct stepden_partition_vitals *partition)
{
    switch (partition->state) {
    case STEPDEN_SESSION_STANDBY:
        return STEPDEN_VITALS_LEASE_STANDBY;
    case STEPDEN_SESSION_LOADING:
    case STEPDEN_SESSION_OWNER:
        return STEPDEN_VITALS_LEASE_HELD;
    case STEPDEN_SESSION_CONNECTING:
    case STEPDEN_SESSION_STOPPING:
    case STEPDEN_SESSION_STOPPED:
        break;
    }
    return STEPDEN_VITALS_LEASE_NONE;
}

uint32_t stepden_vitals_count(const struct stepden_vitals *vitals,
                              enum stepden_vitals_lease lease)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vitals->partition_count; i++)
        count += stepden_vitals_lease(&vitals->partitions[i]) == lease;
    return count;
}

uint32_t stepden_vitals_count_connected(const struct stepden_vitals *vitals)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vitals->partition_count; i++)
        count += vitals->partitions[i].is_connected;
    return count;
}

const char *stepden_vitals_lease_text(enum stepden_vitals_lease lease)
{
    static const char *const texts[STEPDEN_VITALS_LEASE_COUNT] = {
        [STEPDEN_VITALS_LEASE_NONE] = "none",
        [STEPDEN_VITALS_LEASE_STANDBY] = "standby",
        [STEPDEN_VITALS_LEASE_HELD] = "held",
    };
    return texts[lease];
}

const char *
stepden_vitals_reason(const struct stepden_partition_vitals *partition)
{
    switch (partition->state) {
    case STEPDEN_SESSION_STANDBY:
    case STEPDEN_SESSION_OWNER:
        return partition->obstacle;
    case STEPDEN_SESSION_LOADING:
        return partition->obstacle[0] ? partition->obstacle
                                      : "the records are being loaded";
    case STEPDEN_SESSION_CONNECTING:
        if (!partition->is_connected)
            return "Redis is not connected";
        return partition->obstacle[0] ? partition->obstacle
                                      : "the lease is being looked at";
    case STEPDEN_SESSION_STOPPING:
    case STEPDEN_SESSION_STOPPED:
        break;
    }
    return "the service is stopping";
}

enum stepden_vitals_lease
stepden_vitals_best_lease(const struct stepden_vitals *vitals)
{
    if (stepden_vitals_count(vitals, STEPDEN_VITALS_LEASE_HELD) > 0)
        return STEPDEN_VITALS_LEASE_HELD;
    return stepden_vitals_count(vitals, STEPDEN_VITALS_LEASE_STANDBY) > 0
               ? STEPDEN_VITALS_LEASE_STANDBY
               : STEPDEN_VITALS_LEASE_NONE;
}

static void note(struct stepden_vitals_reasons *reasons, const char *text)
{
    uint32_t i = 0;
    while (i < reasons->count && strcmp(reasons->item[i].text, text) != 0)
        i++;
    if (i == STEPDEN_VITALS_REASONS_MAX)
        return;
    reasons->item[i].text = text;
    reasons->item[i].partitions++;
    if (i == reasons->count)
        reasons->count++;
}

void stepden_vitals_reasons(struct stepden_vitals_reasons *reasons,
                            const struct stepden_vitals *vitals)
{
    *reasons = (struct stepden_vitals_reasons){.count = 0};
    for (uint32_t i = 0; i < vitals->partition_count; i++) {
        const char *text = stepden_vitals_reason(&vitals->partitions[i]);
        if (text[0] != '\0')
            note(reasons, text);
    }
}
