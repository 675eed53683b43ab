/* What --conf_schema, --conf_template and --print-config write. */
#ifndef STEPDEN_DAEMON_CONFIG_DOCUMENT_H
#define STEPDEN_DAEMON_CONFIG_DOCUMENT_H

#include <stdio.h>

#include <stepden/records/config.h>

/*
 * Write the JSON Schema of the configuration, or a configuration with all
 * defaults, indented, to the file at `path`; NULL or "-": to `standard`.
 * Faults are said on standard error. Return an exit code of sysexits.h: EX_OK,
 * EX_CANTCREAT, EX_IOERR or EX_OSERR.
 */
int stepden_document_write_schema(const char *path, FILE *standard);
int stepden_document_write_template(const char *path, FILE *standard);

/* The same of `config`, its secrets masked, to `standard`. */
int stepden_document_write_config(FILE *standard,
                                  const struct stepden_config *config);

#endif
