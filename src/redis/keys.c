#include "redis/keys.h"

#include <stdio.h>
#include <string.h>

/* How many bytes of `key` its hash tag and what is before it take, or 0: what
 * is between the first '{' and the next '}', if it is not empty. */
static size_t tag_end(const char *key)
{
    const char *open = strchr(key, '{');
    const char *close = open != NULL ? strchr(open, '}') : NULL;

    if (close == NULL || close == open + 1)
        return 0;
    return (size_t)(close + 1 - key);
}

/* What a cluster hashes of `key`, to find the node that holds it. */
static const char *hashed(const char *key, size_t *size)
{
    size_t end = tag_end(key);
    const char *start = end > 0 ? strchr(key, '{') + 1 : key;

    *size = end > 0 ? (size_t)(key + end - 1 - start) : strlen(key);
    return start;
}

bool stepden_keys_share_tag(const char *key, const char *other)
{
    size_t size, other_size;
    const char *tag = hashed(key, &size);
    const char *other_tag = hashed(other, &other_size);

    return size == other_size && memcmp(tag, other_tag, size) == 0;
}

bool stepden_keys_is_split(const char *stream_id)
{
    return stepden_keys_share_tag(stream_id, STEPDEN_KEYS_PARTITION) &&
           tag_end(stream_id) > 0;
}

void stepden_keys_name_stream(char key[STEPDEN_KEY_SIZE], const char *stream_id,
                              unsigned partition)
{
    const char *tag = strchr(stream_id, '{');

    if (stepden_keys_is_split(stream_id))
        snprintf(key, STEPDEN_KEY_SIZE, "%.*s{%u}%s", (int)(tag - stream_id),
                 stream_id, partition, tag + strlen(STEPDEN_KEYS_PARTITION));
    else
        snprintf(key, STEPDEN_KEY_SIZE, "%s", stream_id);
}

static void derive(char key[STEPDEN_KEY_SIZE], const char *from,
                   const char *name)
{
    size_t end = tag_end(from);

    if (end > 0)
        snprintf(key, STEPDEN_KEY_SIZE, "%.*s:stepden:%s", (int)end, from,
                 name);
    else
        snprintf(key, STEPDEN_KEY_SIZE, "{%s}:stepden:%s", from, name);
}

static void take_input(struct stepden_keys *keys, enum stepden_input input,
                       const char *name, const char *group_id)
{
    snprintf(keys->input[input], STEPDEN_KEY_SIZE, "%s", name);
    snprintf(keys->group[input], STEPDEN_KEY_SIZE, "%s", group_id);
    snprintf(keys->rejected[input], STEPDEN_KEY_SIZE, "%s:rejected", name);
    snprintf(keys->done[input], sizeof keys->done[input],
             STEPDEN_KEYS_DONE "%s:%s", name, group_id);
}

void stepden_keys_derive(struct stepden_keys *keys,
                         const struct stepden_config *config,
                         unsigned partition)
{
    const struct stepden_config_redis_streams *streams = &config->redis.streams;
    char prediction[STEPDEN_KEY_SIZE];
    char client[STEPDEN_KEY_SIZE];

    stepden_keys_name_stream(
        prediction, streams->inputs.crash_prediction.stream_id, partition);
    stepden_keys_name_stream(client, streams->inputs.client.stream_id,
                             partition);
    stepden_keys_name_stream(keys->output, streams->outputs.client.stream_id,
                             partition);
    take_input(keys, STEPDEN_INPUT_CRASH_PREDICTION, prediction,
               streams->inputs.crash_prediction.group_id);
    take_input(keys, STEPDEN_INPUT_CLIENT, client,
               streams->inputs.client.group_id);
    derive(keys->lease, prediction, "lease");
    derive(keys->records, prediction, "records");
    derive(keys->bell, prediction, "bell");
    derive(keys->wish, prediction, "wish");
}

void stepden_keys_list(struct stepden_key list[STEPDEN_KEY_COUNT],
                       const struct stepden_keys *keys)
{
    static const char at_prediction[] =
        "/redis/streams/inputs/crashPrediction/streamId";
    static const char at_client[] = "/redis/streams/inputs/client/streamId";
    static const char at_output[] = "/redis/streams/outputs/client/streamId";
    const struct stepden_key all[STEPDEN_KEY_COUNT] = {
        {keys->lease, "string", "who owns the streams", at_prediction},
        {keys->records, "hash", "the live events, and how far inputs are done",
         at_prediction},
        {keys->bell, "stream", "when the owner gives the lease back",
         at_prediction},
        {keys->wish, "string", "who would like to have the lease",
         at_prediction},
        {keys->input[STEPDEN_INPUT_CRASH_PREDICTION], "stream",
         "predictions, in", at_prediction},
        {keys->rejected[STEPDEN_INPUT_CRASH_PREDICTION], "stream",
         "dead letters: predictions that were refused", at_prediction},
        {keys->input[STEPDEN_INPUT_CLIENT], "stream",
         "DENMs of clients, in; negations are acted on", at_client},
        {keys->rejected[STEPDEN_INPUT_CLIENT], "stream",
         "dead letters: DENMs that were refused", at_client},
        {keys->output, "stream", "DENMs, out", at_output},
    };

    memcpy(list, all, sizeof all);
}
