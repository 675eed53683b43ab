#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <stepden/json/writer.h>

#include "commands.h"

void denm_report(const struct denm_item *item, const struct stepden_diag *diag)
{
    fflush(stdout);
    fprintf(stderr, "denm: %s: message %" PRIu64 ": byte %zu: %s%s%s\n",
            item->origin->text, item->number, diag->offset, diag->where,
            diag->where[0] ? ": " : "", diag->reason);
}

static void put_text(struct stepden_json_writer *writer, const char *text)
{
    stepden_json_put(writer, text, strlen(text));
}

void denm_report_json(char line[DENM_REPORT_SIZE], const struct denm_item *item,
                      const struct stepden_diag *diag)
{
    struct stepden_json_writer writer = {.at = line,
                                         .end = line + DENM_REPORT_SIZE - 1};

    put_text(&writer, "{\"error\":{\"message\":");
    stepden_json_put_integer(&writer, (int64_t)item->number);
    put_text(&writer, ",\"field\":");
    stepden_json_put_string(&writer, diag->where);
    put_text(&writer, ",\"byte\":");
    stepden_json_put_integer(&writer, (int64_t)diag->offset);
    put_text(&writer, ",\"reason\":");
    stepden_json_put_string(&writer, diag->reason);
    put_text(&writer, "}}");
    *writer.at = '\0';
}

static void put_attribute(struct stepden_json_writer *writer, const char *name,
                          const char *value)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = {{'<', "&lt;"}, {'&', "&amp;"}, {'"', "&quot;"}};

    put_text(writer, " ");
    put_text(writer, name);
    put_text(writer, "=\"");
    for (; *value; value++) {
        const char *entity = NULL;

        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
            if (*value == entities[i].character)
                entity = entities[i].entity;
        if (entity)
            put_text(writer, entity);
        else
            stepden_json_put(writer, (unsigned char)*value < ' ' ? " " : value,
                             1);
    }
    put_text(writer, "\"");
}

static void put_number(struct stepden_json_writer *writer, const char *name,
                       uint64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, number);
    put_attribute(writer, name, text);
}

void denm_report_xml(char line[DENM_REPORT_SIZE], const struct denm_item *item,
                     const struct stepden_diag *diag)
{
    struct stepden_json_writer writer = {.at = line,
                                         .end = line + DENM_REPORT_SIZE - 1};

    put_text(&writer, "<error");
    put_number(&writer, "message", item->number);
    put_attribute(&writer, "field", diag->where);
    put_number(&writer, "byte", diag->offset);
    put_attribute(&writer, "reason", diag->reason);
    put_text(&writer, "/>");
    *writer.at = '\0';
}

int denm_exit(int input_code, bool failed)
{
    if (input_code)
        return input_code;
    return failed ? DENM_EXIT_FAILED : 0;
}
