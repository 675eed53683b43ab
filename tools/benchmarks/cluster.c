#include "benchmarks/cluster.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "benchmarks/compare.h"
#include "benchmarks/machine.h"
#include "benchmarks/process.h"

#define SLOTS 16384
#define POLL_US 20000

static size_t first_slot(const struct bench_cluster *cluster, size_t master)
{
    return (master * SLOTS + cluster->masters - 1) / cluster->masters;
}

static bool is_whole(struct bench_cluster *cluster, size_t master)
{
    char known[32];

    snprintf(known, sizeof known, "cluster_known_nodes:%zu\r",
             cluster->masters);
    redisReply *info =
        bench_redis_ask(&cluster->master[master], "CLUSTER INFO");
    bool is = strstr(info->str, "cluster_state:ok") && strstr(info->str, known);
    freeReplyObject(info);
    return is;
}

void bench_cluster_start(struct bench_cluster *cluster, size_t masters,
                         const struct bench_machine *machine)
{
    *cluster = (struct bench_cluster){.masters = masters};
    for (size_t i = 0; i < masters; i++) {
        struct bench_redis *master = &cluster->master[i];

        bench_redis_start_node(master, machine);
        freeReplyObject(bench_redis_ask(master, "CLUSTER ADDSLOTSRANGE %d %d",
                                        (int)first_slot(cluster, i),
                                        (int)first_slot(cluster, i + 1) - 1));
        if (i > 0)
            freeReplyObject(bench_redis_ask(master, "CLUSTER MEET 127.0.0.1 %d",
                                            cluster->master[0].server.port));
    }
    for (size_t i = 0; i < masters; i++)
        while (!is_whole(cluster, i))
            usleep(POLL_US);
}

void bench_cluster_stop(struct bench_cluster *cluster)
{
    for (size_t i = 0; i < cluster->masters; i++)
        bench_redis_stop(&cluster->master[i]);
}

size_t bench_cluster_owner(struct bench_cluster *cluster, const char *key)
{
    uint64_t slot =
        bench_redis_number(&cluster->master[0], "CLUSTER KEYSLOT %s", key);

    return (size_t)slot * cluster->masters / SLOTS;
}

double bench_cluster_cpu_ns(const struct bench_cluster *cluster)
{
    double ns = 0;

    for (size_t i = 0; i < cluster->masters; i++)
        ns += bench_process_cpu_ns(cluster->master[i].server.pid);
    return ns;
}
