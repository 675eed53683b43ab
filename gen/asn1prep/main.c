/*
 * asn1prep: makes of the published ASN.1 text of one release a module that
 * asn1c 0.9.28 compiles rightly. See asn1/README.md.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"
#include "emit_notes.h"
#include "memory.h"

static const char usage[] =
    "usage: asn1prep --prefix PREFIX --root TYPE --output FILE\n"
    "                [--notes FILE] INPUT...\n"
    "\n"
    "Reads the ASN.1 modules in the INPUT files and writes TYPE and the types\n"
    "that it reaches as one module for asn1c, PREFIX before every type name.\n"
    "With --notes, also writes what asn1c makes nothing of, units and names "
    "of\n"
    "numbers among them, as C source, \"const struct asn1_notes "
    "PREFIX_notes\"\n"
    "(asn1/asn1_notes.h). A FILE that would not change is left untouched.\n";

struct options {
    const char *prefix;
    const char *root;
    const char *output;
    const char *notes; /* NULL: not wanted */
    char **inputs;     /* ends with NULL */
};

static const char **option_of(struct options *options, const char *name)
{
    if (strcmp(name, "--prefix") == 0)
        return &options->prefix;
    if (strcmp(name, "--root") == 0)
        return &options->root;
    if (strcmp(name, "--output") == 0)
        return &options->output;
    if (strcmp(name, "--notes") == 0)
        return &options->notes;
    return NULL;
}

static bool parse_options(struct options *options, char **arguments)
{
    while (arguments[0] != NULL && arguments[0][0] == '-') {
        const char **option = option_of(options, arguments[0]);

        if (option == NULL || arguments[1] == NULL)
            return false;
        *option = arguments[1];
        arguments += 2;
    }
    options->inputs = arguments;
    return options->prefix != NULL && options->root != NULL &&
           options->output != NULL && arguments[0] != NULL;
}

static bool holds(const char *file, const char *text, size_t size)
{
    FILE *input = fopen(file, "rb");
    char *bytes = memory_new(size + 1);
    size_t found;

    if (input == NULL)
        return false;
    found = fread(bytes, 1, size + 1, input);
    fclose(input);
    return found == size && memcmp(bytes, text, size) == 0;
}

static void write_if_changed(const char *file, const char *text, size_t size)
{
    FILE *output;

    if (holds(file, text, size))
        return;
    output = fopen(file, "wb");
    if (output == NULL || fwrite(text, 1, size, output) != size ||
        fclose(output) != 0)
        fail("cannot write %s: %s", file, strerror(errno));
}

struct text {
    char *bytes;
    size_t size;
};

static FILE *open_text(struct text *text)
{
    FILE *out = open_memstream(&text->bytes, &text->size);

    if (out == NULL)
        fail("out of memory");
    return out;
}

static void write_text(const char *file, struct text *text, FILE *out)
{
    fclose(out);
    write_if_changed(file, text->bytes, text->size);
    free(text->bytes);
}

/* Whoever asks for no notes hears of errors in them too. */
static void write_release(const struct options *options,
                          const struct release *release)
{
    struct notes notes = {0};
    struct text text = {0};
    FILE *out;

    notes_make(&notes, release);
    out = open_text(&text);
    emit_release(out, release, options->prefix);
    write_text(options->output, &text, out);
    if (options->notes == NULL)
        return;
    out = open_text(&text);
    emit_notes(out, &notes, options->prefix);
    write_text(options->notes, &text, out);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    struct module *modules = NULL;
    struct release release = {0};

    if (argc < 2 || !parse_options(&options, argv + 1)) {
        fputs(usage, stderr);
        return EXIT_FAILURE;
    }
    atexit(memory_free);
    for (char **input = options.inputs; *input != NULL; input++)
        module_load(&modules, *input);
    release.modules = modules;
    release_reach(&release, options.root);
    write_release(&options, &release);
    return EXIT_SUCCESS;
}
