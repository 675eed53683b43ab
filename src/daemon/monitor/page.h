/* The live page: its files, which the build has put into the program. */
#ifndef STEPDEN_DAEMON_MONITOR_PAGE_H
#define STEPDEN_DAEMON_MONITOR_PAGE_H

#include "daemon/monitor/http_server.h"

enum { STEPDEN_PAGE_FILES = 14 };

extern const struct stepden_http_page stepden_page_files[STEPDEN_PAGE_FILES];

#endif
