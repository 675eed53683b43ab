#include "coverage.h"

#include <inttypes.h>
#include <stdio.h>

static uint64_t counts[COVERAGE_COUNT];

static const char *const names[COVERAGE_COUNT] = {
    [COVERAGE_KINDS + STEPDEN_DEN_TRIGGER] = "trigger",
    [COVERAGE_KINDS + STEPDEN_DEN_UPDATE] = "update",
    [COVERAGE_KINDS + STEPDEN_DEN_CANCELLATION] = "cancellation",
    [COVERAGE_KINDS + STEPDEN_DEN_REPETITION] = "repetition",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_NEW] = "reason new",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_NEWER] = "reason newer",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_HELD] = "reason held",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_STALE] = "reason stale",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_OVER] = "reason over",
    [COVERAGE_REASONS + STEPDEN_DEN_REASON_REPEATED] = "reason repeated",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_NOT_NEWER] = "skip not newer",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_EXPIRED] = "skip expired",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_TOO_SOON] = "skip too soon",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_HOLD_OFF] = "skip hold-off",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_FULL] = "skip full",
    [COVERAGE_SKIPS + STEPDEN_DEN_SKIP_ACTION_ID] = "skip action id",
    [COVERAGE_VERDICTS + STEPDEN_DEN_NEGATED] = "negated",
    [COVERAGE_VERDICTS + STEPDEN_DEN_UNKNOWN] = "negation unknown",
    [COVERAGE_VERDICTS + STEPDEN_DEN_OUTDATED] = "negation outdated",
    [COVERAGE_VERDICTS + STEPDEN_DEN_LIVE] = "not a negation",
    [COVERAGE_RULES + STEPDEN_DEN_RULE_NONE] = "rule not known",
    [COVERAGE_RULES + STEPDEN_DEN_RULE_KINDS] = "rule kinds",
    [COVERAGE_RULES + STEPDEN_DEN_RULE_HEADINGS] = "rule headings",
    [COVERAGE_RULES + STEPDEN_DEN_RULE_IMPACT] = "rule impact",
    [COVERAGE_RULES + STEPDEN_DEN_RULE_OTHERWISE] = "rule otherwise",
    [COVERAGE_ARRAY_REFUSED] = "array refused",
    [COVERAGE_ARRAY_AHEAD] = "array ahead",
    [COVERAGE_RESTORED] = "record restored",
    [COVERAGE_RESTORE_REFUSED] = "record refused",
    [COVERAGE_HELD_RESTORED] = "held update restored",
    [COVERAGE_REPETITION_RESTORED] = "repetition restored",
    [COVERAGE_HOLD_OFF_RESTORED] = "hold-off restored",
    [COVERAGE_SUB_CAUSE_WAITS] = "another sub-cause not confirmed yet",
    [COVERAGE_SUB_CAUSE_CHANGES] = "sub-cause changed",
    [COVERAGE_DETECTION_STAYS] = "detectionTime kept from falling",
    [COVERAGE_REFERENCE_AHEAD] = "referenceTime ahead of the clock",
    [COVERAGE_BEAT_MISSED] = "beat missed",
    [COVERAGE_CANCELLATION_REPEATED] = "cancellation repeated",
    [COVERAGE_SEQUENCE_WRAPS] = "sequence number wraps",
    [COVERAGE_SECOND_STATION] = "second station id",
    [COVERAGE_OTHER_PARTITION] = "input of another partition",
    [COVERAGE_ENDS_UNSAID] = "end without a message",
    [COVERAGE_FORGOTTEN] = "record forgotten",
    [COVERAGE_DEADLINE_CAPPED] = "deadline capped",
    [COVERAGE_DEADLINE_EXACT] = "deadline exact",
    [COVERAGE_DEADLINE_NONE] = "no deadline",
    [COVERAGE_RUN_LATE] = "run late",
};

void coverage_count(unsigned what)
{
    counts[what]++;
}

bool coverage_print(void)
{
    bool is_complete = true;
    for (unsigned i = 0; i < COVERAGE_COUNT; i++) {
        printf("%10" PRIu64 " %s%s\n", counts[i], names[i],
               counts[i] == 0 ? " - NEVER" : "");
        is_complete = is_complete && counts[i] > 0;
    }
    return is_complete;
}
