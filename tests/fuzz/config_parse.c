/*
 * Any text as a configuration: every fault has its place in the text and fits
 * in a line, and what is valid is written as a text that is valid too.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stepden/config.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct text {
    const char *at;
    size_t size;
    size_t faults;
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* The bytes before a place, found the long way. */
static size_t find_offset(const struct text *text, size_t line, size_t column)
{
    size_t at = 0;
    while (line-- > 1) {
        const char *end = memchr(text->at + at, '\n', text->size - at);
        must(end != NULL);
        at = (size_t)(end - text->at) + 1;
    }
    while (column-- > 1) {
        must(at < text->size && text->at[at] != '\n');
        at++;
        while (at < text->size && (text->at[at] & 0xc0) == 0x80)
            at++;
    }
    return at;
}

static bool is_a_line(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20)
            return false;
    return true;
}

static void check_fault(void *ctx, const struct stepden_config_fault *fault)
{
    struct text *text = ctx;
    size_t offset = find_offset(text, fault->line, fault->column);
    text->faults++;
    /* A byte that continues no character counts to the character before. */
    must(offset >= fault->diag.offset);
    for (size_t i = fault->diag.offset; i < offset; i++)
        must((text->at[i] & 0xc0) == 0x80);
    must(fault->diag.where[0] == '\0' || fault->diag.where[0] == '/');
    must(fault->diag.reason[0] != '\0');
    must(is_a_line(fault->diag.where) && is_a_line(fault->diag.reason));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct stepden_config config;
    struct text text = {.at = (const char *)bytes, .size = size};
    struct stepden_config_report report = {.fault = check_fault, .ctx = &text};
    enum stepden_status status =
        stepden_config_parse(&config, text.at, size, &report);
    must((status == STEPDEN_OK) == (text.faults == 0));
    must(text.faults <= 128);
    if (status != STEPDEN_OK)
        return 0;
    char *written = stepden_config_text(&config);
    must(written != NULL);
    text = (struct text){.at = written, .size = strlen(written)};
    must(stepden_config_parse(&config, text.at, text.size, &report) ==
         STEPDEN_OK);
    free(written);
    return 0;
}
