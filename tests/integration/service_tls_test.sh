#!/bin/bash
# The service over TLS, with a certificate and an encrypted key of its own, as
# an ACL user with the least rights and in a database that is not the first;
# and what its user is told when one of these is wrong.
. "$(dirname "$0")/../support/service.sh"

cli() {
    redis-cli -s "$here/redis.sock" -n 3 "$@"
}

feed() {
    "$bin/stepden-simulator" --arrays 100 --references 10 --targets 5 \
        2>/dev/null | sed "s/.*/xadd $input * message '&'/" | cli >/dev/null
}

make_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
        -out "$1.key" 2>/dev/null
}

make_ca() {
    make_key "$1"
    openssl req -x509 -new -key "$1.key" -subj "/CN=$1" -days 2 -out "$1.crt"
}

# make_certificate NAME ALTERNATIVE_NAME END: signed by ca.
make_certificate() {
    make_key "$1"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
    cat >ca.cnf <<END
[ca]
default_ca = ours
[ours]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = names
x509_extensions = extensions
[names]
commonName = supplied
[extensions]
subjectAltName = $2
END
    : >index.txt
    openssl ca -batch -config ca.cnf -cert ca.crt -keyfile ca.key \
        -create_serial -in "$1.csr" -out "$1.crt" -notext \
        -startdate 20200101000000Z -enddate "$3" 2>>openssl.log ||
        fail "$(cat openssl.log)"
}

make_certificates() {
    cd "$here" || exit 73
    make_ca ca
    make_ca stranger
    make_certificate server IP:127.0.0.1 20491231000000Z
    make_certificate elsewhere DNS:redis.example 20491231000000Z
    make_certificate expired IP:127.0.0.1 20200102000000Z
    make_certificate client DNS:client 20491231000000Z
    openssl pkey -in client.key -aes128 -passout pass:sesame -out encrypted.key
}

show_certificate() {
    [[ $(cli config set tls-cert-file "$here/$1.crt" \
        tls-key-file "$here/$1.key") == OK ]] || fail "the certificate $1"
}

# A port that nobody listens on, as Redis finds out.
listen() {
    for ((i = 0; i < 100; i++)); do
        port=$((20000 + RANDOM % 12000))
        [[ $(cli config set "$1" "$port") != OK ]] || return 0
    done
    fail "no port is free"
}

# connect [MEMBER...]: writes a.json; members of the connection that differ.
connect() {
    local name member
    local -A members=(
        [host]='"127.0.0.1"' [port]=$port [sslEnable]=true
        [sslCaCertsFile]="\"$here/ca.crt\""
        [sslClientCertFile]="\"$here/client.crt\""
        [sslClientKeyFile]="\"$here/encrypted.key\""
        [sslClientKeyFilePassword]='{"env": "KEY_PASSWORD"}'
        [username]='"stepden"' [password]='{"env": "REDIS_PASSWORD"}'
        [db]=3 [socketConnectTimeout]=1
    )
    for member in "$@"; do
        members[${member%%=*}]=${member#*=}
    done
    member=
    for name in "${!members[@]}"; do
        [[ -z ${members[$name]} ]] || member+=", \"$name\": ${members[$name]}"
    done
    configure a denmLastUpdateMaxDelay=300 \
        redis="$(redis_member "${member#, }")"
}

# says PATTERN WHAT [MEMBER...]: a line of the service says so, and it goes on.
says() {
    local pattern=$1 what=$2
    shift 2
    connect "$@"
    : >"$here/a.log"
    start_service a
    await 20 grep -Eq "WARNING.*$pattern" "$here/a.log" ||
        fail "$what: no line with \"$pattern\""
    kill -0 "$service_pid" || fail "$what: the service has ended"
    kill_service
    echo "ok: $what is named"
}

make_certificates
export KEY_PASSWORD=sesame REDIS_PASSWORD=secret WRONG_PASSWORD=guess
start_redis --bind 127.0.0.1 --tls-ca-cert-file "$here/ca.crt" \
    --tls-cert-file "$here/server.crt" --tls-key-file "$here/server.key"
listen tls-port
read -r -d "" -a rights <<'END'
+multi +exec +discard +watch +unwatch +get +set +del +pexpire +pttl +type
+xadd +xack +xread +xreadgroup +xautoclaim +xgroup|create +xinfo|groups
+xinfo|stream +hset +hdel +hscan +info +ping +select +hello
END
expect "the user" "$(cli acl setuser stepden on '>secret' \
    '~step:{step}:*' -@all "${rights[@]}")" OK

# All of it works.
connect
start_service a
feed
settle
await 20 exactly_once --ended
check_exactly_once --ended
expect "what it does without" "$(cli acl log | grep -A 1 -x object |
    grep -F '|' | sort | xargs)" "client|setname config|get"
stop_service

# What a user is told: the place, what was found, what is to be checked.
says "TLS: .*certificate.*sslCaCertsFile" \
    "another CA" sslCaCertsFile="\"$here/stranger.crt\""
says "TLS: .*sslClientCertFile" "no client certificate" \
    sslClientCertFile= sslClientKeyFile= sslClientKeyFilePassword=
says "WRONGPASS.*connection.username and .password" \
    "a wrong password" password='{"env": "WRONG_PASSWORD"}'
says "127.0.0.1:1: .*Connection refused.*connection.host and .port" \
    "no server" port=1
says "connection.port.*sslEnable" "a server that wants TLS" sslEnable=false
tls_port=$port
listen port
says "TLS: .*connection.port.*sslEnable" "a server without TLS"
cli config set port 0 >/dev/null
openssl s_server -accept "127.0.0.1:$port" -cert server.crt -key server.key \
    -rev >/dev/null 2>&1 &
started[$!]=s_server
says "Redis server" "a server that is no Redis"
port=$tls_port
show_certificate elsewhere
says "certificate.*mismatch.*connection.host" \
    "another server's certificate"
show_certificate expired
says "certificate has expired" "an old certificate"
show_certificate server
feed
cli acl setuser stepden -xack >/dev/null
says "NOPERM .*xack.*ACL" "a right that is missing"
