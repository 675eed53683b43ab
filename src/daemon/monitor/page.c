#include "daemon/monitor/page.h"

#define TEXT(name) .text = (const char *)(name), .text_size = sizeof(name)
#define SCRIPT(file, name)                                                     \
    {                                                                          \
        .path = "/" file, .type = "text/javascript; charset=utf-8", TEXT(name) \
    }

static const unsigned char html[] = {
#include "live.html.inc"
};
static const unsigned char css[] = {
#include "live.css.inc"
};
static const unsigned char icon[] = {
#include "icon.svg.inc"
};
static const unsigned char live_js[] = {
#include "live.js.inc"
};
static const unsigned char charts_js[] = {
#include "charts.js.inc"
};
static const unsigned char feed_js[] = {
#include "feed.js.inc"
};
static const unsigned char geo_js[] = {
#include "geo.js.inc"
};
static const unsigned char map_js[] = {
#include "map.js.inc"
};
static const unsigned char paint_js[] = {
#include "paint.js.inc"
};
static const unsigned char partitions_js[] = {
#include "partitions.js.inc"
};
static const unsigned char scene_js[] = {
#include "scene.js.inc"
};
static const unsigned char table_js[] = {
#include "table.js.inc"
};
static const unsigned char view_js[] = {
#include "view.js.inc"
};
static const unsigned char words_js[] = {
#include "words.js.inc"
};

const struct stepden_http_page stepden_page_files[STEPDEN_PAGE_FILES] = {
    {.path = "/", .type = "text/html; charset=utf-8", TEXT(html)},
    {.path = "/live.css", .type = "text/css; charset=utf-8", TEXT(css)},
    {.path = "/icon.svg", .type = "image/svg+xml", TEXT(icon)},
    SCRIPT("live.js", live_js),
    SCRIPT("charts.js", charts_js),
    SCRIPT("feed.js", feed_js),
    SCRIPT("geo.js", geo_js),
    SCRIPT("map.js", map_js),
    SCRIPT("paint.js", paint_js),
    SCRIPT("partitions.js", partitions_js),
    SCRIPT("scene.js", scene_js),
    SCRIPT("table.js", table_js),
    SCRIPT("view.js", view_js),
    SCRIPT("words.js", words_js),
};
