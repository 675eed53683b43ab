/* The benchmarks: each measures what it is for and adds its rows. */
#ifndef BENCH_COMMANDS_H
#define BENCH_COMMANDS_H

struct bench_options;
struct bench_report;

/* UPER, and JER, of four messages: ours beside asn1c's own runtime. */
void bench_codec(struct bench_report *report,
                 const struct bench_options *options);

/* JSON of the service: ours beside json-c. */
void bench_json(struct bench_report *report,
                const struct bench_options *options);

/* What becomes of a DENM's cost and memory as events get many. */
void bench_den(struct bench_report *report,
               const struct bench_options *options);

/* The same for all that the service does but for Redis. */
void bench_growth(struct bench_report *report,
                  const struct bench_options *options);

/* XADD of what the service publishes, by a loader that does nothing else. */
void bench_ceiling(struct bench_report *report,
                   const struct bench_options *options);

/* How long an array takes to its DENMs, beside a bare echo. */
void bench_latency(struct bench_report *report,
                   const struct bench_options *options);

/* The program itself, which drains a backlog. */
void bench_service(struct bench_report *report,
                   const struct bench_options *options);

/* The program itself, with partitions, on clusters. */
void bench_scale(struct bench_report *report,
                 const struct bench_options *options);

#endif
