/* The commands: each takes its options and returns the exit status. */
#ifndef DENM_COMMANDS_H
#define DENM_COMMANDS_H

struct denm_options;

/* A message failed, there are findings, or differences. */
#define DENM_EXIT_FAILED 1

enum denm_decode_output {
    DENM_DECODE_JER,
    DENM_DECODE_XER,
    DENM_DECODE_PRETTY,
};

enum denm_encode_output {
    DENM_ENCODE_HEX,
    DENM_ENCODE_BINARY,
    DENM_ENCODE_BASE64,
};

/* Of lint and fields. */
enum denm_report_output {
    DENM_REPORT_TEXT,
    DENM_REPORT_JSON,
};

int denm_decode(const struct denm_options *options);
int denm_encode(const struct denm_options *options);
int denm_lint(const struct denm_options *options);
int denm_diff(const struct denm_options *options);
int denm_explain(const struct denm_options *options);
int denm_pcap(const struct denm_options *options);
int denm_fields(const struct denm_options *options);

#endif
