#include "daemon/monitor/vitals.h"

enum stepden_vitals_lease
stepden_vitals_lease(const struct stepden_vitals *vitals)
{
    switch (vitals->state) {
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

const char *stepden_vitals_lease_text(enum stepden_vitals_lease lease)
{
    static const char *const texts[STEPDEN_VITALS_LEASE_COUNT] = {
        [STEPDEN_VITALS_LEASE_NONE] = "none",
        [STEPDEN_VITALS_LEASE_STANDBY] = "standby",
        [STEPDEN_VITALS_LEASE_HELD] = "held",
    };
    return texts[lease];
}

const char *stepden_vitals_reason(const struct stepden_vitals *vitals)
{
    switch (vitals->state) {
    case STEPDEN_SESSION_STANDBY:
    case STEPDEN_SESSION_OWNER:
        return vitals->obstacle;
    case STEPDEN_SESSION_LOADING:
        return vitals->obstacle[0] ? vitals->obstacle
                                   : "the records are being loaded";
    case STEPDEN_SESSION_CONNECTING:
        if (!vitals->is_connected)
            return "Redis is not connected";
        return vitals->obstacle[0] ? vitals->obstacle
                                   : "the lease is being looked at";
    case STEPDEN_SESSION_STOPPING:
    case STEPDEN_SESSION_STOPPED:
        break;
    }
    return "the service is stopping";
}
