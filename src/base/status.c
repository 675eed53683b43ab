#include <stepden/status.h>

const char *stepden_status_text(enum stepden_status status)
{
    switch (status) {
    case STEPDEN_OK:
        return "ok";
    case STEPDEN_ERR_TRUNCATED:
        return "truncated";
    case STEPDEN_ERR_SYNTAX:
        return "syntax error";
    case STEPDEN_ERR_INVALID:
        return "invalid";
    case STEPDEN_ERR_RANGE:
        return "out of range";
    case STEPDEN_ERR_SPACE:
        return "buffer too small";
    case STEPDEN_ERR_FULL:
        return "limit reached";
    case STEPDEN_ERR_MEMORY:
        return "out of memory";
    case STEPDEN_ERR_SYSTEM:
        return "system error";
    case STEPDEN_ERR_UNSUPPORTED:
        return "unsupported";
    }
    return "unknown status";
}
