#include "daemon/log/seldom.h"

int64_t stepden_seldom_due_at(const struct stepden_seldom *seldom)
{
    if (seldom->untold == 0)
        return INT64_MAX;
    return seldom->told ? seldom->told_mono_ms + STEPDEN_SELDOM_INTERVAL_MS
                        : INT64_MIN;
}

uint64_t stepden_seldom_tell(struct stepden_seldom *seldom, int64_t mono_ms)
{
    uint64_t count = seldom->untold;
    if (count == 0 || stepden_seldom_due_at(seldom) > mono_ms)
        return 0;
    *seldom = (struct stepden_seldom){.told = true, .told_mono_ms = mono_ms};
    return count;
}
