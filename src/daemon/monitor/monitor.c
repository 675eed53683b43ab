#include "daemon/monitor/monitor.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "daemon/monitor/health.h"
#include "daemon/monitor/live.h"
#include "daemon/monitor/page.h"

#define PAGES (STEPDEN_HEALTH_PAGES + STEPDEN_PAGE_FILES + 1)

struct stepden_monitor {
    struct stepden_monitor_source source;
    struct stepden_live *live;
    struct stepden_http_page pages[PAGES];
    struct stepden_http_server *server;
};

static void fill_pages(struct stepden_monitor *monitor)
{
    struct stepden_http_page *page = monitor->pages;
    memcpy(page, stepden_health_pages, sizeof stepden_health_pages);
    page += STEPDEN_HEALTH_PAGES;
    memcpy(page, stepden_page_files, sizeof stepden_page_files);
    page += STEPDEN_PAGE_FILES;
    *page = (struct stepden_http_page){
        .path = "/events",
        .type = "text/event-stream",
        .stream = stepden_live_stream(monitor->live),
    };
}

enum stepden_status
stepden_monitor_new(struct stepden_monitor **result, struct ev_loop *loop,
                    struct stepden_http_address *address,
                    const struct stepden_monitor_source *source,
                    struct stepden_diag *diag)
{
    struct stepden_monitor *monitor = calloc(1, sizeof *monitor);
    if (!monitor)
        return stepden_diag_set(diag, STEPDEN_ERR_MEMORY, "/health/listen",
                                "no memory");
    monitor->source = *source;
    enum stepden_status status =
        stepden_live_new(&monitor->live, loop, &monitor->source);
    if (status == STEPDEN_OK) {
        fill_pages(monitor);
        status = stepden_http_server_new(&monitor->server, loop, address,
                                         monitor->pages, PAGES,
                                         &monitor->source, diag);
    } else {
        stepden_diag_set(diag, status, "/health/listen", "no memory");
    }
    if (status == STEPDEN_OK)
        *result = monitor;
    else
        stepden_monitor_free(monitor);
    return status;
}

void stepden_monitor_free(struct stepden_monitor *monitor)
{
    if (!monitor)
        return;
    stepden_http_server_free(monitor->server);
    stepden_live_free(monitor->live);
    free(monitor);
}
