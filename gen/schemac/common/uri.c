#include "common/uri.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keep.h"

/* NULL is undefined, which is not the same as empty; a path always is. */
struct uri {
    const char *scheme;
    const char *authority;
    const char *path;
    const char *query;
    const char *fragment;
};

static const char *cut(const char *text, size_t size)
{
    return keep_format("%.*s", (int)size, text);
}

static size_t scheme_size(const char *text)
{
    size_t size = 0;

    if (!isalpha((unsigned char)*text))
        return 0;
    while (isalnum((unsigned char)text[size]) ||
           (text[size] != '\0' && strchr("+-.", text[size]) != NULL))
        size++;
    return text[size] == ':' ? size : 0;
}

/* Clause 3, by its delimiters alone. */
static struct uri split(const char *text)
{
    struct uri uri = {0};
    size_t size = scheme_size(text);

    if (size != 0) {
        uri.scheme = cut(text, size);
        text += size + 1;
    }
    if (strncmp(text, "//", 2) == 0) {
        text += 2;
        size = strcspn(text, "/?#");
        uri.authority = cut(text, size);
        text += size;
    }
    size = strcspn(text, "?#");
    uri.path = cut(text, size);
    text += size;
    if (*text == '?') {
        size = strcspn(++text, "#");
        uri.query = cut(text, size);
        text += size;
    }
    if (*text == '#')
        uri.fragment = text + 1;
    return uri;
}

/* Clause 5.2.4: "." and ".." segments are gone. */
static const char *remove_dots(const char *path)
{
    char *out = keep_alloc(strlen(path) + 1);
    size_t size = 0;

    while (*path != '\0') {
        size_t segment = strcspn(path + 1, "/") + 1;
        bool last = path[segment] == '\0';
        bool dot = segment == 2 && path[1] == '.';
        bool dots = segment == 3 && path[1] == '.' && path[2] == '.';

        if (*path == '/' && (dot || dots)) {
            while (dots && size > 0 && out[--size] != '/')
                ;
            if (last)
                out[size++] = '/';
        } else {
            memcpy(out + size, path, segment);
            size += segment;
        }
        path += segment;
    }
    out[size] = '\0';
    return out;
}

/* Clause 5.2.3 */
static const char *merge(const struct uri *base, const char *path)
{
    const char *slash = strrchr(base->path, '/');

    if (slash == NULL)
        return base->authority == NULL ? path : keep_format("/%s", path);
    return keep_format("%.*s%s", (int)(slash - base->path) + 1, base->path,
                       path);
}

/* Clause 5.3 */
static const char *compose(const struct uri *uri)
{
    return keep_format(
        "%s%s%s%s%s%s%s%s%s", uri->scheme == NULL ? "" : uri->scheme,
        uri->scheme == NULL ? "" : ":", uri->authority == NULL ? "" : "//",
        uri->authority == NULL ? "" : uri->authority, uri->path,
        uri->query == NULL ? "" : "?", uri->query == NULL ? "" : uri->query,
        uri->fragment == NULL ? "" : "#",
        uri->fragment == NULL ? "" : uri->fragment);
}

const char *uri_resolve(const char *base_text, const char *reference)
{
    struct uri base = split(base_text), uri = split(reference);

    if (uri.scheme == NULL) {
        uri.scheme = base.scheme;
        if (uri.authority == NULL) {
            uri.authority = base.authority;
            if (*uri.path == '\0') {
                uri.path = base.path;
                if (uri.query == NULL)
                    uri.query = base.query;
            } else if (*uri.path != '/') {
                uri.path = merge(&base, uri.path);
            }
        }
    }
    uri.path = remove_dots(uri.path);
    return compose(&uri);
}

const char *uri_document(const char *uri)
{
    return cut(uri, strcspn(uri, "#"));
}

const char *uri_fragment(const char *uri)
{
    const char *hash = strchr(uri, '#');

    return hash == NULL ? "" : uri_decode(hash + 1);
}

const char *uri_decode(const char *text)
{
    char *decoded = keep_alloc(strlen(text) + 1), *to = decoded;

    for (; *text != '\0'; text++) {
        unsigned byte = (unsigned char)*text;

        if (byte == '%') {
            if (!isxdigit((unsigned char)text[1]) ||
                !isxdigit((unsigned char)text[2]))
                return NULL;
            const char digits[] = {text[1], text[2], '\0'};
            byte = (unsigned)strtoul(digits, NULL, 16);
            text += 2;
        }
        if (byte == 0)
            return NULL;
        *to++ = (char)byte;
    }
    return decoded;
}

const char *uri_of_fragment(const char *fragment)
{
    char *encoded = keep_alloc(3 * strlen(fragment) + 1), *to = encoded;

    for (; *fragment != '\0'; fragment++) {
        unsigned char byte = (unsigned char)*fragment;

        to += sprintf(to,
                      isalnum(byte) || strchr("-._~!$&'()*+,;=:@/?", byte)
                          ? "%c"
                          : "%%%02X",
                      byte);
    }
    return keep_format("#%s", encoded);
}

const char *uri_of_file(const char *path)
{
    char *encoded = keep_alloc(3 * strlen(path) + 1), *to = encoded;

    for (; *path != '\0'; path++)
        to += sprintf(to, strchr("%?#", *path) == NULL ? "%c" : "%%%02X",
                      (unsigned char)*path);
    return keep_format("file://%s", encoded);
}
