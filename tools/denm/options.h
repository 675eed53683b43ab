/* The command line of denm. */
#ifndef DENM_OPTIONS_H
#define DENM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <stepden/records/common.h>

/* How messages come in. */
enum denm_format {
    DENM_FORMAT_AUTO, /* every file and every line shows what it is */
    DENM_FORMAT_HEX,
    DENM_FORMAT_BINARY,
    DENM_FORMAT_BASE64,
    DENM_FORMAT_NDJSON,
    DENM_FORMAT_JER,
};

/* The texts are borrowed from the arguments; what is not given is NULL. */
struct denm_options {
    bool help;
    enum stepden_release release;
    enum denm_format input;
    size_t output; /* of the command's outputs */
    const char *redis;
    const char *stream;
    const char *after;
    bool follow;
    const char *write;
    char *const *arguments; /* what is not an option */
    size_t argument_count;
};

/* What a command takes. */
enum {
    DENM_TAKES_RELEASE = 1,
    DENM_TAKES_INPUT = 2, /* of UPER */
    DENM_TAKES_JER = 4,   /* --input, of JER */
    DENM_TAKES_REDIS = 8,
    DENM_TAKES_OUTPUT = 16,
    DENM_TAKES_WRITE = 32,
};

struct denm_command {
    const char *name;
    const char *summary;
    const char *arguments; /* as in the usage */
    size_t arguments_max;  /* 0: any number */
    unsigned takes;
    const char *const *outputs; /* up to NULL; the first one by default */
    int (*run)(const struct denm_options *options); /* the exit status */
};

/*
 * Reads the arguments behind the command's name. Says on standard error what is
 * wrong with them, and returns false.
 */
bool denm_options_read(struct denm_options *options,
                       const struct denm_command *command, char **arguments);

/* What the command is for and the options that it takes. */
void denm_options_help(const struct denm_command *command);

#endif
