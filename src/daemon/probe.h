/* A glance at a JSON text: what kind of object is it? */
#ifndef STEPDEN_DAEMON_PROBE_H
#define STEPDEN_DAEMON_PROBE_H

#include <stddef.h>

enum stepden_probe {
    STEPDEN_PROBE_OTHER,
    STEPDEN_PROBE_ENVELOPE,   /* with `specversion` */
    STEPDEN_PROBE_COLLISIONS, /* with `stations` */
    STEPDEN_PROBE_DENM,       /* with `managementContainer` */
};

/*
 * Looks at the names of the outermost object's members up to the first that
 * tells its kind. Checks no syntax: what it cannot follow is OTHER.
 */
enum stepden_probe stepden_probe(const char *json, size_t size);

#endif
