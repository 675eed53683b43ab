#include "daemon/monitor/metrics_text.h"

#include <inttypes.h>

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

/* ---- how a metric is written ---- */

static void begin(FILE *file, const char *name, const char *type,
                  const char *help)
{
    fprintf(file, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_counter(FILE *file, const char *name, const char *help,
                        uint64_t value)
{
    begin(file, name, "counter", help);
    fprintf(file, "%s %" PRIu64 "\n", name, value);
}

static void put_gauge(FILE *file, const char *name, const char *help,
                      uint64_t value)
{
    begin(file, name, "gauge", help);
    fprintf(file, "%s %" PRIu64 "\n", name, value);
}

static void put_seconds(FILE *file, const char *name, const char *type,
                        const char *help, double seconds)
{
    begin(file, name, type, help);
    fprintf(file, "%s %.3f\n", name, seconds);
}

/* The value of a label: a name that somebody else gave. */
static void put_escaped(FILE *file, const char *text)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\' || *text == '\n')
            putc('\\', file);
        putc(*text == '\n' ? 'n' : *text, file);
    }
}

/* One value of a label. */
struct series {
    const char *label;
    uint64_t value;
};

static void put_series(FILE *file, const char *name, const char *type,
                       const char *help, const char *label,
                       const struct series *series, size_t count)
{
    begin(file, name, type, help);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s{%s=\"%s\"} %" PRIu64 "\n", name, label,
                series[i].label, series[i].value);
}

#define PUT_SERIES(file, name, type, help, label, series)                      \
    put_series((file), (name), (type), (help), (label), (series),              \
               sizeof(series) / sizeof(series)[0])

/* `unit` is what one in the histogram's numbers is. */
static void put_histogram(FILE *file, const char *name, const char *help,
                          const struct stepden_histogram *histogram,
                          double unit)
{
    uint64_t count = 0;
    begin(file, name, "histogram", help);
    for (size_t i = 0; i < histogram->bounds->count; i++) {
        count += histogram->counts[i];
        fprintf(file, "%s_bucket{le=\"%g\"} %" PRIu64 "\n", name,
                (double)histogram->bounds->at[i] * unit, count);
    }
    count = stepden_histogram_count(histogram);
    fprintf(file, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, count);
    fprintf(file, "%s_sum %.10g\n%s_count %" PRIu64 "\n", name,
            histogram->sum * unit, name, count);
}

/* ---- what goes in and out ---- */

static const char *const input_kinds[STEPDEN_INPUT_COUNT] = {
    [STEPDEN_INPUT_CRASH_PREDICTION] = "prediction",
    [STEPDEN_INPUT_CLIENT] = "denm",
};

static uint64_t rejected(const struct stepden_vitals *vitals,
                         enum stepden_input input)
{
    uint64_t count = 0;
    for (int why = 0; why < STEPDEN_REJECTION_COUNT; why++)
        count += vitals->rejections->counts[input][why];
    return count;
}

static void put_inputs(FILE *file, const struct stepden_vitals *vitals)
{
    const char *name = "stepden_inputs_total";
    const struct stepden_den_counters *den = &vitals->den;
    const struct {
        enum stepden_input input;
        const char *verdict;
        uint64_t value;
    } series[] = {
        {STEPDEN_INPUT_CRASH_PREDICTION, "accepted", den->arrays},
        {STEPDEN_INPUT_CRASH_PREDICTION, "rejected",
         rejected(vitals, STEPDEN_INPUT_CRASH_PREDICTION)},
        {STEPDEN_INPUT_CLIENT, "negated", den->negations},
        {STEPDEN_INPUT_CLIENT, "unknown", den->negations_unknown},
        {STEPDEN_INPUT_CLIENT, "outdated", den->negations_outdated},
        {STEPDEN_INPUT_CLIENT, "live", den->denms_live},
        {STEPDEN_INPUT_CLIENT, "rejected",
         rejected(vitals, STEPDEN_INPUT_CLIENT)},
    };
    begin(file, name, "counter", "Inputs that were read, by what they are.");
    for (size_t i = 0; i < sizeof series / sizeof series[0]; i++)
        fprintf(file, "%s{kind=\"%s\",verdict=\"%s\"} %" PRIu64 "\n", name,
                input_kinds[series[i].input], series[i].verdict,
                series[i].value);
}

static void put_rejections(FILE *file, const struct stepden_vitals *vitals)
{
    const char *name = "stepden_inputs_rejected_total";
    begin(file, name, "counter", "Inputs put into a dead-letter stream.");
    for (int input = 0; input < STEPDEN_INPUT_COUNT; input++)
        for (int why = 0; why < STEPDEN_REJECTION_COUNT; why++)
            fprintf(file, "%s{kind=\"%s\",reason=\"%s\"} %" PRIu64 "\n", name,
                    input_kinds[input],
                    stepden_rejection_text((enum stepden_rejection)why),
                    vitals->rejections->counts[input][why]);
}

static void put_targets(FILE *file, const struct stepden_den_counters *den)
{
    const struct series skipped[] = {
        {"not_newer", den->not_newer},
        {"expired", den->expired},
        {"too_soon", den->held_back},
        {"hold_off", den->held_off},
        {"no_record", den->refused_full},
        {"no_action_id", den->refused_action_id},
    };
    const struct series denms[] = {
        {"trigger", den->triggers},
        {"update", den->updates},
        {"cancellation", den->cancellations},
        {"repetition", den->repetitions},
    };
    put_counter(file, "stepden_inputs_misrouted_total",
                "Inputs that came to a partition they do not belong to.",
                den->misrouted);
    PUT_SERIES(file, "stepden_targets_skipped_total", "counter",
               "Targets of predictions that gave no DENM at once.", "reason",
               skipped);
    PUT_SERIES(file, "stepden_denms_total", "counter", "DENMs that were made.",
               "kind", denms);
}

static void put_den(FILE *file, const struct stepden_vitals *vitals)
{
    put_gauge(file, "stepden_records_active", "DENMs that are alive.",
              vitals->den.active);
    put_gauge(file, "stepden_records_limit",
              "What denm.maxRecords allows the partitions that are held.",
              vitals->records);
    put_counter(file, "stepden_records_expired_total",
                "DENMs that ended without a message, being no longer valid.",
                vitals->den.expired_records);
    put_gauge(file, "stepden_action_ids_reserved",
              "Action ids in use, those of ended DENMs included.",
              vitals->den.reserved);
    put_gauge(file, "stepden_action_ids_limit",
              "Action ids of the partitions that are held.",
              vitals->action_ids);
}

/* ---- Redis ---- */

static void put_commits(FILE *file, const struct stepden_metrics *metrics)
{
    put_histogram(file, "stepden_commit_inputs",
                  "Inputs acknowledged by one commit.", &metrics->inputs, 1);
    put_histogram(file, "stepden_commit_outputs",
                  "DENMs published by one commit.", &metrics->outputs, 1);
    put_histogram(file, "stepden_commit_duration_seconds",
                  "From EXEC until Redis has confirmed it.", &metrics->duration,
                  1e-6);
    put_histogram(file, "stepden_input_latency_seconds",
                  "From the time in an input's entry id until its commit was "
                  "confirmed.",
                  &metrics->latency, 1e-6);
    put_seconds(file, "stepden_last_commit_timestamp_seconds", "gauge",
                "When the last commit was confirmed; 0: none yet.",
                (double)metrics->last_commit_unix_ms / 1000);
}

static void put_lease(FILE *file, const struct stepden_vitals *vitals)
{
    struct series series[STEPDEN_VITALS_LEASE_COUNT];
    for (int i = 0; i < STEPDEN_VITALS_LEASE_COUNT; i++) {
        enum stepden_vitals_lease lease = (enum stepden_vitals_lease)i;
        series[i] = (struct series){stepden_vitals_lease_text(lease),
                                    stepden_vitals_count(vitals, lease)};
    }
    PUT_SERIES(file, "stepden_lease_state", "gauge",
               "Partitions of which the lease is that.", "state", series);
}

static void put_session(FILE *file, const struct stepden_vitals *vitals)
{
    const struct stepden_session_counters *session = &vitals->session;
    put_gauge(file, "stepden_redis_connected",
              "Partitions that have a connection to Redis.",
              stepden_vitals_count_connected(vitals));
    put_counter(file, "stepden_redis_connects_total",
                "Times that the connection for commits came up.",
                session->connects);
    put_lease(file, vitals);
    put_counter(file, "stepden_lease_acquisitions_total",
                "Times that the lease became ours.", session->acquired);
    put_counter(file, "stepden_lease_losses_total",
                "Times that it, or the connection with it, was lost.",
                session->lost);
    put_counter(file, "stepden_lease_handovers_total",
                "Times that it was given to an instance that has fewer.",
                session->handed_over);
    put_counter(file, "stepden_transactions_total",
                "Transactions that were confirmed, idle ones included.",
                session->transactions);
    put_counter(file, "stepden_transactions_refused_total",
                "Transactions that Redis refused; they are tried again.",
                session->refused);
    put_counter(file, "stepden_inputs_trimmed_total",
                "Inputs gone from their stream before they were done.",
                session->trimmed);
    put_counter(file, "stepden_inputs_unmatched_total",
                "Inputs no longer pending when they were acknowledged.",
                session->unmatched);
}

/* ---- each partition ---- */

static bool is_held(const struct stepden_partition_vitals *partition)
{
    return stepden_vitals_lease(partition) == STEPDEN_VITALS_LEASE_HELD;
}

static void put_held(FILE *file, const struct stepden_vitals *vitals)
{
    const char *name = "stepden_partition_held";
    begin(file, name, "gauge", "1 if the lease of the partition is ours.");
    for (uint32_t i = 0; i < vitals->partition_count; i++)
        fprintf(file, "%s{partition=\"%" PRIu32 "\"} %d\n", name, i,
                is_held(&vitals->partitions[i]));
}

/* As far as it is known. */
static void put_owners(FILE *file, const struct stepden_vitals *vitals)
{
    const char *name = "stepden_partition_owner_info";
    begin(file, name, "gauge", "1; the instance that has the lease.");
    for (uint32_t i = 0; i < vitals->partition_count; i++) {
        const struct stepden_partition_vitals *partition =
            &vitals->partitions[i];
        const char *owner = is_held(partition) ? vitals->config->instance_name
                                               : partition->owner;
        if (owner[0] == '\0')
            continue;
        fprintf(file, "%s{partition=\"%" PRIu32 "\",owner=\"", name, i);
        put_escaped(file, owner);
        fprintf(file, "\"} 1\n");
    }
}

static void put_partition_records(FILE *file,
                                  const struct stepden_vitals *vitals)
{
    const char *name = "stepden_partition_records_active";
    begin(file, name, "gauge", "DENMs that are alive, of one that is ours.");
    for (uint32_t i = 0; i < vitals->partition_count; i++)
        if (is_held(&vitals->partitions[i]))
            fprintf(file, "%s{partition=\"%" PRIu32 "\"} %" PRIu64 "\n", name,
                    i, vitals->partitions[i].active);
}

static int64_t undelivered(const struct stepden_lag *lag)
{
    return lag->undelivered;
}

static int64_t pending(const struct stepden_lag *lag)
{
    return lag->pending;
}

/* Of those that are ours, as far as it is known. */
static void put_lag(FILE *file, const char *name, const char *help,
                    const struct stepden_vitals *vitals,
                    int64_t (*number_of)(const struct stepden_lag *lag))
{
    begin(file, name, "gauge", help);
    for (uint32_t i = 0; i < vitals->partition_count; i++) {
        const struct stepden_partition_vitals *partition =
            &vitals->partitions[i];
        for (int input = 0; input < STEPDEN_INPUT_COUNT; input++) {
            int64_t number = number_of(&partition->lag[input]);
            if (is_held(partition) && number >= 0)
                fprintf(file,
                        "%s{partition=\"%" PRIu32 "\",kind=\"%s\"} %" PRId64
                        "\n",
                        name, i, input_kinds[input], number);
        }
    }
}

static void put_partitions(FILE *file, const struct stepden_vitals *vitals)
{
    put_held(file, vitals);
    put_owners(file, vitals);
    put_partition_records(file, vitals);
    put_lag(file, "stepden_partition_undelivered",
            "Inputs of one that is ours that were not read yet.", vitals,
            undelivered);
    put_lag(file, "stepden_partition_pending",
            "Inputs of one that is ours that were read, and are not done.",
            vitals, pending);
}

/* ---- the program ---- */

static void put_build(FILE *file, const struct stepden_config *config)
{
    begin(file, "stepden_build_info", "gauge",
          "1; the version, its compiler, and denm.release.");
    fprintf(file,
            "stepden_build_info{version=\"" STEPDEN_VERSION
            "\",compiler=\"" COMPILER "\",release=\"%s\"} 1\n",
            stepden_release_text(config->denm.release));
}

static void put_log(FILE *file, const struct stepden_log *log)
{
    put_counter(file, "stepden_log_lines_lost_total",
                "Lines of the log that a handler could not write.", log->lost);
    put_gauge(file, "stepden_log_handlers_failing",
              "Handlers of the log that do not work at present.",
              stepden_log_failing(log));
}

static void put_process(FILE *file, const struct stepden_process *process,
                        int64_t started_unix_ms)
{
    put_seconds(file, "process_cpu_seconds_total", "counter",
                "Time of both modes.", process->cpu_s);
    put_seconds(file, "process_start_time_seconds", "gauge",
                "When it was started.", (double)started_unix_ms / 1000);
    put_gauge(file, "process_resident_memory_bytes", "Memory in use.",
              process->resident_bytes);
    put_gauge(file, "process_virtual_memory_bytes", "Memory as mapped.",
              process->virtual_bytes);
    put_gauge(file, "process_open_fds", "Open file descriptors.",
              process->open_fds);
    put_gauge(file, "process_max_fds", "File descriptors that may be open.",
              process->max_fds);
}

void stepden_metrics_write(FILE *file, const struct stepden_vitals *vitals,
                           const struct stepden_process *process)
{
    put_build(file, vitals->config);
    put_inputs(file, vitals);
    put_rejections(file, vitals);
    put_targets(file, &vitals->den);
    put_den(file, vitals);
    put_commits(file, vitals->metrics);
    put_session(file, vitals);
    put_partitions(file, vitals);
    put_log(file, vitals->log);
    put_process(file, process, vitals->started_unix_ms);
}
