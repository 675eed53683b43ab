/*
 * Any text: asn1prep either refuses it or writes a module, which it accepts in
 * turn and writes in the same way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "emit.h"
#include "emit_notes.h"
#include "memory.h"
#include "notes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What asn1prep has written; closed by `reset`, whatever happens to it. */
struct text {
    FILE *out;
    char *bytes;
    size_t size;
};

static jmp_buf refused;
static struct text module_text;
static struct text again_text;
static struct text notes_text;

/* In place of report.c, which ends the program. */
static _Noreturn void refuse(const char *format, va_list arguments)
{
    char *message = NULL;

    if (vasprintf(&message, format, arguments) < 0)
        abort();
    free(message);
    longjmp(refused, 1);
}

void fail_at(struct place at, const char *format, ...)
{
    va_list arguments;

    if (at.file == NULL || at.line == 0)
        abort();
    va_start(arguments, format);
    refuse(format, arguments);
}

void fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    refuse(format, arguments);
}

static void open_text(struct text *text)
{
    text->out = open_memstream(&text->bytes, &text->size);
    if (text->out == NULL)
        abort();
}

static void reset(struct text *text)
{
    if (text->out != NULL)
        fclose(text->out);
    free(text->bytes);
    *text = (struct text){0};
}

/* asn1prep reads files, so the text becomes one. */
static void load(struct release *release, const void *bytes, size_t size,
                 const char *root)
{
    static int file = -1;
    static char name[32];
    struct module *modules = NULL;

    if (file < 0) {
        file = memfd_create("module", 0);
        snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    }
    if (ftruncate(file, 0) != 0 ||
        pwrite(file, bytes, size, 0) != (ssize_t)size)
        abort();
    module_load(&modules, name);
    release->modules = modules;
    release_reach(release, root);
}

static void make_module(struct text *text, const struct release *release,
                        const char *prefix)
{
    open_text(text);
    emit_release(text->out, release, prefix);
    fflush(text->out);
}

static void make_notes(const struct release *release)
{
    struct notes notes = {0};

    notes_make(&notes, release);
    open_text(&notes_text);
    emit_notes(notes_text.out, &notes, "X");
}

/* Behind the name of the module, which is none in its second text. */
static const char *behind_header(const struct text *text)
{
    return strstr(text->bytes, " DEFINITIONS ");
}

static void check_again(void)
{
    struct release release = {0};
    const char *module = strchr(module_text.bytes, '\n') + 1;

    load(&release, module, strlen(module), "XRoot");
    make_module(&again_text, &release, "");
    if (strcmp(behind_header(&module_text), behind_header(&again_text)) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static volatile bool was_accepted;

    was_accepted = false;
    if (setjmp(refused) == 0) {
        struct release release = {0};

        load(&release, bytes, size, "Root");
        make_module(&module_text, &release, "X");
        make_notes(&release);
        was_accepted = true;
        check_again();
    } else if (was_accepted) {
        abort();
    }
    reset(&module_text);
    reset(&notes_text);
    reset(&again_text);
    memory_free();
    return 0;
}
