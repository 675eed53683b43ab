#include "redis_text.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *daemon;
    const char *denm;
} hints[] = {
    {"check redis.connection.username and .password",
     "check the user and the password of the URL, or REDISCLI_AUTH"},
    {"the server wants redis.connection.password",
     "the server wants a password, in the URL or in REDISCLI_AUTH"},
    {"it is not for redis.connection.host", "it is not for the URL's host"},
    {"check redis.connection.host", "check the URL's host"},
    {"check redis.connection.sslCaCertsFile",
     "SSL_CERT_FILE may name the authority's"},
};

const char *denm_redis_text(char *text, size_t room, const char *original)
{
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++) {
        const char *at = strstr(original, hints[i].daemon);

        if (!at)
            continue;
        snprintf(text, room, "%.*s%s%s", (int)(at - original), original,
                 hints[i].denm, at + strlen(hints[i].daemon));
        return text;
    }
    snprintf(text, room, "%s", original);
    return text;
}
