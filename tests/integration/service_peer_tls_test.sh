#!/bin/bash
# Redis goes away, or the connection is cut, at every point of the TLS handshake:
# the service waits in peace, comes back and loses nothing.
. "$(dirname "$0")/../support/service.sh"
. "$(dirname "$0")/../support/proxy.sh"

# One that nobody listens on now.
find_port() {
    start_proxy port tcp:0
    port=$(proxy_status port port)
    stop_proxy port
}

make_certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -days 2 -subj /CN=redis -addext subjectAltName=IP:127.0.0.1 \
        -keyout "$here/redis.key" -out "$here/redis.crt" \
        2>"$here/openssl.log" || fail "no certificate"
}

start_redis_with_tls() {
    start_redis --tls-port "$port" --tls-cert-file "$here/redis.crt" \
        --tls-key-file "$here/redis.key" --tls-ca-cert-file "$here/redis.crt" \
        --tls-auth-clients no
}

cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/$service_pid/stat"; }

is_published_more() { (($(cli xlen "$output") > published)); }

# The next handshake stops before the server says TEXT.
stop_handshake() {
    proxy tls refuse
    proxy tls cut
    proxy tls hold down "$1"
    proxy tls go
    await 60 holds tls || fail "no handshake"
}

recover() {
    published=$(cli xlen "$output")
    await 60 is_published_more || fail "the service does not come back"
    echo "ok: it is back"
}

# In peace: less than a third of a core.
wait_in_peace() {
    local begin cpu
    begin=$(now_ms)
    cpu=$(cpu_ms)
    sleep 1.5
    cpu=$(($(cpu_ms) - cpu))
    ((cpu * 3 < $(now_ms) - begin)) || fail "$cpu ms of CPU in 1.5 s"
    echo "ok: $cpu ms of CPU in 1.5 s"
}

# restart_within WHAT TEXT COMMAND...: Redis is killed while the handshake has
# come to TEXT; then the proxy is told something. It is back a little later.
restart_within() {
    echo "$1:"
    stop_handshake "$2"
    stop_load
    end_process KILL "$redis_pid"
    proxy tls "${@:3}"
    wait_in_peace
    start_redis_with_tls
    start_load
    proxy tls release
    proxy tls go
    recover
}

make_certificate
find_port
start_redis_with_tls
start_proxy tls tcp:0 "tcp:$port"
configure tls denmCheckLastUpdateMaxInterval=60000 "redis=$(redis_member \
    "\"port\": $(proxy_status tls port), \"sslEnable\": true,
    \"sslCaCertsFile\": \"$here/redis.crt\", \"socketConnectTimeout\": 1,
    \"socketTimeout\": 1, \"healthCheckInterval\": 1")"
start_service tls
start_load
recover

hello='\x16\x03\x03'     # a record of a handshake
encrypted='\x17\x03\x03' # one of what is encrypted
restart_within "no hello, and silence" "$hello" status
restart_within "no hello, and the end" "$hello" cut
restart_within "half a handshake, and silence" "$encrypted" status
restart_within "half a handshake, and a reset" "$encrypted" reset

stop_load
settle
check_exactly_once
check_entries
stop_service
