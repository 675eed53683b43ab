/* Memory that lives as long as the run, and never fails. */
#ifndef SCHEMAC_KEEP_H
#define SCHEMAC_KEEP_H

#include <stddef.h>

/* `size` zeroed bytes. */
void *keep_alloc(size_t size);

/* What `format` makes of its arguments, as printf does. */
char *keep_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * Room for one more of the `count` elements of `size` bytes at `items`, which
 * may have moved. The new element is zeroed.
 */
void *keep_grow(void *items, size_t count, size_t size);

#endif
