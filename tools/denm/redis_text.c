#include "redis_text.h"

#include <stdio.h>
#include <string.h>

#define PREFIX "redis.connection."

static const struct {
    const char *member;
    const char *here;
} names[] = {
    {"host", "the URL's host"},
    {"port", "its port"},
    {"unixSocket", "the URL's path"},
    {"username", "the URL's user"},
    {"password", "the password (in the URL or REDISCLI_AUTH)"},
    {"db", "the URL's database"},
    {"sslEnable", "redis:// or rediss://"},
    {"sslCaCertsFile", "SSL_CERT_FILE, which may name the authority's"},
    {"sslClientCertFile", "a client certificate, which denm has not"},
};

/* The name of a member of the service's configuration at `at`, as it is called
 * here; NULL for another word. `*size` is the word's. */
static const char *find_name(const char *at, size_t *size)
{
    size_t head = 0;

    if (strncmp(at, PREFIX, strlen(PREFIX)) == 0)
        head = strlen(PREFIX);
    else if (strncmp(at, " .", 2) == 0)
        head = 2;
    if (head == 0)
        return NULL;
    *size = head + strspn(at + head, "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strlen(names[i].member) == *size - head &&
            memcmp(names[i].member, at + head, *size - head) == 0)
            return names[i].here;
    return head == 2 ? NULL : "the limit";
}

const char *denm_redis_text(char *text, size_t room, const char *original)
{
    size_t used = 0;
    size_t size;

    text[0] = '\0';
    while (*original != '\0' && used + 1 < room) {
        const char *here = find_name(original, &size);
        if (here == NULL) {
            text[used++] = *original++;
            text[used] = '\0';
            continue;
        }
        snprintf(text + used, room - used, "%s%s", *original == ' ' ? " " : "",
                 here);
        used = strlen(text);
        original += size;
    }
    return text;
}
