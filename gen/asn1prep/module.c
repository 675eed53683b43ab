#include "module.h"

#include <string.h>

#include "assignment.h"
#include "memory.h"

static void expect(const struct token **next, const char *text)
{
    if (!token_is(*next, text))
        fail_at((*next)->at, "\"%s\" found; \"%s\" is allowed here",
                (*next)->text, text);
    (*next)++;
}

static bool accept(const struct token **next, const char *text)
{
    bool is_there = token_is(*next, text);

    if (is_there)
        (*next)++;
    return is_there;
}

/* Up to and with the semicolon. */
static void skip_exports(const struct token **next)
{
    while (!token_is(*next, ";")) {
        if ((*next)->kind == TOKEN_END)
            fail_at((*next)->at, "no \";\" ends EXPORTS");
        (*next)++;
    }
    (*next)++;
}

static void add_import(struct module *module, const struct token *symbol)
{
    struct import *import = memory_new(sizeof *import);

    import->symbol = symbol;
    import->next = module->imports;
    module->imports = import;
}

/* Behind FROM: the other module, its identifier, WITH SUCCESSORS. */
static void parse_import_source(struct module *module,
                                const struct token **next)
{
    const struct token *source = (*next)++;
    bool is_identifier_value;

    if (source->kind != TOKEN_REFERENCE)
        fail_at(source->at, "\"%s\" found; a module name is allowed here",
                source->text);
    for (struct import *import = module->imports;
         import != NULL && import->module == NULL; import = import->next)
        import->module = source;
    is_identifier_value = (*next)->kind == TOKEN_NAME &&
                          !token_is(*next + 1, ",") &&
                          !token_is(*next + 1, "FROM");
    if (is_identifier_value)
        (*next)++;
    if (token_is(*next, "{"))
        *next = token_after_group(*next);
    if (accept(next, "WITH") && !accept(next, "DESCENDANTS"))
        expect(next, "SUCCESSORS");
}

static void parse_imports(struct module *module, const struct token **next)
{
    while (!accept(next, ";")) {
        if ((*next)->kind != TOKEN_NAME && (*next)->kind != TOKEN_REFERENCE)
            fail_at((*next)->at,
                    "\"%s\" found in IMPORTS; a type or value name or \";\" "
                    "is allowed",
                    (*next)->text);
        add_import(module, (*next)++);
        if (token_is(*next, "{"))
            *next = token_after_group(*next);
        if (accept(next, ","))
            continue;
        expect(next, "FROM");
        parse_import_source(module, next);
    }
}

/* From the name to BEGIN. */
static void parse_header(struct module *module, const struct token **next)
{
    module->name = (*next)++;
    if (module->name->kind != TOKEN_REFERENCE)
        fail_at(module->name->at, "\"%s\" found; a module name is allowed here",
                module->name->text);
    if (token_is(*next, "{"))
        *next = token_after_group(*next);
    if ((*next)->kind == TOKEN_STRING)
        (*next)++;
    expect(next, "DEFINITIONS");
    if (accept(next, "AUTOMATIC")) {
        module->has_automatic_tags = true;
        expect(next, "TAGS");
    } else if (accept(next, "EXPLICIT") || accept(next, "IMPLICIT")) {
        expect(next, "TAGS");
    }
    if (accept(next, "EXTENSIBILITY")) {
        module->has_implied_extensibility = true;
        expect(next, "IMPLIED");
    }
    expect(next, "::=");
    expect(next, "BEGIN");
}

static void parse_assignments(struct module *module, const struct token **next)
{
    struct assignment **last = &module->assignments;

    while (!token_is(*next, "END") && !token_is(*next, "ENCODING-CONTROL")) {
        const struct assignment *same;

        *last = assignment_parse(next);
        (*last)->module = module;
        same = module_assignment(module, (*last)->name->text);
        if (same != *last)
            fail_at((*last)->name->at, "%s is defined in %s:%u already",
                    same->name->text, same->name->at.file, same->name->at.line);
        last = &(*last)->next;
    }
    while (!token_is(*next, "END"))
        if ((*next)++->kind == TOKEN_END)
            fail_at(module->name->at, "no END ends module %s",
                    module->name->text);
    (*next)++;
}

static void add_module(struct module **modules, const struct token **next)
{
    struct module *module = memory_new(sizeof *module);
    const struct module *same;

    parse_header(module, next);
    same = module_find(*modules, module->name->text);
    if (same != NULL)
        fail_at(module->name->at,
                "duplicate module %s, which is in %s:%u already; keep one of "
                "the two files",
                module->name->text, same->name->at.file, same->name->at.line);
    if (accept(next, "EXPORTS"))
        skip_exports(next);
    if (accept(next, "IMPORTS"))
        parse_imports(module, next);
    parse_assignments(module, next);
    module->next = *modules;
    *modules = module;
}

void module_load(struct module **modules, const char *file)
{
    const struct token *next = lexer_read(file);

    while (next->kind != TOKEN_END)
        add_module(modules, &next);
}

const struct module *module_find(const struct module *modules, const char *name)
{
    while (modules != NULL && strcmp(modules->name->text, name) != 0)
        modules = modules->next;
    return modules;
}

struct assignment *module_assignment(const struct module *module,
                                     const char *name)
{
    struct assignment *assignment = module->assignments;

    while (assignment != NULL && strcmp(assignment->name->text, name) != 0)
        assignment = assignment->next;
    return assignment;
}

const struct import *module_import(const struct module *module,
                                   const char *name)
{
    const struct import *import = module->imports;

    while (import != NULL && strcmp(import->symbol->text, name) != 0)
        import = import->next;
    return import;
}
