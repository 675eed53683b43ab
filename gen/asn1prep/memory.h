/*
 * Memory of a short-lived program: everything is kept until it is freed as a
 * whole. Nothing here returns NULL; without memory, the program ends.
 */
#ifndef ASN1PREP_MEMORY_H
#define ASN1PREP_MEMORY_H

#include <stddef.h>

/* `size` zero bytes. */
void *memory_new(size_t size);

/* The `size` characters at `text`, NUL-terminated. */
const char *memory_text(const char *text, size_t size);

/*
 * Room for one more item behind the `count` items at `items`: `items` itself,
 * or a copy of twice the size when `count` has reached a power of two.
 */
void *memory_grow(void *items, size_t count, size_t item_size);

/* Frees all of it. */
void memory_free(void);

#endif
