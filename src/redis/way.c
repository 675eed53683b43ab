#include "redis/way.h"

const struct stepden_way stepden_way_connection = {
    .server = "redis",
    .host = "redis.connection.host",
    .port = "redis.connection.port",
    .address = "redis.connection.host and .port",
    .tls = ".sslEnable",
    .stranger = "it is not for redis.connection.host",
    .user = "/redis/connection/username",
    .password = "/redis/connection/password",
};

const struct stepden_way stepden_way_node = {
    .server = "redis",
    .host = "redis.cluster.nodes",
    .port = "redis.cluster.nodes",
    .address = "redis.cluster.nodes",
    .tls = "redis.connection.sslEnable",
    .stranger = "it is not for the host in redis.cluster.nodes",
    .user = "/redis/connection/username",
    .password = "/redis/connection/password",
};

const struct stepden_way stepden_way_moved = {
    .server = "redis",
    .host = "the node's cluster-announce-ip",
    .port = "the node's cluster-announce-port",
    .address = "the node's cluster-announce-ip and -port",
    .tls = "redis.connection.sslEnable",
    .stranger = "it is not for what the cluster calls the node: check its "
                "cluster-announce-hostname and "
                "cluster-preferred-endpoint-type",
    .user = "/redis/connection/username",
    .password = "/redis/connection/password",
};

const struct stepden_way stepden_way_sentinel = {
    .server = "sentinel",
    .host = "redis.sentinel.sentinels",
    .port = "redis.sentinel.sentinels",
    .address = "redis.sentinel.sentinels",
    .tls = "redis.connection.sslEnable",
    .stranger = "it is not for the host in redis.sentinel.sentinels",
    .user = "/redis/sentinel/username",
    .password = "/redis/sentinel/password",
};

const struct stepden_way stepden_way_master = {
    .server = "redis",
    .host = "the master's replica-announce-ip",
    .port = "the master's replica-announce-port",
    .address = "the master's replica-announce-ip and -port",
    .tls = "redis.connection.sslEnable",
    .stranger = "it is not for what the sentinels call the master: check "
                "their resolve-hostnames and announce-hostnames",
    .user = "/redis/connection/username",
    .password = "/redis/connection/password",
};
