/*
 * The modules of a release as far as their frame goes (X.680, clause 13):
 * what they import, and where each assignment begins and ends. The inside of
 * an assignment is not looked at.
 */
#ifndef ASN1PREP_MODULE_H
#define ASN1PREP_MODULE_H

#include <stdbool.h>

#include "lexer.h"

struct type;

enum assignment_kind {
    ASSIGNMENT_TYPE,  /* Name ::= type */
    ASSIGNMENT_VALUE, /* name type ::= value */
    ASSIGNMENT_OTHER, /* parameterized, value set, object set, macro */
};

struct assignment {
    struct assignment *next;
    const struct module *module;
    enum assignment_kind kind;
    const struct token *name;
    const struct token *type;  /* of a value: the first item of its type */
    const struct token *body;  /* behind ::= */
    const struct token *end;   /* behind the last item of the body */
    const struct type *parsed; /* of a type that was reached, or NULL */
};

struct import {
    struct import *next;
    const struct token *symbol;
    const struct token *module;
};

struct module {
    struct module *next;
    const struct token *name;
    bool has_automatic_tags;
    bool has_implied_extensibility;
    struct import *imports;
    struct assignment *assignments;
};

/*
 * Adds the modules of a file to those at `modules`. A second module of the
 * same name is refused, a name that a module defines twice as well.
 */
void module_load(struct module **modules, const char *file);

/* The module of that name, or NULL. */
const struct module *module_find(const struct module *modules,
                                 const char *name);

/* The assignment of that name in the module itself, or NULL. */
struct assignment *module_assignment(const struct module *module,
                                     const char *name);

/* Where the module imports that name from, or NULL. */
const struct import *module_import(const struct module *module,
                                   const char *name);

#endif
