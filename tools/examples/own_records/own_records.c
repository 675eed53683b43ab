/*
 * A record of one's own: of road_works.schema.json stepden-schemac makes
 * acme/road_works.h and what it declares. Built against an installed stepden
 * and run with
 *
 *   cmake -B build && cmake --build build
 *   build/own_records <road_works.json
 *
 * It reads a record, closes the lanes that are not open, and writes it.
 */
#include <stdio.h>
#include <stdlib.h>

#include <acme/road_works.h>

static void close_lanes(struct acme_road_works_lanes *lanes)
{
    for (uint32_t i = 0; i < lanes->count; i++)
        if (lanes->item[i] != ACME_LANE_OPEN)
            lanes->item[i] = ACME_LANE_CLOSED;
}

int main(void)
{
    static char text[4096];
    char json[ACME_ROAD_WORKS_JSON_MAX];
    struct acme_road_works works;
    struct stepden_diag diag;
    size_t size = fread(text, 1, sizeof text, stdin);

    if (acme_road_works_read(&works, text, size, &diag) != STEPDEN_OK) {
        fprintf(stderr, "%s: %s\n", diag.where, diag.reason);
        return EXIT_FAILURE;
    }
    close_lanes(&works.lanes);
    size = acme_road_works_write(json, sizeof json, &works);
    printf("%.*s\n", (int)size, json);
    return EXIT_SUCCESS;
}
