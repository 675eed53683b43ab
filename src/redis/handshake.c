#include "redis/handshake.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

/* CLIENT SETNAME takes printable characters other than the space. */
static void arg_name(struct stepden_resp *out, const char *name)
{
    char clean[256];
    size_t size = 0;

    for (; size < sizeof clean && name[size] != '\0'; size++)
        clean[size] = name[size] > ' ' && name[size] <= '~' ? name[size] : '_';
    stepden_resp_arg(out, clean, size);
}

static void begin_hello(struct stepden_resp *out,
                        const struct stepden_handshake_identity *identity)
{
    bool with_auth = identity->password != NULL;

    out->secret |= with_auth;
    stepden_resp_command(out, with_auth ? 5 : 2);
    stepden_resp_arg_text(out, "HELLO");
    stepden_resp_arg_number(out, identity->protocol);
    if (!with_auth)
        return;
    stepden_resp_arg_text(out, "AUTH");
    stepden_resp_arg_text(out, identity->username != NULL ? identity->username
                                                          : "default");
    stepden_resp_arg_text(out, identity->password);
}

static void begin_auth(struct stepden_resp *out,
                       const struct stepden_handshake_identity *identity)
{
    out->secret = true;
    stepden_resp_command(out, identity->username != NULL ? 3 : 2);
    stepden_resp_arg_text(out, "AUTH");
    if (identity->username != NULL)
        stepden_resp_arg_text(out, identity->username);
    stepden_resp_arg_text(out, identity->password);
}

static void begin_rest(struct stepden_handshake *handshake,
                       struct stepden_resp *out,
                       const struct stepden_handshake_identity *identity)
{
    if (identity->name != NULL) {
        stepden_resp_command(out, 3);
        stepden_resp_arg_text(out, "CLIENT");
        stepden_resp_arg_text(out, "SETNAME");
        arg_name(out, identity->name);
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_SETNAME;
    }
    if (identity->db != 0) {
        stepden_resp_command(out, 2);
        stepden_resp_arg_text(out, "SELECT");
        stepden_resp_arg_number(out, identity->db);
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_SELECT;
    }
    stepden_resp_command(out, 1);
    stepden_resp_arg_text(out, "PING");
    handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_PING;
}

static void begin_proof(struct stepden_handshake *handshake,
                        struct stepden_resp *out,
                        const struct stepden_handshake_identity *identity)
{
    if (identity->is_master) {
        stepden_resp_command(out, 1);
        stepden_resp_arg_text(out, "ROLE");
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_ROLE;
    }
    if (identity->key != NULL) {
        stepden_resp_command(out, 2);
        stepden_resp_arg_text(out, "TYPE");
        stepden_resp_arg_text(out, identity->key);
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_TYPE;
    }
}

void stepden_handshake_begin(struct stepden_handshake *handshake,
                             struct stepden_resp *out,
                             const struct stepden_handshake_identity *identity)
{
    *handshake = (struct stepden_handshake){.password = identity->password};
    if (identity->protocol > 2) {
        begin_hello(out, identity);
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_HELLO;
    } else if (identity->password != NULL) {
        begin_auth(out, identity);
        handshake->steps[handshake->count++] = STEPDEN_HANDSHAKE_AUTH;
    }
    begin_rest(handshake, out, identity);
    begin_proof(handshake, out, identity);
}

/* Some servers quote what they refuse. */
static void hide(char *text, const char *secret)
{
    size_t size = strlen(secret);

    if (size == 0)
        return;
    for (char *at = text; (at = strstr(at, secret)) != NULL; at++) {
        *at = '*';
        memmove(at + 1, at + size, strlen(at + size) + 1);
    }
}

/* Explains the answer without the password, not even where it is cut. */
static const char *explain(char *text, size_t size, const redisReply *reply,
                           const char *password)
{
    redisReply told = *reply;

    if (password == NULL || reply->str == NULL)
        return stepden_reply_explain(text, size, reply);
    told.str = strdup(reply->str);
    if (told.str == NULL)
        return "no memory";
    hide(told.str, password);
    told.len = strlen(told.str);
    stepden_reply_explain(text, size, &told);
    free(told.str);
    return text;
}

static enum stepden_handshake_verdict
refuse(const struct stepden_handshake *handshake, const redisReply *reply,
       struct stepden_diag *diag)
{
    static const char *const names[] = {
        [STEPDEN_HANDSHAKE_HELLO] = "HELLO",
        [STEPDEN_HANDSHAKE_AUTH] = "AUTH",
        [STEPDEN_HANDSHAKE_SETNAME] = "CLIENT SETNAME",
        [STEPDEN_HANDSHAKE_SELECT] = "SELECT",
        [STEPDEN_HANDSHAKE_PING] = "PING",
        [STEPDEN_HANDSHAKE_ROLE] = "ROLE",
        [STEPDEN_HANDSHAKE_TYPE] = "TYPE",
    };
    enum stepden_handshake_step step = handshake->steps[handshake->taken];
    char text[256];

    if (step == STEPDEN_HANDSHAKE_ROLE && stepden_reply_is_list(reply))
        stepden_diag_set(diag, STEPDEN_ERR_INVALID, names[step],
                         "the server is not a master, or not yet");
    else
        stepden_diag_set(
            diag, STEPDEN_ERR_INVALID, names[step], "%s",
            explain(text, sizeof text, reply, handshake->password));
    return STEPDEN_HANDSHAKE_REFUSED;
}

static bool is_unknown_hello(const redisReply *reply)
{
    const char *error = stepden_reply_error(reply);

    return error != NULL && (strncmp(error, "ERR unknown command", 19) == 0 ||
                             strncmp(error, "NOPROTO", 7) == 0);
}

static bool is_master(const redisReply *reply)
{
    return stepden_reply_is_list(reply) && reply->elements > 0 &&
           stepden_reply_is(reply->element[0], "master");
}

static bool is_right(enum stepden_handshake_step step, const redisReply *reply)
{
    switch (step) {
    case STEPDEN_HANDSHAKE_HELLO:
        return stepden_reply_is_list(reply);
    case STEPDEN_HANDSHAKE_SETNAME:
        return stepden_reply_is(reply, "OK") ||
               stepden_reply_is_error(reply, "NOPERM");
    case STEPDEN_HANDSHAKE_AUTH:
    case STEPDEN_HANDSHAKE_SELECT:
        return stepden_reply_is(reply, "OK");
    case STEPDEN_HANDSHAKE_PING:
        return stepden_reply_is(reply, "PONG");
    case STEPDEN_HANDSHAKE_ROLE:
        return is_master(reply);
    case STEPDEN_HANDSHAKE_TYPE:
        return !stepden_reply_is_error(reply, "CLUSTERDOWN");
    case STEPDEN_HANDSHAKE_STEPS:
        break;
    }
    return false;
}

enum stepden_handshake_verdict
stepden_handshake_take(struct stepden_handshake *handshake,
                       const redisReply *reply, struct stepden_diag *diag)
{
    enum stepden_handshake_step step = handshake->steps[handshake->taken];

    if (step == STEPDEN_HANDSHAKE_HELLO && is_unknown_hello(reply))
        return STEPDEN_HANDSHAKE_DOWNGRADE;
    if (!is_right(step, reply))
        return refuse(handshake, reply, diag);
    handshake->taken++;
    return handshake->taken == handshake->count ? STEPDEN_HANDSHAKE_DONE
                                                : STEPDEN_HANDSHAKE_MORE;
}
