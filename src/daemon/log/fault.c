#include "daemon/log/fault.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

void stepden_fault_note(struct stepden_fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fault->words, sizeof fault->words, format, arguments);
    va_end(arguments);
    fault->seldom.untold++;
}

void stepden_fault_tell(struct stepden_fault *fault, struct stepden_log *log,
                        enum stepden_log_level level, const char *event,
                        int64_t mono_ms)
{
    uint64_t count = stepden_seldom_tell(&fault->seldom, mono_ms);
    if (count > 0)
        STEPDEN_LOG(log, level, "%s count=%" PRIu64 " %s", event, count,
                    fault->words);
}
