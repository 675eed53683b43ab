#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include <stepden/codec.h>
#include <stepden/json/writer.h>

#include "commands.h"
#include "options.h"

struct listing {
    const char *pattern;
    int path_width;
    size_t count;
};

/*
 * Whether the pattern is somewhere in the path; * stands for anything, and
 * case makes no difference. Looks for the parts between the stars in turn.
 */
static bool is_listed(const struct listing *listing, const char *path)
{
    const char *part = listing->pattern;

    for (;;) {
        size_t size = strcspn(part, "*");

        while (*path && strncasecmp(path, part, size) != 0)
            path++;
        if (strncasecmp(path, part, size) != 0)
            return false;
        path += size;
        part += size;
        if (!*part)
            return true;
        part++;
    }
}

static void measure(void *ctx, const struct stepden_field_type *field)
{
    struct listing *listing = ctx;
    int width = (int)strlen(field->path);

    if (!is_listed(listing, field->path))
        return;
    listing->count++;
    if (width > listing->path_width)
        listing->path_width = width;
}

static void put_word(const char *before, const char *word)
{
    if (word[0])
        printf(" %s%s", before, word);
}

static void put_text(void *ctx, const struct stepden_field_type *field)
{
    const struct listing *listing = ctx;

    if (!is_listed(listing, field->path))
        return;
    printf("%-*s  %-16s %s", listing->path_width, field->path, field->kind,
           field->type);
    put_word("", field->range);
    put_word("in ", field->unit);
    put_word("", field->is_optional ? "optional" : "");
    put_word("", field->is_addition ? "extension" : "");
    putchar('\n');
}

static void put_member(struct stepden_json_writer *writer, const char *name,
                       const char *value)
{
    stepden_json_put(writer, name, strlen(name));
    stepden_json_put_string(writer, value);
}

static void put_flag(struct stepden_json_writer *writer, const char *name,
                     bool value)
{
    stepden_json_put(writer, name, strlen(name));
    stepden_json_put_bool(writer, value);
}

static void put_names(struct stepden_json_writer *writer,
                      const struct stepden_field_type *field)
{
    static const char before[] = ",\"names\":";

    stepden_json_put(writer, before, sizeof before - 1);
    char *start = writer->at;
    for (size_t i = 0; i < field->name_count; i++) {
        stepden_json_put(writer, ",", 1);
        stepden_json_put_string(writer, field->names[i]);
        stepden_json_put(writer, ":", 1);
        stepden_json_put_integer(writer, field->numbers[i]);
    }
    stepden_json_enclose(writer, start, "{}");
}

static void put_json(void *ctx, const struct stepden_field_type *field)
{
    static char line[65536];
    struct stepden_json_writer writer = {.at = line, .end = line + sizeof line};

    if (!is_listed(ctx, field->path))
        return;
    put_member(&writer, "{\"path\":", field->path);
    put_member(&writer, ",\"type\":", field->type);
    put_member(&writer, ",\"kind\":", field->kind);
    put_member(&writer, ",\"range\":", field->range);
    put_member(&writer, ",\"unit\":", field->unit);
    put_flag(&writer, ",\"optional\":", field->is_optional);
    put_flag(&writer, ",\"extension\":", field->is_addition);
    put_names(&writer, field);
    stepden_json_put(&writer, "}\n", 2);
    fwrite(line, 1, (size_t)(writer.at - line), stdout);
}

int denm_fields(const struct denm_options *options)
{
    struct listing listing = {
        .pattern = options->argument_count ? options->arguments[0] : "",
    };
    struct stepden_field_type_sink sink = {.take = measure, .ctx = &listing};

    stepden_fields(options->release, &sink);
    sink.take = options->output == DENM_REPORT_JSON ? put_json : put_text;
    stepden_fields(options->release, &sink);
    return listing.count ? EX_OK : DENM_EXIT_FAILED;
}
