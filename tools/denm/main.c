#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "commands.h"
#include "options.h"

#define TAKES_UPER (DENM_TAKES_INPUT | DENM_TAKES_RELEASE | DENM_TAKES_REDIS)

static const char *const decode_outputs[] = {"jer", "xer", "pretty", NULL};
static const char *const encode_outputs[] = {"hex", "binary", "base64", NULL};
static const char *const report_outputs[] = {"text", "json", NULL};

static const struct denm_command commands[] = {
    {"decode", "UPER to JER, indented JER or XER, a message a line",
     "[FILE]...", 0, TAKES_UPER | DENM_TAKES_OUTPUT, decode_outputs,
     denm_decode},
    {"encode", "JER to UPER in hexadecimal, binary or base64", "[FILE]...", 0,
     DENM_TAKES_JER | DENM_TAKES_RELEASE | DENM_TAKES_OUTPUT, encode_outputs,
     denm_encode},
    {"lint", "checks what the encoding does not, by rule and clause",
     "[FILE]...", 0, TAKES_UPER | DENM_TAKES_OUTPUT, report_outputs, denm_lint},
    {"diff", "what differs between two messages, field by field",
     "[FILE [FILE]]", 2, TAKES_UPER, NULL, denm_diff},
    {"explain", "every bit of a message, with its field and its meaning",
     "[FILE]...", 0, TAKES_UPER, NULL, denm_explain},
    {"pcap", "a capture for Wireshark: GeoNetworking and BTP around it",
     "[FILE]...", 0, TAKES_UPER | DENM_TAKES_WRITE, NULL, denm_pcap},
    {"fields", "the fields of a DENM, with their ranges and units", "[PATTERN]",
     1, DENM_TAKES_RELEASE | DENM_TAKES_OUTPUT, report_outputs, denm_fields},
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

static int help(FILE *output)
{
    fputs("Usage: denm COMMAND [OPTION]... [FILE]...\n"
          "       denm COMMAND --help\n"
          "       denm --help | --version\n"
          "\n"
          "Whole DENMs, of EN 302 637-3 and TS 103 831, from the command "
          "line.\n"
          "\n",
          output);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(output, "  %-9s %s\n", commands[i].name, commands[i].summary);
    fputs("\n"
          "Messages are UPER: hexadecimal, base64 or NDJSON, one a line, or "
          "binary, one a\n"
          "file. Without FILE, or with -, they come from standard input.\n"
          "\n"
          "Exit status: 0 all is well; 1 a message failed, findings, "
          "differences; 64 and\n"
          "more as in sysexits.h. See denm(1).\n",
          output);
    return output == stdout ? EX_OK : EX_USAGE;
}

static const struct denm_command *find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int run(const struct denm_command *command, char **arguments)
{
    struct denm_options options;

    if (!denm_options_read(&options, command, arguments))
        return EX_USAGE;
    if (!options.help)
        return command->run(&options);
    denm_options_help(command);
    return EX_OK;
}

static int complain(const char *name)
{
    fprintf(stderr, "denm: %s: no such command\n\n", name);
    return help(stderr);
}

/* What `denm help` and what follows it print. */
static int help_with(const char *name)
{
    const struct denm_command *command = name ? find(name) : NULL;

    if (!name)
        return help(stdout);
    if (!command)
        return complain(name);
    denm_options_help(command);
    return EX_OK;
}

/* What has been written has to arrive. */
static int finish(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "denm: standard output: %s\n",
            errno ? strerror(errno) : "not written");
    return EX_IOERR;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    const struct denm_command *command = find(name);

    if (command)
        return finish(run(command, argv + 2));
    if (strcmp(name, "help") == 0)
        return finish(help_with(argv[2]));
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return finish(help(stdout));
    if (strcmp(name, "--version") == 0 || strcmp(name, "-v") == 0) {
        puts("denm (stepden) " STEPDEN_VERSION);
        return finish(EX_OK);
    }
    return argc > 1 ? complain(name) : help(stderr);
}
