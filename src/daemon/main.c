#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <stepden/config.h>

#include "daemon/app.h"
#include "daemon/clock.h"
#include "daemon/config/check.h"
#include "daemon/config/document.h"
#include "daemon/config/load.h"
#include "daemon/config/remarks.h"
#include "daemon/log/log.h"
#include "daemon/options.h"
#include "daemon/replay.h"

/* Where a configuration comes from: a file, or an option. */
struct source {
    const char *name;
};

static void complain(void *ctx, const struct stepden_config_fault *fault)
{
    const struct source *source = ctx;
    const struct stepden_diag *diag = &fault->diag;
    fprintf(stderr, "stepden: %s:", source->name);
    if (fault->line > 0)
        fprintf(stderr, "%zu:%zu:", fault->line, fault->column);
    fprintf(stderr, " %s%s%s\n", diag->where, diag->where[0] ? ": " : "",
            diag->reason);
}

/* Whether all that was printed went out. */
static int end_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EX_OK;
    fprintf(stderr, "stepden: standard output: %s\n", strerror(errno));
    return EX_IOERR;
}

static int name_instance(struct stepden_config *config, const char *instance)
{
    struct source source = {.name = "--instance"};
    struct stepden_config_fault fault = {.line = 0};
    if (stepden_config_name(config, instance, &fault.diag) == STEPDEN_OK)
        return EX_OK;
    complain(&source, &fault);
    return EX_USAGE;
}

/* Without --config the defaults, with --instance its name. With `rule` it has
 * to be one to start with. */
static int load_config(struct stepden_config *config,
                       const struct stepden_options *options,
                       stepden_config_rule *rule)
{
    struct source source = {.name = options->config};
    struct stepden_config_report report = {.fault = complain, .ctx = &source};
    stepden_config_init(config);
    if (options->config) {
        enum stepden_status status = stepden_config_load_for(
            rule, false, config, options->config, &report);
        if (status != STEPDEN_OK)
            return stepden_app_code(status);
    }
    return options->instance ? name_instance(config, options->instance) : EX_OK;
}

/* What is done with a configuration. */
typedef int action(struct stepden_config *config,
                   const struct stepden_options *options);

static int serve(struct stepden_config *config,
                 const struct stepden_options *options)
{
    static struct stepden_log log;
    struct stepden_log_clock clock = {.unix_ms = stepden_clock_unix_ms};
    struct source source = {.name = options->config};
    struct stepden_config_fault fault = {.line = 0};
    if (stepden_log_open(&log, &config->log, config->instance_name, &clock,
                         &fault.diag) != STEPDEN_OK) {
        complain(&source, &fault);
        return EX_CONFIG;
    }
    const struct stepden_reload reload = {
        .config = config,
        .path = options->config,
        .instance = options->instance,
        .log = &log,
    };
    stepden_reload_advise(&reload);
    int code = stepden_app_run(&reload);
    stepden_log_close(&log);
    return code;
}

static void print_advice(void *ctx, const struct stepden_config_fault *fault)
{
    const struct source *source = ctx;
    fprintf(stderr, "stepden: %s: advice: %s: %s\n", source->name,
            fault->diag.where, fault->diag.reason);
}

static int check(struct stepden_config *config,
                 const struct stepden_options *options)
{
    const char *path = options->config;
    struct source source = {.name = path};
    struct stepden_config_report report = {
        .fault = print_advice,
        .ctx = &source,
    };
    stepden_remarks_report(config, path, &report);
    stepden_check_files(config, &report);
    printf("%s: stepden can start with it.\n\n", path);
    stepden_check_print_needs(config, stdout);
    return end_output();
}

static int print_config(struct stepden_config *config,
                        const struct stepden_options *options)
{
    (void)options;
    return stepden_document_write_config(stdout, config);
}

static int replay(struct stepden_config *config,
                  const struct stepden_options *options)
{
    const char *path = options->file;
    bool standard = strcmp(path, "-") == 0;
    FILE *input = standard ? stdin : fopen(path, "re");
    if (!input) {
        fprintf(stderr, "stepden: %s: %s\n", path, strerror(errno));
        return EX_NOINPUT;
    }
    /* The defaults, without --config, need no advice. */
    struct source source = {.name = options->config};
    struct stepden_config_report report = {
        .fault = print_advice,
        .ctx = &source,
    };
    stepden_config_advise(config, &report);
    int code = stepden_replay(config, options->explain, input, stdout, stderr);
    if (!standard)
        fclose(input);
    return code;
}

static int run(action *act, const struct stepden_options *options,
               stepden_config_rule *rule)
{
    struct stepden_config *config = malloc(sizeof *config);
    if (!config) {
        fputs("stepden: no memory\n", stderr);
        return EX_OSERR;
    }
    int code = load_config(config, options, rule);
    if (code == EX_OK)
        code = act(config, options);
    explicit_bzero(config, sizeof *config);
    free(config);
    return code;
}

static int print(const char *text)
{
    fputs(text, stdout);
    return end_output();
}

/* That nobody reads what we write, or that a log may grow no more, is no reason
 * to end. No file of ours gets the number of a standard stream that is closed:
 * what is meant for that one would go there. */
static void guard_streams(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    int fd = open("/dev/null", O_PATH);
    while (fd >= 0 && fd <= STDERR_FILENO)
        fd = open("/dev/null", O_PATH);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv)
{
    struct stepden_options options;
    struct stepden_diag diag;
    guard_streams();
    if (stepden_options_parse(&options, argc, argv, &diag) != STEPDEN_OK) {
        fprintf(stderr, "stepden: %s %s\n%s", diag.where, diag.reason,
                stepden_options_usage);
        return EX_USAGE;
    }
    switch (options.command) {
    case STEPDEN_COMMAND_HELP:
        return print(stepden_options_help);
    case STEPDEN_COMMAND_VERSION:
        return print("stepden " STEPDEN_VERSION "\n");
    case STEPDEN_COMMAND_SCHEMA:
        return stepden_document_write_schema(options.file, stdout);
    case STEPDEN_COMMAND_TEMPLATE:
        return stepden_document_write_template(options.file, stdout);
    case STEPDEN_COMMAND_CHECK:
        return run(check, &options, stepden_check_start);
    case STEPDEN_COMMAND_PRINT_CONFIG:
        return run(print_config, &options, NULL);
    case STEPDEN_COMMAND_REPLAY:
        return run(replay, &options, NULL);
    case STEPDEN_COMMAND_SERVE:
        stepden_reload_hold(true);
        return run(serve, &options, stepden_check_start);
    }
    abort();
}
