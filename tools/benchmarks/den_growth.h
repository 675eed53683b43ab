/* A DEN service that grows from empty to full, each insert measured alone. */
#ifndef BENCH_DEN_GROWTH_H
#define BENCH_DEN_GROWTH_H

struct bench_options;
struct bench_report;

/* Adds the rows; a table of options->records is filled in every round. */
void bench_den_growth(struct bench_report *report,
                      const struct bench_options *options);

#endif
