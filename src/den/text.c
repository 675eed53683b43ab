#include <stepden/den.h>

const char *stepden_den_kind_text(enum stepden_den_kind kind)
{
    switch (kind) {
    case STEPDEN_DEN_TRIGGER:
        return "trigger";
    case STEPDEN_DEN_UPDATE:
        return "update";
    case STEPDEN_DEN_CANCELLATION:
        return "cancellation";
    case STEPDEN_DEN_REPETITION:
        return "repetition";
    }
    return "unknown";
}

const char *stepden_den_rule_text(enum stepden_den_rule rule)
{
    switch (rule) {
    case STEPDEN_DEN_RULE_NONE:
        return "none";
    case STEPDEN_DEN_RULE_KINDS:
        return "kinds";
    case STEPDEN_DEN_RULE_HEADINGS:
        return "headings";
    case STEPDEN_DEN_RULE_IMPACT:
        return "impact";
    case STEPDEN_DEN_RULE_OTHERWISE:
        return "otherwise";
    }
    return "unknown";
}

const char *stepden_den_reason_text(enum stepden_den_reason reason)
{
    switch (reason) {
    case STEPDEN_DEN_REASON_NEW:
        return "new";
    case STEPDEN_DEN_REASON_NEWER:
        return "newer";
    case STEPDEN_DEN_REASON_HELD:
        return "held";
    case STEPDEN_DEN_REASON_STALE:
        return "stale";
    case STEPDEN_DEN_REASON_OVER:
        return "over";
    case STEPDEN_DEN_REASON_REPEATED:
        return "repeated";
    }
    return "unknown";
}

const char *stepden_den_skip_text(enum stepden_den_skip why)
{
    switch (why) {
    case STEPDEN_DEN_SKIP_NOT_NEWER:
        return "not newer";
    case STEPDEN_DEN_SKIP_EXPIRED:
        return "expired";
    case STEPDEN_DEN_SKIP_TOO_SOON:
        return "too soon";
    case STEPDEN_DEN_SKIP_HOLD_OFF:
        return "hold-off";
    case STEPDEN_DEN_SKIP_FULL:
        return "full";
    case STEPDEN_DEN_SKIP_ACTION_ID:
        return "no action id";
    }
    return "unknown";
}

const char *stepden_den_verdict_text(enum stepden_den_verdict verdict)
{
    switch (verdict) {
    case STEPDEN_DEN_NEGATED:
        return "negated";
    case STEPDEN_DEN_UNKNOWN:
        return "unknown";
    case STEPDEN_DEN_OUTDATED:
        return "outdated";
    case STEPDEN_DEN_LIVE:
        return "live";
    }
    return "unknown";
}
