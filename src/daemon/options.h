/* The command line. */
#ifndef STEPDEN_DAEMON_OPTIONS_H
#define STEPDEN_DAEMON_OPTIONS_H

#include <stdbool.h>

#include <stepden/status.h>

enum stepden_command {
    STEPDEN_COMMAND_SERVE, /* run the service */
    STEPDEN_COMMAND_CHECK,
    STEPDEN_COMMAND_PRINT_CONFIG,
    STEPDEN_COMMAND_REPLAY,
    STEPDEN_COMMAND_SCHEMA,
    STEPDEN_COMMAND_TEMPLATE,
    STEPDEN_COMMAND_VERSION,
    STEPDEN_COMMAND_HELP,
};

/* The texts are borrowed from the arguments; what is not given is NULL. */
struct stepden_options {
    enum stepden_command command;
    const char *config;   /* path of the configuration, also for - */
    const char *instance; /* instead of the configuration's instanceName */
    const char *file;     /* of the command; NULL or "-": standard streams */
    bool explain;         /* of a replay: say why */
};

/* What --help prints, and what is said of a wrong command line. */
extern const char stepden_options_help[];
extern const char stepden_options_usage[];

/*
 * Reads the command line, of which argv[0] is skipped. A long option may be
 * written with hyphens or underscores, its value after a space or a `=`; a
 * short one's value after a space or directly. An optional value does not begin
 * with a hyphen. Of an option given twice the last one counts. --help and
 * --version are done whatever stands before them, and end the reading.
 *
 * STEPDEN_ERR_INVALID  an unknown option, a missing or unexpected value, two
 *                      commands, no --config where there has to be one; options
 *                      that do not go with the command
 */
STEPDEN_CHECKED enum stepden_status
stepden_options_parse(struct stepden_options *options, int argc,
                      char *const argv[], struct stepden_diag *diag);

#endif
