#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hiredis/hiredis.h>

#include <stepden/partition.h>
#include <stepden/records/cloud_event.h>

#include "redis/keys.h"

#define TEXT_SIZE (STEPDEN_STATION_COLLISION_ARRAY_JSON_MAX + 4096)

struct sim_output {
    redisContext *redis; /* NULL: standard output */
    const char *key;
    uint32_t partitions;
    uint64_t count;
    struct stepden_cloud_event event;
    char *data; /* TEXT_SIZE each */
    char *text;
};

static redisContext *connect_redis(const char *path)
{
    redisContext *redis = redisConnectUnix(path);

    if (redis != NULL && redis->err == 0)
        return redis;
    fprintf(stderr, "simulator: %s: %s\n", path,
            redis != NULL ? redis->errstr : "out of memory");
    if (redis != NULL)
        redisFree(redis);
    return NULL;
}

struct sim_output *sim_output_new(const char *path, const char *key,
                                  uint32_t partitions)
{
    struct sim_output *output = calloc(1, sizeof(*output));

    if (output == NULL)
        return NULL;
    output->key = key;
    output->partitions = partitions;
    output->data = malloc(TEXT_SIZE);
    output->text = malloc(TEXT_SIZE);
    if (path != NULL)
        output->redis = connect_redis(path);
    if (output->data == NULL || output->text == NULL ||
        (path != NULL && output->redis == NULL)) {
        sim_output_free(output);
        return NULL;
    }
    return output;
}

void sim_output_free(struct sim_output *output)
{
    if (output == NULL)
        return;
    if (output->redis != NULL)
        redisFree(output->redis);
    free(output->data);
    free(output->text);
    free(output);
}

static size_t write_event(struct sim_output *output,
                          const struct stepden_station_collision_array *array)
{
    struct stepden_cloud_event *event = &output->event;
    const size_t size =
        stepden_station_collision_array_write(output->data, TEXT_SIZE, array);

    if (size == 0)
        return 0;
    stepden_cloud_event_init(event);
    snprintf(event->id, sizeof(event->id), "%" PRId64 "-%" PRIu64,
             array->creation_time_its_ms, output->count + 1);
    strcpy(event->source, "/simulator");
    strcpy(event->type, "eu.step.station-collision-array.v1");
    event->has_time = true;
    event->time_its_ms = array->creation_time_its_ms;
    event->has_datacontenttype = true;
    strcpy(event->datacontenttype, "application/json");
    event->data = (struct stepden_json_span){output->data, size};
    return stepden_cloud_event_write(output->text, TEXT_SIZE, event);
}

static bool add_entry(struct sim_output *output, unsigned partition,
                      size_t size)
{
    char key[STEPDEN_KEY_SIZE];

    stepden_keys_name_stream(key, output->key, partition);
    redisReply *reply = redisCommand(output->redis, "XADD %s * message %b", key,
                                     output->text, size);
    const bool added = reply != NULL && reply->type == REDIS_REPLY_STRING;

    if (!added)
        fprintf(stderr, "simulator: XADD: %s\n",
                reply != NULL ? reply->str : output->redis->errstr);
    freeReplyObject(reply);
    return added;
}

bool sim_output_put(struct sim_output *output,
                    const struct stepden_station_collision_array *array)
{
    const size_t size = write_event(output, array);

    if (size == 0) {
        fprintf(stderr, "simulator: an array does not fit\n");
        return false;
    }
    output->count++;
    if (output->redis != NULL)
        return add_entry(
            output, stepden_partition_of_collisions(array, output->partitions),
            size);
    output->text[size] = '\n';
    return fwrite(output->text, size + 1, 1, stdout) == 1 &&
           fflush(stdout) == 0;
}

uint64_t sim_output_count(const struct sim_output *output)
{
    return output->count;
}
